import { sql } from 'kysely';
import type { CatalogRows } from '../domain/catalog.ts';
import type { Db, Tx } from './database.ts';

/** Reads with one look: whatever others write meanwhile is not seen. */
export const inOneLook = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);

/** The rows of the present catalog, without what is withdrawn. */
export async function presentRows(tx: Tx): Promise<CatalogRows> {
  return {
    merchants: await tx
      .selectFrom('merchants')
      .selectAll()
      .where('withdrawn_at', 'is', null)
      .orderBy('id')
      .execute(),
    products: await tx
      .selectFrom('products')
      .selectAll()
      .where('withdrawn_at', 'is', null)
      .orderBy('merchant_id')
      .orderBy('sku')
      .execute(),
    variants: await tx
      .selectFrom('variants')
      .selectAll()
      .where('withdrawn_at', 'is', null)
      .orderBy('merchant_id')
      .orderBy('sku')
      .execute(),
    posts: await tx.selectFrom('posts').select(['id', 'conversation_id']).execute(),
    post_products: await tx.selectFrom('post_products').selectAll().orderBy('post_id').execute(),
  };
}

/** What hangs on a product: open carts that hold it, pieces kept for carts, pieces waited for. */
export interface Touched {
  merchant_id: string;
  sku: string;
  carts: number;
  held: number;
  waiting: number;
}

/** All products on which something hangs. */
export async function touchedProducts(tx: Tx): Promise<Touched[]> {
  const { rows } = await sql<Touched>`
    select merchant_id, product_sku as sku, sum(carts)::int as carts, sum(held)::int as held, sum(waiting)::int as waiting
    from (
      select variants.merchant_id, product_sku, count(distinct carts.id) as carts, 0 as held, 0 as waiting
      from carts
      join cart_lines on cart_id = carts.id and quantity > 0
      join variants on variants.merchant_id = carts.merchant_id and variants.sku = cart_lines.sku
      where carts.status = 'open'
      group by 1, 2
      union all
      select merchant_id, product_sku, 0, sum(quantity), 0
      from holds join variants using (merchant_id, sku) group by 1, 2
      union all
      select merchant_id, product_sku, 0, 0, sum(quantity)
      from waits join variants using (merchant_id, sku) group by 1, 2
    ) each
    group by 1, 2
    order by 1, 2`.execute(tx);
  return rows;
}
