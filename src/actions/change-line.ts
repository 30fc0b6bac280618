import type { Context } from '../context.ts';
import { lockCart, setLine } from '../db/carts.ts';
import { claimOf, writeClaims } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { newestReplyTo, orderedOf, variantFor } from '../db/line-limits.ts';
import { pricingOfLine } from '../db/offers.ts';
import { type Cart, mayGive, whyNotForSale } from '../domain/cart.ts';
import type { Donation } from '../domain/catalog-file.ts';
import type { Pricing } from '../domain/price.ts';
import { idAtTime } from '../domain/snowflake.ts';
import { priceLine } from './price-line.ts';

/** Why a line is not changed. */
export type Refusal =
  /** The cart is paid, or the line is not there. */
  | { kind: 'gone' }
  | { kind: 'over_limit'; limit: number }
  | { kind: 'sold_out'; left: number }
  | { kind: 'unavailable' }
  /** So much cannot be given. */
  | { kind: 'amount_bounds'; donation: Donation };

export type ChangeResult = { kind: 'changed' } | Refusal;

export interface LineWish {
  sku: string;
  /** 0 removes it. */
  quantity: number;
  /** Is not to be undone: it takes another change back, or there is another way back. */
  final?: boolean;
  /** So many more are waited for, in the variant's waiting line. */
  waitFor?: number;
  /** The reply to which a new line goes back. */
  post_id?: string | null;
  /** Of a donation: how much it is, in minor units; by default what it was. */
  amount?: number;
  /** How the line was priced in whose place a new one comes. */
  like?: Pricing;
}

/**
 * Sets how many of a variant are in a cart, as the shopper wants it on the page; 0 removes it. Sends no mail: they
 * see what happens.
 */
export async function changeLine(
  { db, now }: Pick<Context, 'db' | 'now'>,
  cart_id: string,
  wish: LineWish,
): Promise<ChangeResult> {
  return inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id, [wish.sku]);
    if (cart?.status !== 'open') return { kind: 'gone' };
    return changeLockedLine(tx, cart, wish, now());
  });
}

/** The same with a cart that is locked, and the variant with it. Nothing is written unless it is changed. */
export async function changeLockedLine(tx: Tx, cart: Cart, wish: LineWish, now: Date): Promise<ChangeResult> {
  const { sku, quantity, waitFor = 0 } = wish;
  const line = cart.lines.find((each) => each.sku === sku);
  const claim = await claimOf(tx, { ...cart, sku });
  const variant = await variantFor(tx, cart.merchant_id, sku, claim?.held ?? 0);
  if (!variant || (!line && !claim && quantity === 0)) return { kind: 'gone' };
  const { donation } = variant;
  if (wish.amount !== undefined && !donation) return { kind: 'gone' };
  const given = wish.amount ?? (donation ? ((await pricingOfLine(tx, cart.id, sku))?.price ?? 0) : 0);
  if (donation && quantity > 0 && (quantity > 1 || !mayGive(donation, given)))
    return { kind: 'amount_bounds', donation };
  const before = line?.quantity ?? 0;
  const left = variant.available ?? quantity;
  if (quantity > before) {
    if (variant.withdrawn || whyNotForSale(variant, now)) return { kind: 'unavailable' };
    const limit = await passedLimit(tx, cart, variant, sku, quantity);
    if (limit !== undefined) return { kind: 'over_limit', limit };
    if (quantity > left) return { kind: 'sold_out', left };
  }
  // A change here is later than every reply written before this moment, however late X delivers it.
  const position = idAtTime(now);
  const quantity_before = wish.final ? quantity : before;
  const pricing = donation
    ? { price: given, priced_at: null, offer_post_id: null }
    : await priceLine(tx, cart, sku, variant, { restores: wish.final === true, like: wish.like, now });
  await setLine(tx, cart.id, {
    sku,
    quantity,
    ...pricing,
    position,
    quantity_before,
    post_id: wish.post_id ?? null,
  });
  if (claim || (variant.stock_mode === 'hold' && variant.available !== null)) {
    const { shopper_id, merchant_id } = cart;
    // Who removes it does not want it any more, unless they say that they would wait.
    const waiting = (quantity === 0 && waitFor === 0 ? 0 : (claim?.waiting ?? 0)) + waitFor;
    const inLine = claim !== undefined && claim.waiting > 0;
    await writeClaims(tx, [
      {
        ...{ merchant_id, sku, shopper_id, linked: true, minutes: variant.hold_minutes },
        held: Math.min(quantity, left),
        waiting,
        position: inLine ? claim.position : position,
        post_id: claim?.post_id ?? line?.post_id ?? (waiting > 0 ? await newestReplyTo(tx, cart) : null),
      },
    ]);
  }
  return { kind: 'changed' };
}

/** The limit that so many of a variant would be above, if any. */
async function passedLimit(
  tx: Tx,
  cart: Cart,
  { product_sku, purchase_limit, variant_limit }: NonNullable<Awaited<ReturnType<typeof variantFor>>>,
  sku: string,
  quantity: number,
): Promise<number | undefined> {
  const others = cart.lines.filter((each) => each.product_sku === product_sku && each.sku !== sku);
  const together =
    quantity +
    (await orderedOf(tx, cart, { product_sku })) +
    others.reduce((sum, each) => sum + each.quantity, 0);
  if (purchase_limit !== null && together > purchase_limit) return purchase_limit;
  const bought = await orderedOf(tx, cart, { sku });
  return variant_limit !== null && quantity + bought > variant_limit ? variant_limit : undefined;
}
