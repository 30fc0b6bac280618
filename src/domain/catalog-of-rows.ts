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
    products: rows.products.map((product) => ({ ...(product as Product) })),
    exceptions: rows.variants as LiveRows['exceptions'],
    post_products: rows.post_products.map(({ post_id, merchant_id, product_sku }) => ({
      post_id: String(post_id),
      merchant_id,
      product_sku,
      conversation_id: conversationOf(String(post_id)) ?? null,
    })),
    post_aliases: [],
  });
}
