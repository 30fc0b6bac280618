import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { changeMailWish, shopperOfToken } from '../actions/unsubscribe.ts';
import type { Context } from '../context.ts';
import { findShopper, type Shopper } from '../db/shoppers.ts';
import { remindersPage, unsubscribePage } from '../views/unsubscribe.tsx';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';

const oneClick = z.object({ 'List-Unsubscribe': z.literal('One-Click') });
const wish = z.object({ wish: z.enum(['unsubscribe', 'return']) });
const noReminders = z.object({ wish: z.literal('no_reminders') });

/**
 * The POST of mail programs (RFC 8058): without cookies, and from no page of ours. Only this very form, to this very
 * path; whoever sends it needs the token, which stands in a shopper's mail and nowhere else. Everything else goes on
 * to what checks where forms come from.
 */
export function oneClickRoute(context: Context): Hono {
  return new Hono().post('/unsubscribe/:token', async (c, next) => {
    if (!(await readForm(c, oneClick))) return next();
    const shopper = await shopperOf(context, c);
    if (!shopper) return c.notFound();
    await changeMailWish(context, shopper.x_user_id, 'unsubscribe');
    return c.body(null, 200);
  });
}

/** Where shoppers end mail about their carts, and come back. Looking changes nothing: mail scanners look, too. */
export function unsubscribeRoutes(context: Context): Hono {
  return new Hono()
    .get('/unsubscribe/:token', async (c) => {
      const shopper = await shopperOf(context, c);
      if (!shopper) return c.notFound();
      return c.html(unsubscribePage(frameOf(context, c), { path: pathOf(c), ...shopper }));
    })
    .post('/unsubscribe/:token', async (c) => {
      const shopper = await shopperOf(context, c);
      if (!shopper) return c.notFound();
      const form = await readForm(c, wish);
      if (form) await changeMailWish(context, shopper.x_user_id, form.wish);
      return c.redirect(pathOf(c), 303);
    })
    .get('/unsubscribe/:token/reminders', async (c) => {
      const shopper = await shopperOf(context, c);
      if (!shopper) return c.notFound();
      return c.html(
        remindersPage(frameOf(context, c), { path: pathOf(c), reminded: shopper.reminders_at !== null }),
      );
    })
    .post('/unsubscribe/:token/reminders', async (c) => {
      const shopper = await shopperOf(context, c);
      if (!shopper) return c.notFound();
      if (await readForm(c, noReminders)) await changeMailWish(context, shopper.x_user_id, 'no_reminders');
      return c.redirect(`${pathOf(c)}/reminders`, 303);
    });
}

const pathOf = (c: Request): string => `/unsubscribe/${c.req.param('token')}`;

async function shopperOf({ db, keys }: Context, c: Request): Promise<Shopper | undefined> {
  const shopper_id = shopperOfToken(keys, c.req.param('token') ?? '');
  return shopper_id === undefined ? undefined : findShopper(db, shopper_id);
}
