import {
  buildCatalog,
  type Catalog,
  type CatalogRows,
  type LiveRows,
  type Merchant,
  type Product,
} from './catalog.ts';

/**
 * The catalog of rows that no database holds.
 *
 * @param conversationOf what is known of the posts' conversations
 */
export function catalogOfRows(
  rows: CatalogRows,
  bot_id: string | undefined,
  conversationOf: (post_id: string) => string | null | undefined,
): Catalog {
  return buildCatalog({
    version: 'not applied',
    ...(bot_id === undefined ? {} : { bot_id }),
    merchants: rows.merchants as Merchant[],
    products: rows.products.map((product) => withTimes(product) as Product),
    exceptions: rows.variants.map((variant) => withTimes(variant) as LiveRows['exceptions'][number]),
    post_products: rows.post_products.map(({ post_id, merchant_id, product_sku, price }) => ({
      post_id: String(post_id),
      merchant_id,
      product_sku,
      price: price ?? null,
      conversation_id: conversationOf(String(post_id)) ?? null,
    })),
    post_aliases: [],
    signed_in: [],
  });
}

type Time = Date | string | null | undefined;

/** Rows for the database have their times as texts; those that come from there have dates. */
const withTimes = <T extends { starts_at?: Time; ends_at?: Time }>(row: T) => ({
  ...row,
  starts_at: toDate(row.starts_at),
  ends_at: toDate(row.ends_at),
});
const toDate = (time: Time): Date | null => (time ? new Date(time) : null);
