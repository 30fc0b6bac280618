/** The path of a product's page; with a post, that of its offer. */
export const productPath = (merchant_id: string, sku: string, post_id?: string): string =>
  `/p/${merchant_id}/${encodeURIComponent(sku)}${post_id === undefined ? '' : `?post=${post_id}`}`;
