import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { payWithCard } from '../actions/pay-with-card.ts';
import type { Context } from '../context.ts';
import { addressOf } from '../db/addresses.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { goToPay, showAnew } from './go-to-pay.ts';
import { type OpenedCart, oldLink, openedCart } from './open-cart.ts';
import { isOwner } from './session.ts';
import { showCart } from './show-cart.ts';
import { signInFor } from './way-back.ts';

const payment = z.object({
  total: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  card: z.string().startsWith('pm_').max(255),
});

/**
 * Paying with a kept card. The link of a cart may be forwarded: with it alone nobody sees whose card it is, or charges it;
 * that takes the shopper's own sign-in.
 */
export function cartCardRoutes(context: Context): Hono {
  return new Hono().post('/c/:token/pay-card', async (c) => {
    const opened = await openedCart(context, c);
    if (!opened) return oldLink(context, c);
    if (!(await isOwner(context, c, opened.cart))) return c.redirect(signInFor(opened.path), 303);
    const form = await readForm(c, payment);
    if (!form) return c.redirect(opened.path, 303);
    return pay(context, c, opened, form);
  });
}

async function pay(context: Context, c: Request, opened: OpenedCart, form: z.infer<typeof payment>) {
  const { cart, path } = opened;
  const { texts } = frameOf(context, c);
  const { total } = form;
  const result = await payWithCard(context, { cart_id: cart.id, shownTotal: total, card_id: form.card });
  if (result.kind === 'unpaid' && result.code === 'authentication_required') {
    // Their bank wants to ask them: Stripe's page does that, with the same card at hand.
    const country = (await addressOf(context.db, cart.shopper_id))?.address.country ?? undefined;
    return goToPay(context, c, opened, { total, country }, true);
  }
  if (result.kind === 'unpaid')
    return showCart(context, c, opened, { kind: 'bad', texts: [texts.buyNow.cart.declined] });
  if (result.kind === 'waiting' || result.kind === 'paid' || result.kind === 'empty')
    return c.redirect(path, 303);
  return showAnew(context, c, opened, total, result.kind);
}
