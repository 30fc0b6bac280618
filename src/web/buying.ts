import { Hono, type Context as Request } from 'hono';
import { confirmPurchase, isTooOld, undoPurchase } from '../actions/buy-now.ts';
import type { Context } from '../context.ts';
import { merchantOf } from '../db/merchants.ts';
import { findPurchase, type Purchase, titlesOf, undoEndsAt } from '../db/purchases.ts';
import { isId } from '../domain/snowflake.ts';
import { buyingPage } from '../views/buying.tsx';
import { frameOf } from './frame.ts';
import { type OpenedCart, oldLink, openedCart } from './open-cart.ts';
import { isOwner, signedIn } from './session.ts';
import { signInFor } from './way-back.ts';

/** While a card is being charged, the page loads itself again after so many seconds. */
const LOOK_AGAIN = '2';

/**
 * What a reply is about to buy. Whoever has the cart's link may undo it, because that charges nobody; only its shopper,
 * signed in, may confirm it.
 */
export function buyingRoutes(context: Context): Hono {
  const { db, config } = context;
  const withPurchase =
    (answer: (c: Request, opened: OpenedCart, purchase: Purchase) => Promise<Response>) =>
    async (c: Request): Promise<Response> => {
      const opened = await openedCart(context, c);
      if (!opened) return oldLink(context, c);
      const post = c.req.param('post') ?? '';
      const purchase = isId(post) ? await findPurchase(db, post) : undefined;
      const { shopper_id, merchant_id } = opened.cart;
      const belongs = purchase?.shopper_id === shopper_id && purchase.merchant_id === merchant_id;
      return purchase && belongs ? answer(c, opened, purchase) : c.redirect(opened.path, 303);
    };
  return new Hono()
    .get(
      '/c/:token/buying/:post',
      withPurchase(async (c, { cart, path }, found) => {
        const tooLate = found.status === 'confirming' && isTooOld(found, context.now());
        const purchase = tooLate ? { ...found, status: 'lapsed' as const } : found;
        if (purchase.status === 'charging') c.header('refresh', LOOK_AGAIN);
        return c.html(
          buyingPage(frameOf(context, c), {
            path,
            purchase,
            merchant: await merchantOf(context.db, cart),
            items: await titlesOf(db, purchase),
            until: await undoEndsAt(db, purchase.post_id, config.BUY_NOW_UNDO_SECONDS),
            signInPath: signInFor(`${path}/buying/${purchase.post_id}`),
            isTheirs: await isOwner(context, c, purchase),
          }),
        );
      }),
    )
    .post(
      '/c/:token/buying/:post/undo',
      withPurchase(async (c, { path }, { post_id, shopper_id }) => {
        await undoPurchase(context, shopper_id, post_id);
        return c.redirect(`${path}/buying/${post_id}`, 303);
      }),
    )
    .post(
      '/c/:token/buying/:post/confirm',
      withPurchase(async (c, { path }, { post_id }) => {
        const shopper = await signedIn(context, c);
        if (!shopper) return c.redirect(signInFor(`${path}/buying/${post_id}`), 303);
        await confirmPurchase(context, shopper.x_user_id, post_id);
        return c.redirect(`${path}/buying/${post_id}`, 303);
      }),
    );
}
