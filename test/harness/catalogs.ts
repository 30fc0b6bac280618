import { type Catalog, toRows } from '../../src/domain/catalog.ts';
import { catalogFile } from '../../src/domain/catalog-file.ts';
import { catalogOfRows } from '../../src/domain/catalog-of-rows.ts';

/** What a test says of a merchant; the rest is made up. */
export interface MerchantGiven {
  id?: string;
  user_id?: string;
  hashtags?: { add: string[] } & Record<string, string[]>;
  accept_quotes?: boolean;
  products: Array<{ sku: string; posts: string[] } & Record<string, unknown>>;
}

/** The catalog that replies are read against, of merchants who all sell by the account @shop. */
export function aCatalog(...merchants: MerchantGiven[]): Catalog {
  const file = catalogFile.parse({ version: 1, merchants: merchants.map(entryOf) });
  return catalogOfRows(toRows(file), '9000000000000000009', () => undefined);
}

const entryOf = ({ id = 'shop', user_id = '1111111111111111111', products, ...more }: MerchantGiven) => ({
  id,
  name: id,
  x: { username: 'shop', user_id },
  currency: 'USD',
  locale: 'en-US',
  timezone: 'America/New_York',
  support_email: 'help@shop.example',
  postal_address: '12 Kiln Lane, Portland, OR 97201, USA',
  returns: '30 days, unused',
  shipping: { countries: ['US'], flat_rate: '4.90' },
  hashtags: { add: ['#AddToCart'], remove: ['#RemoveFromCart'] },
  ...more,
  products: products.map(({ posts, ...product }) => ({
    title: product.sku,
    price: '18.00',
    ...product,
    posts: posts.map((post) => `https://x.com/shop/status/${post}`),
  })),
});
