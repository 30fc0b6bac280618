import fc from 'fast-check';

const word = fc.stringMatching(/^[a-z]{3,8}$/);
const text = (most: number) =>
  fc
    .string({
      unit: fc.constantFrom(...'abcé ß漢#:-"\'{}[]&*!|>%@`~0179,.?🍵'),
      minLength: 1,
      maxLength: most,
    })
    .map((each) => `x${each}y`.slice(0, most));
const SIZES = ['S', 'M', 'L', 'XL', '007', '1e3', 'no', '2XL', 'null', 'true'];

const aTime = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const anOption = fc
  .tuple(
    fc.constantFrom('size', 'kind'),
    fc.uniqueArray(fc.constantFrom(...SIZES), { minLength: 1, maxLength: 4 }),
  )
  .map(([name, values]) => ({ name, values: values.map((value) => ({ value, words: [`${value}ish`] })) }));

const aProduct = fc.record(
  {
    title: text(30),
    cents: fc.integer({ min: 100_000, max: 9_000_000 }),
    digital: fc.boolean(),
    limit: fc.integer({ min: 1, max: 50 }),
    stock: fc.integer({ min: 0, max: 50 }),
    stock_mode: fc.constantFrom('none', 'hold', 'first_paid'),
    hold_minutes: fc.integer({ min: 1, max: 5000 }),
    paused: fc.boolean(),
    sensitive: fc.boolean(),
    price_policy: fc.constantFrom('current', 'promised', 'lower_of'),
    promised_hours: fc.integer({ min: 1, max: 8760 }),
    offer: fc.integer({ min: 50_000, max: 90_000 }),
    from: aTime,
    tax_code: fc.constantFrom('txcd_99999999', 'txcd_10000000'),
    image: fc.constantFrom('https://images.example/mug.png?w=144', 'https://a.b-c.example:8443/ü.jpg'),
    options: fc.array(anOption, { maxLength: 1 }),
    otherwise: fc.record(
      { stock: fc.integer({ min: 0, max: 9 }), paused: fc.boolean(), from: aTime },
      { requiredKeys: [] },
    ),
    posts: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['title', 'cents', 'digital', 'options', 'otherwise', 'posts'] },
);

const aMerchant = fc.record(
  {
    name: text(40),
    returns: text(60),
    accept_quotes: fc.boolean(),
    cancel_hours: fc.integer({ min: 0, max: 720 }),
    first_contact: fc.constantFrom('hint', 'link', 'none'),
    acknowledge: fc.constantFrom('none', 'problems', 'all'),
    currency: fc.constantFrom('USD', 'JPY', 'KWD', 'HUF', 'ISK'),
    locale: fc.constantFrom('en-US', 'ja-JP', 'ar'),
    free_from: fc.constantFrom('60', '0'),
    zones: fc.boolean(),
    tax: fc.constantFrom('none', 'automatic'),
    prices_include_tax: fc.boolean(),
    tags: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    products: fc.array(aProduct, { maxLength: 4 }),
  },
  { requiredKeys: ['name', 'returns', 'currency', 'locale', 'tags', 'products'] },
);

const DECIMALS: Record<string, number> = { USD: 2, JPY: 0, KWD: 2, HUF: 2, ISK: 0 };

/** Catalogs without errors, as their files say them. */
export const aCatalog = fc
  .record({ bot: fc.boolean(), merchants: fc.array(aMerchant, { minLength: 1, maxLength: 3 }) })
  .map(({ bot, merchants }) => ({
    version: 1,
    ...(bot ? { bot: { username: 'bot', user_id: '9' } } : {}),
    merchants: merchants.map(({ tags, products, free_from, zones, ...given }, m) => ({
      id: `m${m}`,
      ...given,
      x: { username: `handle${m}`, user_id: `${m + 1}000000000000000001` },
      timezone: 'Asia/Tokyo',
      support_email: 'a@b.example',
      postal_address: '0777',
      shipping: zones
        ? {
            zones: [
              { countries: ['NO', 'US'], rate: '5', ...(free_from ? { free_from } : {}) },
              { countries: ['CA'], rate: '70' },
            ],
          }
        : { countries: ['NO', 'US'], flat_rate: '5', ...(free_from ? { free_from } : {}) },
      hashtags: {
        add: tags.map((tag) => `#${tag}`),
        remove: ['#weg'].filter((tag) => !tags.includes(tag.slice(1))),
      },
      products: products.map(({ cents, digital, otherwise, posts, offer, ...product }, p) => ({
        sku: `00${p}`,
        words: [`wort${'abcdef'[p]}`],
        price: (cents / 100).toFixed(DECIMALS[given.currency]),
        ...product,
        kind: digital ? 'digital' : 'physical',
        ...(digital ? { delivery: { url: 'https://files.example/a?b=c#d' } } : {}),
        variants:
          product.options.length > 0
            ? [{ sku: `00${p}-${product.options[0]?.values[0]?.value}`, ...otherwise }]
            : [],
        ...(product.price_policy === 'promised' ? { promised_hours: product.promised_hours ?? 24 } : {}),
        posts: Array.from({ length: posts }, (_, n) => {
          const url = `https://x.com/handle${m}/status/${m + 1}00${n + p}`;
          if (offer === undefined || n > 0) return url;
          return { url, price: (offer / 100).toFixed(DECIMALS[given.currency]) };
        }),
      })),
    })),
  }));
