import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { givenBack } from './refund-lines.ts';
import { availableTo } from './stock.ts';

/**
 * A variant with what decides how many of it a shopper may have.
 *
 * @param kept how many of it are kept for the shopper
 */
export function variantFor(tx: Tx, merchant_id: string, sku: string, kept: number) {
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
      'p.donation',
      'p.price_policy',
      'p.promised_hours',
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

/** How many of a product, or of one variant of it, a shopper has bought and not given back. */
export async function orderedOf(
  tx: Tx,
  { shopper_id, merchant_id }: { shopper_id: string; merchant_id: string },
  of: { product_sku: string } | { sku: string },
): Promise<number> {
  const row = await tx
    .selectFrom('orders as o')
    .innerJoin('order_lines as l', 'l.order_id', 'o.id')
    .innerJoin('variants as v', (join) =>
      join.onRef('v.merchant_id', '=', 'o.merchant_id').onRef('v.sku', '=', 'l.sku'),
    )
    .select(sql<string>`sum(l.quantity - ${givenBack})`.as('quantity'))
    .where('o.shopper_id', '=', shopper_id)
    .where('o.merchant_id', '=', merchant_id)
    .where('o.status', '=', 'paid')
    .where((eb) => ('sku' in of ? eb('v.sku', '=', of.sku) : eb('v.product_sku', '=', of.product_sku)))
    .executeTakeFirst();
  return Number(row?.quantity ?? 0);
}

/** The newest reply of a shopper to a merchant's posts. */
export async function newestReplyTo(
  tx: Tx,
  { shopper_id, merchant_id }: { shopper_id: string; merchant_id: string },
): Promise<string | null> {
  const row = await tx
    .selectFrom('outcomes')
    .select(({ fn }) => fn.max('post_id').as('post_id'))
    .where('shopper_id', '=', shopper_id)
    .where('merchant_id', '=', merchant_id)
    .executeTakeFirst();
  return row?.post_id ?? null;
}
