import { faultsBetween } from '../../../src/domain/catalog-faults.ts';
import { type CatalogFile, catalogFile } from '../../../src/domain/catalog-file.ts';
import { type BenchMerchant, type BenchProduct, BOT, LIMIT, merchants } from './merchants.ts';

/** The catalog as the merchants would write it. @throws Error where the product would not take it */
export function benchCatalog(): CatalogFile {
  const file = catalogFile.parse({ version: 1, bot: BOT, merchants: merchants.map(entryOf) });
  const faults = faultsBetween(file).filter(({ kind }) => kind === 'error');
  if (faults.length > 0) throw new Error(`the bench's catalog has faults: ${JSON.stringify(faults)}`);
  return file;
}

function entryOf(merchant: BenchMerchant) {
  const yen = merchant.currency === 'JPY';
  return {
    id: merchant.id,
    name: merchant.name,
    x: { username: merchant.handle, user_id: merchant.userId },
    currency: merchant.currency,
    locale: merchant.locale,
    timezone: merchant.timezone,
    support_email: `help@${merchant.id}.example`,
    postal_address: '12 Kiln Lane, Portland, OR 97201, USA',
    returns: '30 days, unused',
    shipping: { countries: ['US', 'DE', 'JP', 'GB'], flat_rate: yen ? '900' : '5.90' },
    hashtags: { add: merchant.addTags, remove: merchant.removeTags },
    products: merchant.products.map((product, n) => productOf(merchant, product, n < 2)),
  };
}

const STOCK = {
  counted: { stock: 1_000_000 },
  sold_out: { stock: 0, stock_mode: 'first_paid' },
  paused: { paused: true },
  plain: {},
  options: {},
};
const SIZES = [{ name: 'size', values: [{ value: 'S' }, { value: 'M' }, { value: 'L' }] }];

function productOf({ handle, pairPost }: BenchMerchant, product: BenchProduct, inPair: boolean) {
  const posts = inPair ? [product.post, pairPost] : [product.post];
  return {
    sku: product.sku,
    title: product.title,
    words: [product.word],
    price: product.priceText,
    limit: LIMIT,
    ...STOCK[product.role],
    ...(product.role === 'options' ? { options: SIZES } : {}),
    posts: posts.map((id) => `https://x.com/${handle}/status/${id}`),
  };
}
