import type { Context as Request } from 'hono';
import { z } from 'zod';
import { type Wanted, wantProduct } from '../actions/want-product.ts';
import type { Context } from '../context.ts';
import { readCart, waitingOf } from '../db/carts.ts';
import { merchantOf } from '../db/merchants.ts';
import type { Shopper } from '../db/shoppers.ts';
import { type Cart, countryForShipping, obstacleOf, totalsOf } from '../domain/cart.ts';
import { boughtHoursAgo } from '../domain/price.ts';
import { dropCookie, readCookie, writeCookie } from './cookies.ts';
import { frameOf } from './frame.ts';
import { goToPay } from './go-to-pay.ts';
import { showProduct } from './product-page.ts';
import { openingPath } from './session.ts';

/** What somebody has asked for on a product's page, as it is remembered in their own browser, sealed, while they sign in. */
const wished = z.object({
  merchant_id: z.string(),
  sku: z.string(),
  choice: z.array(z.string()),
  quantity: z.number(),
  /** Of a donation, in minor units. */
  amount: z.number().optional(),
  post: z.string().optional(),
  way: z.enum(['cart', 'buy']),
  /** Of one, as the page showed it, in minor units. */
  price: z.number(),
  until: z.number(),
});
export type Wished = Omit<z.infer<typeof wished>, 'until'>;

/** As long as signing in with X may take, and reading what is agreed to before. */
const REMEMBERED_MS = 20 * 60_000;

export function rememberWish({ config, keys, now }: Context, c: Request, wish: Wished): void {
  const until = now().getTime() + REMEMBERED_MS;
  const sealed = keys.seal('cookie', JSON.stringify({ ...wish, until }));
  writeCookie(c, config, 'wish', sealed, new Date(until));
}

/** What the browser asked for before its owner signed in, if that is not too long ago. */
export function recallWish({ config, keys, now }: Context, c: Request): Wished | undefined {
  const opened = keys.unseal('cookie', readCookie(c, config, 'wish') ?? '');
  const known = opened === undefined ? undefined : wished.safeParse(JSON.parse(opened)).data;
  return known && known.until > now().getTime() ? known : undefined;
}

export const forgetWish = ({ config }: Context, c: Request): void => dropCookie(c, config, 'wish');

/**
 * Does what was asked for on a product's page, and leads on: to Stripe's page where that is meant and the cart holds nothing
 * that the shopper has not just seen; else to the cart. What cannot be done is told on the product's page.
 */
export async function fulfilWish(context: Context, c: Request, { x_user_id }: Shopper, wish: Wished) {
  const wanted = await wantProduct(context, x_user_id, wish);
  if (!wanted) return showProduct(context, c, wish.merchant_id, wish.sku);
  const texts = whyNot(frameOf(context, c).texts, wanted, await titleOf(context, wish));
  const cart = wanted.cart_id === undefined ? undefined : await readCart(context.db, wanted.cart_id);
  if (texts || !cart) {
    const toMe = wanted.decision.reason === 'opted_out';
    const refused = { texts: texts ?? [], chosen: wish, toMe };
    return showProduct(context, c, wish.merchant_id, wish.sku, { post: wish.post, refused });
  }
  const path = await openingPath(context, cart.id);
  const { shipping } = await merchantOf(context.db, cart);
  const country = countryForShipping(cart.lines, shipping, cart.country);
  // Where it costs more to some countries, the cart's page asks for theirs.
  const known = country === null || cart.country !== null;
  if (wish.way === 'cart' || !known || !(await isAsSeen(context, cart, wish))) return c.redirect(path, 303);
  const { total } = totalsOf(cart.lines, shipping, country);
  const shown = { total, country: country ?? undefined };
  return goToPay(context, c, { cart, path, mail_id: null }, shown, true);
}

/** Why nothing was put into the cart, in the words of a reply's mail. */
function whyNot(
  texts: ReturnType<typeof frameOf>['texts'],
  { decision }: Wanted,
  title: string | null,
): string[] | undefined {
  const { outcome, reason = null, detail } = decision;
  if (outcome !== 'asked' && outcome !== 'refused' && outcome !== 'ignored') return undefined;
  if (reason === 'opted_out') return [texts.product.optedOut];
  return [texts.outcome({ outcome, reason, detail, title, among: [] })];
}

const titleOf = async ({ catalog }: Context, { merchant_id, sku }: Wished): Promise<string | null> =>
  (await catalog())?.products.get(merchant_id)?.get(sku)?.title ?? null;

/** Whether a cart holds just what was asked for, at the price that was shown, and nothing about it is to be said first. */
async function isAsSeen({ db, now }: Context, cart: Cart, wish: Wished): Promise<boolean> {
  const [line, ...others] = cart.lines;
  if (!line || others.length > 0) return false;
  const isIt = line.product_sku === wish.sku && line.choice.every((value, n) => value === wish.choice[n]);
  return (
    isIt &&
    line.quantity === wish.quantity &&
    line.price === wish.price &&
    obstacleOf(line, cart.lines, now()) === undefined &&
    boughtHoursAgo(line.bought_at, now()) === undefined &&
    (await waitingOf(db, cart)).length === 0
  );
}
