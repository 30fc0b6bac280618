import { Hono } from 'hono';
import { z } from 'zod';
import { REMINDERS_CONSENT } from '../actions/unsubscribe.ts';
import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { openCarts } from '../db/carts.ts';
import { findCode } from '../db/email-codes.ts';
import { isOrderOf } from '../db/order-links.ts';
import { closeSession, type Shopper, sessionsOf } from '../db/shoppers.ts';
import { readCase } from '../db/support-case.ts';
import { totalsOf } from '../domain/cart.ts';
import { formatMoney } from '../domain/currency.ts';
import { type MeProps, mePage } from '../views/me.tsx';
import { dropCookie, readCookie } from './cookies.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { keptOf } from './me-cards.ts';
import { openingPath, orderPath, signedIn } from './session.ts';

/** What a shopper who has signed in with X sees of themselves. */
export function meRoutes(context: Context): Hono {
  const { db, config } = context;
  return new Hono()
    .get('/me', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const saved = c.req.query('saved') !== undefined;
      const kept = await keptOf(context, shopper.x_user_id);
      const props = {
        shopper,
        saved,
        kept,
        reminders: REMINDERS_CONSENT,
        ...(await aboutThem(context, shopper)),
      };
      return c.html(mePage(frameOf(context, c), props));
    })
    .post('/me/open', async (c) => {
      const shopper = await signedIn(context, c);
      const form = await readForm(c, z.object({ cart: z.string().regex(/^\d{1,18}$/) }));
      const own = shopper && (await openCarts(db, shopper.x_user_id)).some((cart) => cart.id === form?.cart);
      return c.redirect(own && form ? await openingPath(context, form.cart) : '/me', 303);
    })
    .post('/me/order', async (c) => {
      const shopper = await signedIn(context, c);
      const form = await readForm(c, z.object({ order: z.string().regex(/^\d{1,18}$/) }));
      const own = shopper && form && (await isOrderOf(db, form.order, shopper.x_user_id));
      return c.redirect(own ? await orderPath(context, form.order) : '/me', 303);
    })
    .post('/me/sign-out', async (c) => {
      const token = readCookie(c, config, 'session');
      if (token) await closeSession(db, hashToken(token));
      dropCookie(c, config, 'session');
      return c.redirect('/', 303);
    });
}

async function aboutThem(
  { db, catalog }: Context,
  { x_user_id }: Shopper,
): Promise<Pick<MeProps, 'carts' | 'held'>> {
  const merchants = (await catalog())?.merchants;
  const carts = (await openCarts(db, x_user_id)).flatMap((cart) => {
    const merchant = merchants?.get(cart.merchant_id);
    if (!merchant) return [];
    const { total } = totalsOf(cart.lines, merchant.shipping, cart.country);
    return [{ cart, merchant: merchant.name, total: formatMoney(total, cart.currency, merchant.locale) }];
  });
  const known = await readCase(db, x_user_id);
  const orders = (known?.orders ?? []).map((order) => {
    const merchant = merchants?.get(order.merchant_id);
    const total = formatMoney(order.total, order.currency, merchant?.locale ?? 'en');
    return { order, merchant: merchant?.name ?? order.merchant_id, total };
  });
  const typed = (await findCode(db, x_user_id))?.email ?? null;
  const sessions = await sessionsOf(db, x_user_id);
  return { carts, held: { entries: known?.entries ?? [], orders, typed, sessions } };
}
