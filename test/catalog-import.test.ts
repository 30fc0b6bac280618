import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCsv } from '../src/catalog/csv.ts';
import { productsFromCsv } from '../src/catalog/from-csv.ts';
import { readCatalog } from '../src/catalog/read.ts';
import { packageRoot } from '../src/root.ts';
import { aFolder } from './harness/folder.ts';

test.each([',', ';', '\t'])(
  'any table that a spreadsheet writes is read as it was, parted by %j',
  (separator) => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r\n', '=', ' ', 'é'),
      maxLength: 6,
    });
    const quote = (text: string): string =>
      /["\r\n,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, end) => {
          const text = [['k', 'l'], ...rows].map((row) => row.map(quote).join(separator) + end).join('');
          const full = [['k', 'l'], ...rows].filter((row) => row.some((each) => each.trim() !== ''));
          expect(readCsv(text).records.map(({ cells }) => cells)).toEqual(full);
        },
      ),
    );
  },
);

const HEAD = 'SKU;Title;Price;Stock;Words;Post;option:size;Colour;stok';
const TABLE = `${HEAD}
007;"A ""fine"" mug;
of clay";18,00;10;mug, cup;https://x.com/shop/status/1|https://x.com/shop/status/2;;;
TEE;=SUM(A1:A2);24.00;;tee;https://x.com/shop/status/3;"S = small/klein, M";;
BAD;Bad;1.234,00;many;;https://x.com/shop/status/4;;;
007;Again;5.00;;;https://x.com/shop/status/5;;;
LONG;Long;5.00;;;https://x.com/shop/status/5;;;;;more`;

test('products are taken by the columns’ names; what cannot be is told with its line', () => {
  const { products, faults } = productsFromCsv(TABLE);
  expect(products).toEqual([
    expect.objectContaining({
      ...{
        sku: '007',
        title: 'A "fine" mug; of clay',
        price: '18.00',
        stock: 10,
        words: ['mug', 'cup'],
        options: [],
      },
      posts: ['https://x.com/shop/status/1', 'https://x.com/shop/status/2'],
    }),
    expect.objectContaining({
      ...{ sku: 'TEE', title: '=SUM(A1:A2)' },
      options: [
        {
          name: 'size',
          values: [
            { value: 'S', words: ['small', 'klein'] },
            { value: 'M', words: [] },
          ],
        },
      ],
    }),
  ]);
  expect(faults.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    expect.stringMatching(/^1: unknown column Colour; known are: sku/),
    expect.stringMatching(/^1: unknown column stok: did you mean stock\?/),
    expect.stringMatching(/^5: price must be an amount in quotes/),
    expect.stringMatching(/^5: stock must be a whole number/),
    expect.stringMatching(/^6: the SKU 007 stands here a second time/),
    expect.stringMatching(/^7: has more cells than there are columns/),
  ]);
});

const GOODS = `sku,title,kind,price,posts,delivery,expires_days,downloads,minimum,maximum,presets,sensitive
BOOK,Book,digital,9.00,https://x.com/shop/status/1,books/book.pdf,7,3,,,,yes
SONG,Song,digital,9.00,https://x.com/shop/status/2,https://songs.example/1,,,,,,
CLASS,Class,service,48.00,https://x.com/shop/status/3,,,,,,,
FUND,Fund,donation,,https://x.com/shop/status/4,,,,"5,00",500,"10,00; 25",
TIP,Tip,donation,,https://x.com/shop/status/5,,,,1,20.00,"2.50,5.00",
WRONG,Wrong,donation,,https://x.com/shop/status/6,,,,five,9,,
HALF,Half,donation,,https://x.com/shop/status/7,,,,5,,,
LATE,Late,digital,9.00,https://x.com/shop/status/8,a.pdf,soon,,,,,`;

test('goods of every kind are taken, and the check takes them; a fault names its column', () => {
  const { products, faults } = productsFromCsv(GOODS);
  expect(
    products.map(({ sku, kind, price, delivery, donation }) => ({ sku, kind, price, delivery, donation })),
  ).toEqual([
    {
      sku: 'BOOK',
      kind: 'digital',
      price: '9.00',
      delivery: { file: 'books/book.pdf', expires_days: 7, downloads: 3 },
    },
    expect.objectContaining({
      sku: 'SONG',
      delivery: expect.objectContaining({ url: 'https://songs.example/1' }),
    }),
    { sku: 'CLASS', kind: 'service', price: '48.00' },
    {
      sku: 'FUND',
      kind: 'donation',
      donation: { minimum: '5.00', maximum: '500', presets: ['10.00', '25'] },
    },
    { sku: 'TIP', kind: 'donation', donation: { minimum: '1', maximum: '20.00', presets: ['2.50', '5.00'] } },
  ]);
  expect(products[0]?.sensitive).toBe(true);
  expect(faults.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    expect.stringMatching(/^7: .*minimum must be an amount in quotes/),
    expect.stringMatching(/^8: .*maximum is missing/),
    expect.stringMatching(/^9: .*expires_days must be a whole number/),
  ]);
  const made = run(GOODS, '--merchant', 'head.yaml').stdout.replace(
    'add: ["#AddToCart"]',
    'add: ["#AddToCart"], donate: ["#Donate"]',
  );
  expect(readCatalog(made).faults.filter(({ kind }) => kind === 'error')).toEqual([]);
});

