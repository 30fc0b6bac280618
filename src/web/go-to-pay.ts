import type { Context as Request } from 'hono';
import { openCheckout } from '../actions/open-checkout.ts';
import type { Context } from '../context.ts';
import { readCart } from '../db/carts.ts';
import { frameOf } from './frame.ts';
import { type OpenedCart, oldLink } from './open-cart.ts';
import { showChanged } from './show-cart.ts';

/** A cart as it was shown to whoever presses "pay". */
interface Shown {
  /** In minor units. */
  total: number;
  /** Where it is to be sent, if that was chosen or is known. */
  country?: string | undefined;
}

/**
 * Leads to Stripe's page; where the cart cannot be paid as it was shown, to the cart and what can be done about it.
 *
 * @param signed_in whether the cart's own shopper goes there, signed in: nobody else is shown kept cards
 */
export async function goToPay(
  context: Context,
  c: Request,
  opened: OpenedCart,
  { total, country }: Shown,
  signed_in: boolean,
) {
  const { cart: texts, language } = frameOf(context, c).texts;
  const result = await openCheckout(context, opened.cart.id, total, {
    returnUrl: `${context.config.PUBLIC_URL}${opened.path}`,
    shippingLabel: texts.shipping,
    language,
    country,
    signed_in,
  });
  if (result.kind === 'pay') return c.redirect(result.url, 303);
  if (result.kind === 'paid' || result.kind === 'empty') return c.redirect(opened.path, 303);
  return showAnew(context, c, opened, total, result.kind);
}

/** The cart as it is by now, and why it cannot be paid as it was shown. */
export async function showAnew(
  context: Context,
  c: Request,
  opened: OpenedCart,
  shownTotal: number,
  why: Parameters<typeof showChanged>[4],
) {
  const cart = await readCart(context.db, opened.cart.id);
  const country = cart?.country ?? opened.cart.country;
  return cart
    ? showChanged(context, c, { ...opened, cart: { ...cart, country } }, shownTotal, why)
    : oldLink(context, c);
}
