import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** A variant whose stock is counted. */
export interface Shelf {
  merchant_id: string;
  sku: string;
  product_sku: string;
  /** Pieces that nobody has bought, keeps or waits for; less than 0 where more wait than are there. */
  left: number;
}

/** Products, in two arrays of equal length. */
interface Products {
  merchant_ids: string[];
  product_skus: string[];
}

const wanted = ({ merchant_ids, product_skus }: Products) =>
  sql`unnest(${merchant_ids}::text[], ${product_skus}::text[]) as wanted (merchant_id, product_sku)`;

/** Of "variants v" and "products p": what people call a variant. */
export const variantTitle = sql<string>`
  p.title || case when v.choice = '{}' then '' else ' (' || array_to_string(v.choice, ', ') || ')' end`;

/** What is left of those of the products' variants whose stock is counted. */
export async function stockLeft(db: Db, given: Products): Promise<Shelf[]> {
  const { rows } = await sql<Shelf>`
    select v.merchant_id, v.sku, v.product_sku, v.stock - v.sold - v.held - v.waiting as left
    from ${wanted(given)}
    join variants v using (merchant_id, product_sku)
    where v.stock is not null`.execute(db);
  return rows;
}

/**
 * Locks all variants of products: nobody else changes their stock until the transaction ends. Whoever also locks shoppers
 * or carts does so after this: one order for all, so that nobody waits for each other in a circle.
 */
export async function lockProducts(tx: Tx, given: Products): Promise<void> {
  await sql`
    select from variants where (merchant_id, product_sku) in (select * from ${wanted(given)})
    order by merchant_id, sku for no key update`.execute(tx);
}

/** Locks single variants, in the same order. */
export async function lockVariants(
  tx: Tx,
  variants: Array<{ merchant_id: string; sku: string }>,
): Promise<void> {
  const [merchant_ids, skus] = [variants.map((each) => each.merchant_id), variants.map((each) => each.sku)];
  await sql`
    select from variants where (merchant_id, sku) in (select * from unnest(${merchant_ids}::text[], ${skus}::text[]))
    order by merchant_id, sku for no key update`.execute(tx);
}

/**
 * Of "variants v": how many a shopper can have for whom so many are kept. What is kept for others, or waited for, is not
 * theirs, and what is kept for them counts as far as it is there. Null: not counted.
 */
export const availableTo = (kept: RawBuilder<unknown>): RawBuilder<number | null> => sql<number | null>`
  case when v.stock is not null then
    greatest(0, least(v.stock - v.sold, greatest(v.stock - v.sold - v.held - v.waiting, 0) + ${kept})) end`;

/**
 * Takes what is sold out of the stock: all of it, or nothing where one thing is short. What was kept for the shopper is
 * what they get. The variants are locked.
 */
export async function takeStock(
  tx: Tx,
  { merchant_id, shopper_id }: { merchant_id: string; shopper_id: string },
  lines: Array<{ sku: string; quantity: number }>,
): Promise<boolean> {
  const sold = sql`json_to_recordset(${JSON.stringify(lines)}) as l (sku text, quantity int)`;
  const own = sql`h.merchant_id = ${merchant_id} and h.shopper_id = ${shopper_id} and h.sku = l.sku`;
  const { rows } = await sql<{ short: boolean }>`
    select v.stock is not null and l.quantity > least(
      v.stock - v.sold, greatest(v.stock - v.sold - v.held, 0) + coalesce(h.quantity, 0)) as short
    from ${sold}
    join variants v on v.merchant_id = ${merchant_id} and v.sku = l.sku
    left join holds h on ${own}`.execute(tx);
  if (rows.length < lines.length || rows.some((row) => row.short)) return false;
  await sql`
    update variants set sold = sold + l.quantity
    from ${sold} where variants.merchant_id = ${merchant_id} and variants.sku = l.sku`.execute(tx);
  await sql`delete from holds h using ${sold} where ${own} and h.quantity <= l.quantity`.execute(tx);
  await sql`update holds h set quantity = h.quantity - l.quantity from ${sold} where ${own}`.execute(tx);
  return true;
}
