import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { lockCart, setLine } from '../db/carts.ts';
import { claimOf, writeClaims } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { availableTo } from '../db/stock.ts';
import { whyNotForSale } from '../domain/cart.ts';
import { idAtTime } from '../domain/snowflake.ts';

export type ChangeResult =
  | { kind: 'changed' }
  /** The cart is paid, or the line is not there. */
  | { kind: 'gone' }
  | { kind: 'over_limit'; limit: number }
  | { kind: 'sold_out'; left: number }
  | { kind: 'unavailable' };

/**
 * Sets how many of a variant are in a cart, as the shopper wants it on the page; 0 removes it. Sends no mail: they
 * see what happens.
 */
export async function changeLine(
  { db, now }: Pick<Context, 'db' | 'now'>,
  cart_id: string,
  sku: string,
  quantity: number,
): Promise<ChangeResult> {
  return inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id, [sku]);
    if (cart?.status !== 'open') return { kind: 'gone' };
    const line = cart.lines.find((each) => each.sku === sku);
    const claim = await claimOf(tx, { ...cart, sku });
    const variant = await findVariant(tx, cart.merchant_id, sku, claim?.held ?? 0);
    if (!variant || (!line && !claim && quantity === 0)) return { kind: 'gone' };
    const before = line?.quantity ?? 0;
    const left = variant.available ?? quantity;
    if (quantity > before) {
      if (variant.withdrawn || whyNotForSale(variant, now())) return { kind: 'unavailable' };
      const others = cart.lines.filter(
        (each) => each.product_sku === variant.product_sku && each.sku !== sku,
      );
      const together =
        quantity +
        (await ordered(tx, cart, variant.product_sku)) +
        others.reduce((sum, each) => sum + each.quantity, 0);
      if (variant.purchase_limit !== null && together > variant.purchase_limit)
        return { kind: 'over_limit', limit: variant.purchase_limit };
      const boughtOf = await ordered(tx, cart, variant.product_sku, sku);
      if (variant.variant_limit !== null && quantity + boughtOf > variant.variant_limit)
        return { kind: 'over_limit', limit: variant.variant_limit };
      if (quantity > left) return { kind: 'sold_out', left };
    }
    // A change here is later than every reply written before this moment, however late X delivers it.
    const position = idAtTime(now());
    await setLine(tx, cart_id, { sku, quantity, price: variant.price, position });
    if (claim || (variant.stock_mode === 'hold' && variant.available !== null)) {
      const { shopper_id, merchant_id } = cart;
      await writeClaims(tx, [
        {
          ...{ merchant_id, sku, shopper_id, linked: true, minutes: variant.hold_minutes },
          held: Math.min(quantity, left),
          // Who removes it does not want it any more.
          waiting: quantity === 0 ? 0 : (claim?.waiting ?? 0),
          position: claim?.position ?? position,
          post_id: claim?.post_id ?? null,
        },
      ]);
    }
    return { kind: 'changed' };
  });
}

/** @param kept how many of it are kept for the shopper */
function findVariant(tx: Tx, merchant_id: string, sku: string, kept: number) {
  return tx
    .selectFrom('variants as v')
    .innerJoin('products as p', (join) =>
      join.onRef('p.merchant_id', '=', 'v.merchant_id').onRef('p.sku', '=', 'v.product_sku'),
    )
    .select([
      'v.product_sku',
      'v.purchase_limit as variant_limit',
      'p.stock_mode',
      'p.hold_minutes',
      'p.price',
      'p.purchase_limit',
    ])
    .select(({ eb, fn }) => [
      availableTo(sql`${kept}::int`).as('available'),
      fn.coalesce('v.paused', 'p.paused').as('paused'),
      fn.coalesce('v.starts_at', 'p.starts_at').as('starts_at'),
      fn.coalesce('v.ends_at', 'p.ends_at').as('ends_at'),
      eb.or([eb('v.withdrawn_at', 'is not', null), eb('p.withdrawn_at', 'is not', null)]).as('withdrawn'),
    ])
    .where('v.merchant_id', '=', merchant_id)
    .where('v.sku', '=', sku)
    .executeTakeFirst();
}

async function ordered(
  tx: Tx,
  cart: { shopper_id: string; merchant_id: string },
  product_sku: string,
  sku?: string,
): Promise<number> {
  const row = await tx
    .selectFrom('orders as o')
    .innerJoin('order_lines as l', 'l.order_id', 'o.id')
    .innerJoin('variants as v', (join) =>
      join.onRef('v.merchant_id', '=', 'o.merchant_id').onRef('v.sku', '=', 'l.sku'),
    )
    .select(({ fn }) => fn.sum<string>('l.quantity').as('quantity'))
    .where('o.shopper_id', '=', cart.shopper_id)
    .where('o.merchant_id', '=', cart.merchant_id)
    .where('o.status', '=', 'paid')
    .where('v.product_sku', '=', product_sku)
    .$if(sku !== undefined, (query) => query.where('l.sku', '=', sku as string))
    .executeTakeFirst();
  return Number(row?.quantity ?? 0);
}
