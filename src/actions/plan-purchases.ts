import { readCarts } from '../db/carts.ts';
import type { Tx } from '../db/database.ts';
import { type Enrolled, enrolledAmong } from '../db/enrolled.ts';
import { addPurchases, type NewPurchase, type Past, pastOf } from '../db/purchase-plans.ts';
import { AGAIN_MINUTES, doubtOf } from '../domain/buy-now.ts';
import { type Cart, totalsOf } from '../domain/cart.ts';
import type { Merchant, Product } from '../domain/catalog.ts';
import { isExpired } from '../domain/kept-card.ts';
import { isShippable } from '../domain/order.ts';
import type { Detail, Line } from '../domain/outcome.ts';
import { timeOfId } from '../domain/snowflake.ts';
import { taxBehaviorOf } from '../domain/tax.ts';

const MINUTE_MS = 60_000;

/** A reply that wants something bought at once, and is understood: what it is about is in the cart. */
export interface Buy {
  post_id: string;
  shopper_id: string;
  merchant: Merchant;
  product: Product;
  lines: Line[];
  detail: Detail;
}

/** A reply whose author has agreed to have it bought. */
export type EnrolledBuy = Buy & { enrolled: Enrolled };

/** Those replies whose authors have agreed to be charged and can be: the others find it in their carts, as after an add. */
export async function withGrants(tx: Tx, buys: Buy[], now: Date): Promise<EnrolledBuy[]> {
  if (buys.length === 0) return [];
  const pairs = buys.map(({ shopper_id, merchant }) => ({ shopper_id, merchant_id: merchant.id }));
  const known = new Map(
    (await enrolledAmong(tx, pairs)).map((each) => [`${each.shopper_id} ${each.merchant_id}`, each]),
  );
  return buys.flatMap((buy) => {
    const enrolled = known.get(`${buy.shopper_id} ${buy.merchant.id}`);
    const sendable =
      buy.product.kind !== 'physical' || isShippable(enrolled?.ship_to ?? null, buy.merchant.shipping);
    // Stripe finds tax on its own page only.
    const plain = taxBehaviorOf(buy.merchant) === null;
    return enrolled && plain && sendable && !isExpired(enrolled, now) ? [{ ...buy, enrolled }] : [];
  });
}

/**
 * Notes what replies buy, once their carts are written, each with the mail that announces it. Their shoppers' rows are
 * locked. One after the other: each counts for those after it.
 *
 * @returns the ids of the mails
 */
export async function planPurchases(tx: Tx, buys: EnrolledBuy[], now: Date): Promise<string[]> {
  if (buys.length === 0) return [];
  const pasts = await pastOf(
    tx,
    buys.map(({ post_id, shopper_id, merchant: { id: merchant_id, currency } }) => {
      return { post_id, shopper_id, merchant_id, currency };
    }),
    AGAIN_MINUTES,
  );
  const pastBy = new Map(pasts.map((past) => [`${past.shopper_id} ${past.merchant_id}`, past]));
  const cart_ids = pasts.flatMap(({ cart_id }) => cart_id ?? []);
  const carts = new Map((await readCarts(tx, cart_ids)).map((cart) => [cart.id, cart]));
  const purchases = buys.flatMap((buy) => {
    const past = pastBy.get(`${buy.shopper_id} ${buy.merchant.id}`);
    if (!past || past.noted.includes(buy.post_id)) return [];
    const purchase = plan(buy, carts.get(past.cart_id ?? ''), past, now);
    if (purchase.status === 'waiting') past.spent += purchase.total;
    past.lately.push(buy.product.sku);
    return [purchase];
  });
  return addPurchases(tx, purchases);
}

function plan(
  { post_id, shopper_id, merchant, product, lines, detail, enrolled }: EnrolledBuy,
  cart: Cart | undefined,
  { isFirst, spent, lately }: Past,
  now: Date,
): NewPurchase {
  const priced = lines.flatMap(({ sku, quantity }) => {
    const line = cart?.lines.find((each) => each.sku === sku);
    return line ? [{ ...line, quantity }] : [];
  });
  const country = enrolled.ship_to?.address.country ?? null;
  const { total } = totalsOf(priced, merchant.shipping, country);
  const doubt = doubtOf({
    total,
    limits: enrolled,
    spent,
    sensitive: product.sensitive,
    isFirst,
    again: lately.includes(product.sku),
    minutesAgo: (now.getTime() - timeOfId(post_id).getTime()) / MINUTE_MS,
    detail,
  });
  return {
    ...{ post_id, shopper_id, merchant_id: merchant.id, grant_id: enrolled.grant_id, lines, total },
    currency: merchant.currency,
    status: doubt ? 'confirming' : 'waiting',
    doubt: doubt ?? null,
  };
}