const SHOP = `Handle,Title,Body (HTML),Status,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Requires Shipping,Image Src
logo-tee,Logo Tee,"<p>two
lines</p>",active,Size,S,Color,Light Blue,shopify,5,24.00,true,https://cdn.shop.example/1.jpg
logo-tee,,,,,M,,Light Blue,shopify,-3,24.00,true,
logo-tee,,,,,M,,Red (new),shopify,2,24.00,true,
logo-tee,,,,,XL,,Red (new),shopify,2,26.00,true,
logo-tee,,,,,,,,,,,,https://cdn.shop.example/2.jpg
song,Song,,active,Title,Default Title,,,,,2.00,false,
old,Old,,draft,Title,Default Title,,,,,2.00,true,`;

test('the export of a shop is taken, variants and all; its posts are left to be filled in', () => {
  const { products, faults } = productsFromCsv(SHOP);
  expect(products).toEqual([
    expect.objectContaining({
      ...{ sku: 'LOGO-TEE', title: 'Logo Tee', price: '24.00', image: 'https://cdn.shop.example/1.jpg' },
      options: [
        {
          name: 'Size',
          values: [
            { value: 'S', words: [] },
            { value: 'M', words: [] },
          ],
        },
        {
          name: 'Color',
          values: [
            { value: 'LIGHT-BLUE', words: [] },
            { value: 'RED-NEW', words: ['Red (new)'] },
          ],
        },
      ],
      variants: [
        { sku: 'LOGO-TEE-S-LIGHT-BLUE', stock: 5 },
        { sku: 'LOGO-TEE-S-RED-NEW', paused: true },
        { sku: 'LOGO-TEE-M-LIGHT-BLUE', stock: 0 },
        { sku: 'LOGO-TEE-M-RED-NEW', stock: 2 },
      ],
      posts: [''],
    }),
    expect.objectContaining({ sku: 'SONG', kind: 'digital', options: [], variants: [] }),
  ]);
  expect(faults).toEqual([
    { line: 6, message: expect.stringMatching(/^costs 26.00, while LOGO-TEE costs 24.00/) },
  ]);
  const made = run(SHOP, '--merchant', 'head.yaml').stdout;
  expect(readCatalog(made).faults.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^must be the address of a post of this merchant/),
    expect.stringMatching(/^is digital: write delivery/),
    expect.stringMatching(/^must be the address of a post of this merchant/),
  ]);
});

test.each([
  ['', /^1: the first line must name the columns/],
  ['a,b\n1,2', /one of them must be sku/],
  ['sku,title', /holds no products/],
  ['sku,title\nA,"b', /^2: a quote begins here and never ends/],
  ['sku,sku,title\nA,B,C', /^1: the column sku stands here a second time/],
])('a table that holds nothing to take: %j', (table, message) => {
  const { products, faults } = productsFromCsv(table);
  expect(products).toEqual([]);
  expect(faults.map(({ line, message }) => `${line}: ${message}`).join('\n')).toMatch(message);
});

function run(table: string, ...args: string[]) {
  const folder = aFolder({ 'products.csv': table, 'head.yaml': HEADER });
  const cli = path.join(packageRoot, 'dist/src/cli.js');
  return spawnSync(process.execPath, [cli, 'catalog', 'import', 'products.csv', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
}

const HEADER = `version: 1
merchants:
  - { id: shop, name: Shop, x: { username: shop, user_id: "1" }, currency: USD, locale: en-US, timezone: UTC,
      support_email: a@b.example, postal_address: Lane 1, returns: none, hashtags: { add: ["#AddToCart"] },
      shipping: { countries: [US], flat_rate: "5" }, products: [] }`;

test('the command prints a catalog for one merchant that the check takes, and exits 1 when there is none', () => {
  const made = run(`\ufeff${TABLE}`, '--merchant', 'head.yaml');
  expect([made.status, made.stderr.split('\n')[0]]).toEqual([
    0,
    expect.stringMatching(/^products.csv:1: unknown column Colour/),
  ]);
  const { file, faults } = readCatalog(made.stdout);
  expect([faults, file?.merchants[0]?.products.map(({ sku }) => sku)]).toEqual([[], ['007', 'TEE']]);
  expect(run('sku\n').status).toBe(1);
});

test('without a merchant it names what is to be filled in', () => {
  const { status, stdout } = run(TABLE);
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^# Made of products.csv. Fill in what is empty/),
  ]);
  expect(stdout).toContain('username: "shop"');
  expect(readCatalog(stdout).faults.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      'user_id must be the number that X gave, in quotes',
      'currency is not a currency that Stripe takes: write three capital letters, as USD',
    ]),
  );
});
