import { Hono } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { openCarts } from '../db/carts.ts';
import { closeSession } from '../db/shoppers.ts';
import { totalsOf } from '../domain/cart.ts';
import { formatMoney } from '../domain/currency.ts';
import { maskEmail } from '../domain/text.ts';
import { mePage } from '../views/shopper.tsx';
import { dropCookie, readCookie } from './cookies.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { openingPath, signedIn } from './session.ts';

/** What a shopper who has signed in with X sees of themselves. */
export function meRoutes(context: Context): Hono {
  const { db, config, catalog } = context;
  return new Hono()
    .get('/me', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const merchants = (await catalog())?.merchants;
      const carts = (await openCarts(db, shopper.x_user_id)).flatMap((cart) => {
        const merchant = merchants?.get(cart.merchant_id);
        if (!merchant) return [];
        const { total } = totalsOf(cart.lines, merchant.shipping);
        return [{ cart, merchant: merchant.name, total: formatMoney(total, cart.currency, merchant.locale) }];
      });
      const email = shopper.email && maskEmail(shopper.email);
      return c.html(mePage(frameOf(context, c), { handle: shopper.username ?? '', email, carts }));
    })
    .post('/me/open', async (c) => {
      const shopper = await signedIn(context, c);
      const form = await readForm(c, z.object({ cart: z.string().regex(/^\d{1,18}$/) }));
      const own = shopper && (await openCarts(db, shopper.x_user_id)).some((cart) => cart.id === form?.cart);
      return c.redirect(own && form ? await openingPath(context, form.cart) : '/me', 303);
    })
    .post('/me/sign-out', async (c) => {
      const token = readCookie(c, config, 'session');
      if (token) await closeSession(db, hashToken(token));
      dropCookie(c, config, 'session');
      return c.redirect('/', 303);
    });
}
