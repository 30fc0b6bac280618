import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readCatalog, readCatalogFile } from '../src/catalog/read.ts';
import { applyCatalog, loadCatalog } from '../src/db/catalog.ts';
import { packageRoot } from '../src/root.ts';
import { aContext, CAMPAIGN } from './harness/context.ts';

const GOOD = readFileSync(CAMPAIGN, 'utf8');

test.each([CAMPAIGN, `${packageRoot}/catalog.example.yaml`])('%s has no faults', async (path) => {
  expect((await readCatalogFile(path)).faults).toEqual([]);
});

/** The faults of the campaign with one thing changed in it. */
function faultsOf(from: string | RegExp, to: string): string[] {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  return readCatalog(text).faults.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

test.each([
  ['an unknown key', 'stock: 10', 'stok: 10', /^25:9: unknown key stok: did you mean stock\?/],
  ['a number where a SKU must be text', 'sku: MUG', 'sku: 007', /^20:14: sku must stand in quotes: "007"/],
  [
    'an id without quotes',
    'user_id: "1111111111111111111"',
    'user_id: 1111111111111111111',
    /^7:35: user_id must stand in quotes/,
  ],
  ['a price without quotes', 'price: "18.00"', 'price: 18.00', /^23:16: price must stand in quotes: "18.00"/],
  [
    'too many decimals',
    'price: "18.00"',
    'price: "18.001"',
    /^23:16: USD has 2 decimals: "18.001" does not fit/,
  ],
  [
    'less than can be charged',
    'price: "18.00"',
    'price: "0.20"',
    /^23:16: the smallest amount that can be charged is 0.50 USD/,
  ],
  ['a currency that does not exist', 'currency: USD', 'currency: XXX', /^8:15: currency is not a currency/],
  ['no decimals in that currency', 'currency: USD', 'currency: JPY', /JPY has 0 decimals/],
  [
    'a tag that X takes for a part of one',
    '"#AddToBasket"',
    '"#Ajouter-au-panier"',
    /is not one hashtag to X/,
  ],
  ['the same tag twice', '"#AddToBasket"', '"#ADDTOCART"', /#ADDTOCART is the same tag as #AddToCart/],
  [
    'a tag that adds and removes',
    '"#QuitarDelCarrito"',
    '"#AddToCart"',
    /#AddToCart is the same tag as #AddToCart/,
  ],
  ...['buy', 'donate', 'stop'].map(
    (action) =>
      [
        `a tag that adds, and is in ${action} too`,
        '      remove: [',
        `      ${action}: ["#addToCart"]\n      remove: [`,
        /#addToCart is the same tag as #AddToCart/,
      ] as const,
  ),
  [
    'another account’s post',
    'x.com/shop/status/2080761390596595240',
    'x.com/other/status/2080761390596595240',
    /must be the address of a post of this merchant/,
  ],
  [
    'another merchant’s post',
    'x.com/rival/status/2080761473202335272',
    'x.com/rival/status/2080761390596595240',
    /the post belongs to the merchant shop already/,
  ],
  ['a SKU twice', 'sku: STICKER', 'sku: MUG', /the SKU MUG stands here a second time/],
  [
    'an end before the beginning',
    'until: 2026-11-01T00:00:00Z',
    'until: 2026-11-01T00:00:00Z\n        from: 2026-12-01T00:00:00Z',
    /until must be later than from|must be later than from/,
  ],
  [
    'a time without a zone',
    'until: 2026-11-01T00:00:00Z',
    'until: 2026-11-01',
    /until must be a time with its zone/,
  ],
  [
    'a rate without countries',
    'shipping: { countries: [US, CA, GB], flat_rate',
    'shipping: { flat_rate',
    /^14:15: shipping needs countries, or zones/,
  ],
  [
    'zones beside the one rate',
    'free_from: "60.00" }',
    'zones: [{ countries: [DE], rate: "9" }] }',
    /^14:\d+: zones stand in place of countries, flat_rate and free_from.*/,
  ],
  [
    'a country in two zones',
    'shipping: { countries: [US, CA, GB], flat_rate: "4.90", free_from: "60.00" }',
    'shipping: { zones: [{ countries: [US, CA], rate: "1" }, { countries: [CA], rate: "2" }] }',
    /^14:\d+: the country CA stands here a second time/,
  ],
  [
    'a zone’s rate with too many decimals',
    'shipping: { countries: [US, CA, GB], flat_rate: "4.90", free_from: "60.00" }',
    'shipping: { zones: [{ countries: [US], rate: "1.005" }] }',
    /^14:\d+: USD has 2 decimals: "1.005" does not fit/,
  ],
  [
    'no zones',
    'shipping: { countries: [US, CA, GB], flat_rate: "4.90", free_from: "60.00" }',
    'shipping: { zones: [] }',
    /^14:\d+: zones needs at least one zone/,
  ],
  [
    'a tax code that is none',
    'price: "18.00"',
    'price: "18.00"\n        tax_code: books',
    /tax_code must be a code of Stripe’s, as txcd_99999999/,
  ],
  [
    'a tax code, and nobody asks for the tax',
    'price: "18.00"',
    'price: "18.00"\n        tax_code: txcd_99999999',
    /says nothing: write tax: automatic at the merchant, or remove it/,
  ],
  ['a stock below zero', 'stock: 10', 'stock: -1', /stock must be 0 or more/],
  [
    'a variant that no options make',
    'sku: TEE-RED-XL',
    'sku: TEE-PINK-XL',
    /no options make the variant TEE-PINK-XL/,
  ],
  [
    'a download without an address',
    'delivery: { url: "https://files.acme.example/pottery.pdf" }',
    '',
    /is digital: write delivery/,
  ],
  ...[
    'http://a.example/mug.png',
    'https://me:secret@a.example/mug.png',
    'https://mug',
    'mug.png',
    '/pictures/../mug.png',
    '/pictures/mug.svg',
    '/etc/mug.png',
  ].map((image): [string, string, string, RegExp] => [
    `the picture ${image}`,
    'price: "18.00"',
    `price: "18.00"\n        image: "${image}"`,
    /image must be the address of a picture that starts with https/,
  ]),
  [
    'a download by plain http',
    'https://files.acme',
    'http://files.acme',
    /must be an address that starts with https/,
  ],
  [
    'a time zone that does not exist',
    'America/New_York',
    'America/Springfield',
    /timezone must be a time zone/,
  ],
  [
    'a country that nothing is shipped to',
    '[US, CA, GB]',
    '[US, KP]',
    /must be the two letters of a country/,
  ],
  ['broken YAML', 'merchants:', 'merchants: [', /.+/],
  [
    'a title that turns the direction of writing',
    '"Stoneware mug"',
    '"Stoneware \u202egum"',
    /title must be one line/,
  ],
])('%s', (_name, from, to, message) => {
  expect(faultsOf(from, to)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
});

test('all faults are told at once, in the order of the file', () => {
  const text = GOOD.replace('currency: USD', 'currency: EURO')
    .replace('stock: 10', 'stock: many')
    .replace('limit: 6', 'limit: 0');
  const { faults } = readCatalog(text);
  expect(faults.length).toBeGreaterThanOrEqual(3);
  expect(faults.map((fault) => fault.line)).toEqual(faults.map((fault) => fault.line).sort((a, b) => a - b));
});

test.each(['', '- a\n- b', 'version: 2', '&a [*a]', 'a: &x [1,1]\nb: &y [*x,*x]\nc: &z [*y,*y]'])(
  'what is no catalog gets an answer: %j',
  (text) => {
    expect(readCatalog(text).faults.length).toBeGreaterThan(0);
  },
);

test('applying changes what has changed, and nothing else', async () => {
  const context = await aContext();
  const apply = async (text: string) => {
    const { file, faults } = readCatalog(text);
    if (!file) throw new Error(JSON.stringify(faults));
    return applyCatalog(context.db, file, 'test');
  };
  expect(await apply(GOOD)).toBe('1');
  expect(await apply(GOOD)).toBeUndefined();
  await context.db.updateTable('variants').set({ sold: 4 }).where('sku', '=', 'MUG').execute();
  expect(await apply(GOOD.replace('"18.00"', '"19.00"').replace('stock: 10', 'stock: 12'))).toBe('2');
  const mug = await context.db
    .selectFrom('variants')
    .selectAll()
    .where('sku', '=', 'MUG')
    .executeTakeFirstOrThrow();
  expect(mug).toMatchObject({ stock: 12, sold: 4 });
  const withdrawn = GOOD.replace(/ {6}- sku: LAMP[\s\S]*?(?= {6}- sku: POSTER)/, '');
  expect(await apply(withdrawn)).toBe('3');
  const catalog = await loadCatalog(context.db);
  expect(catalog?.offers.has('2080761425377959464')).toBe(false);
  expect(
    await context.db
      .selectFrom('products')
      .select('withdrawn_at')
      .where('sku', '=', 'LAMP')
      .executeTakeFirstOrThrow(),
  ).not.toEqual({ withdrawn_at: null });
  expect(await apply(GOOD)).toBe('4');
  expect((await loadCatalog(context.db))?.offers.has('2080761425377959464')).toBe(true);
});

test('two who apply at once do not get into each other’s way', async () => {
  const context = await aContext();
  const { file } = await readCatalogFile(CAMPAIGN);
  if (!file) throw new Error('faults');
  const versions = await Promise.all([...Array(4)].map(() => applyCatalog(context.db, file, 'test')));
  expect(versions.filter((version) => version !== undefined)).toEqual(['1']);
});
