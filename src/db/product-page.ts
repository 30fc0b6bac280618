import type { Db } from './database.ts';

/** A product that was sold once, whether it is withdrawn or its merchant is. */
export interface FormerProduct {
  title: string;
  /** As long as they sell anything. */
  merchant: { id: string; name: string } | undefined;
}

/** A product that the catalog has named, now or before. */
export async function formerProduct(
  db: Db,
  merchant_id: string,
  sku: string,
): Promise<FormerProduct | undefined> {
  const row = await db
    .selectFrom('products as p')
    .innerJoin('merchants as m', 'm.id', 'p.merchant_id')
    .select(['p.title', 'm.id', 'm.name', 'm.withdrawn_at'])
    .where('p.merchant_id', '=', merchant_id)
    .where('p.sku', '=', sku)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, name, withdrawn_at, title } = row;
  return { title, merchant: withdrawn_at ? undefined : { id, name } };
}

/** The posts that offer a product, the newest first, with the price that holds at each alone. */
export async function postsOffering(
  db: Db,
  merchant_id: string,
  sku: string,
): Promise<Array<{ id: string; price: number | null }>> {
  return db
    .selectFrom('post_products as o')
    .innerJoin('posts', 'posts.id', 'o.post_id')
    .select(['posts.id', 'o.price'])
    .where('o.merchant_id', '=', merchant_id)
    .where('o.product_sku', '=', sku)
    .where('posts.gone_at', 'is', null)
    .orderBy('posts.id', 'desc')
    .execute();
}
