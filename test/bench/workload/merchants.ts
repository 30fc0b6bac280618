/** What is special about a product, if anything. Counted ones have more pieces than the workload can ask for. */
export type Role = 'plain' | 'counted' | 'paused' | 'sold_out' | 'options';

export interface BenchProduct {
  sku: string;
  title: string;
  /** What shoppers call it where a post offers several. */
  word: string;
  role: Role;
  /** In the currency's minor unit, and as catalogs write it. */
  price: number;
  priceText: string;
  post: string;
}

export interface BenchMerchant {
  id: string;
  name: string;
  handle: string;
  userId: string;
  currency: 'USD' | 'EUR' | 'GBP' | 'JPY';
  locale: string;
  timezone: string;
  addTags: string[];
  removeTags: string[];
  products: BenchProduct[];
  /** A post that offers the first two products. */
  pairPost: string;
}

/** The most that one shopper may have of any product. */
export const LIMIT = 10;

const SHOPS = [
  [
    'kiln',
    'Kiln & Clay',
    'kilnandclay',
    'USD',
    'en-US',
    'America/Los_Angeles',
    '#AlCarrito',
    '#RemoveFromCart',
  ],
  [
    'nightowl',
    'Night Owl Records',
    'nightowlrecs',
    'GBP',
    'en-GB',
    'Europe/London',
    '#AddToBasket',
    '#RemoveFromBasket',
  ],
  [
    'nami',
    'Kissaten Nami',
    'kissaten_nami',
    'JPY',
    'ja-JP',
    'Asia/Tokyo',
    '#カートに入れる',
    '#カートから出す',
  ],
  [
    'werk',
    'Holzwerk Süd',
    'holzwerksued',
    'EUR',
    'de-DE',
    'Europe/Berlin',
    '#InDenWarenkorb',
    '#AusDemWarenkorb',
  ],
  [
    'atelier',
    'Atelier Brume',
    'atelierbrume',
    'EUR',
    'fr-FR',
    'Europe/Paris',
    '#AuPanier',
    '#RetirerDuPanier',
  ],
  ['seoul', 'Seoul Paper', 'seoulpaper', 'USD', 'en-US', 'Asia/Seoul', '#장바구니담기', '#장바구니빼기'],
] as const;

const GOODS = [
  ['MUG', 'Speckled stoneware mug', 'mug', 2400],
  ['BOWL', 'Ramen bowl, tenmoku glaze', 'bowl', 3200],
  ['LAMP', 'Moth lamp', 'lamp', 8900],
  ['PRINT', 'Risograph print, signed', 'print', 2800],
  ['BEANS', 'House blend, 200 g', 'beans', 1800],
] as const;

const SPECIALS = [
  ['VAULT', 'From the vault', 'vault', 'paused'],
  ['LAST', 'The last one', 'last', 'sold_out'],
  ['TEE', 'Tour tee', 'tee', 'options'],
] as const;

/** Post ids of the day before the workload's, in no other order than that of writing. */
const productPost = (n: number): string => String(2_123_702_889_477_046_273n + BigInt(n) * 30_199_000_000n);

function makeProduct(
  n: number,
  [sku, title, word]: readonly [string, string, string, unknown],
  role: Role,
  price: number,
  yen: boolean,
): BenchProduct {
  return {
    sku,
    title,
    word,
    role,
    price,
    priceText: yen ? String(price) : (price / 100).toFixed(2),
    post: productPost(n),
  };
}

function makeMerchant(
  [id, name, handle, currency, locale, timezone, add, remove]: (typeof SHOPS)[number],
  m: number,
): BenchMerchant {
  const yen = currency === 'JPY';
  const special = SPECIALS[m % SPECIALS.length] as (typeof SPECIALS)[number];
  return {
    id,
    name,
    handle,
    userId: String(7_000_000_000_000_000_101n + BigInt(m)),
    currency,
    locale,
    timezone,
    addTags: ['#AddToCart', add],
    removeTags: ['#TakeItOut', remove],
    products: [
      ...GOODS.map((goods, p) =>
        makeProduct(m * 10 + p, goods, p === 2 ? 'counted' : 'plain', goods[3] + m * 10, yen),
      ),
      makeProduct(m * 10 + 8, special, special[3], 4200, yen),
    ],
    pairPost: productPost(m * 10 + 9),
  };
}

/** Six merchants with six products each: four plain ones, a counted one, and one that cannot simply be had. */
export const merchants: BenchMerchant[] = SHOPS.map(makeMerchant);

/** The operator's own account. */
export const BOT = { username: 'replycart', user_id: '7000000000000000001' };
