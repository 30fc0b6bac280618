import { sql } from 'kysely';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/db/database.ts';
import type { StockMode } from '../../src/db/schema.ts';

/** Puts so many pieces of a product of "shop" on the shelf, of each variant, whatever was sold, kept or waited for before. */
export async function setStock(
  { db }: Context,
  product_sku: string,
  stock: number,
  stock_mode: StockMode = 'hold',
): Promise<void> {
  const ours = sql`merchant_id = 'shop' and sku in (select sku from variants where product_sku = ${product_sku})`;
  await sql`delete from holds where ${ours}`.execute(db);
  await sql`delete from waits where ${ours}`.execute(db);
  await sql`update variants set stock = ${stock}, sold = 0 where ${ours}`.execute(db);
  await sql`update products set stock_mode = ${stock_mode}::stock_mode where sku = ${product_sku}`.execute(
    db,
  );
  // Everybody who holds the catalog reads it again.
  await sql`insert into catalog_versions (applied_by, bot)
    select 'test', bot from catalog_versions order by version desc limit 1`.execute(db);
}

/** For tests that are not about stock: no shopper of theirs takes away another's pieces. */
export async function stockPlenty(db: Db): Promise<void> {
  await db.updateTable('variants').set({ stock: 1_000_000 }).where('stock', '>', 0).execute();
}

/** What a variant's row says, and the sums that it must be equal to. */
export async function countsOf({ db }: Context, sku: string) {
  const { rows } = await sql<{ stock: number; sold: number; held: number; waiting: number }>`
    select stock, sold, held, waiting from variants where sku = ${sku}
      and held = (select coalesce(sum(quantity), 0) from holds where holds.sku = variants.sku)
      and waiting = (select coalesce(sum(quantity), 0) from waits where waits.sku = variants.sku)`.execute(
    db,
  );
  const [counts] = rows;
  if (!counts) throw new Error(`the counts of ${sku} are not the sums of its claims`);
  return counts;
}
