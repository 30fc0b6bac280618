import { expect, test } from '@jest/globals';
import { readCatalog } from '../src/catalog/read.ts';
import { toRows } from '../src/domain/catalog.ts';
import { catalogChanges } from '../src/domain/catalog-changes.ts';
import type { CatalogFile } from '../src/domain/catalog-file.ts';

const catalogWith = (product: string, shipping = ''): string => `
version: 1
merchants:
  - id: shop
    name: Shop
    x: { username: shop, user_id: "1111111111111111111" }
    currency: USD
    locale: en-US
    timezone: America/New_York
    support_email: help@shop.example
    postal_address: "12 Kiln Lane"
    returns: "30 days"
    ${shipping}
    hashtags: { add: ["#AddToCart"], donate: ["#Donate"] }
    products:
      - { sku: A, title: A, posts: ["https://x.com/shop/status/2080761390596595240"], ${product} }
`;
const faultsOf = (product: string): string[] =>
  readCatalog(catalogWith(product)).faults.map(({ message }) => message);

const GIFT = 'kind: donation, donation: { minimum: "5.00", maximum: "500.00", presets: ["10.00"] }';

test.each([
  'kind: digital, price: "9.00", delivery: { file: "books/a b.pdf" }',
  'kind: digital, price: "9.00", delivery: { url: "https://a.example/b", expires_days: 3, downloads: 1 }',
  'kind: service, price: "9.00", stock: 4, limit: 2',
  'kind: service, price: "9.00", options: [{ name: day, values: [{ value: MON }, { value: TUE }] }]',
  GIFT,
  'kind: donation, donation: { minimum: "5.00", maximum: "5.00" }',
])('nothing is shipped, so no shipping is needed: %s', (product) => {
  expect(faultsOf(product)).toEqual([]);
});

test.each<[string, string]>([
  ['price: "9.00"', 'is shipped, but the merchant has no shipping'],
  ['kind: service', 'has no price: write price: "18.00"'],
  ['kind: service, price: "9.00", delivery: { file: a.pdf }', 'is for digital products'],
  [`kind: service, price: "9.00", donation: { minimum: "5.00", maximum: "6.00" }`, 'is for donations'],
  ['kind: digital, price: "9.00"', 'is digital: write delivery'],
  ['kind: digital, price: "9.00", delivery: { downloads: 3 }', 'is digital: write delivery'],
  [
    'kind: digital, price: "9.00", delivery: { file: a.pdf, url: "https://a.example/b" }',
    'has a file and a url',
  ],
  ...['../a.pdf', '/etc/passwd', 'a/../../b', './a', 'a//b', 'a\\\\b', ''].map((file): [string, string] => [
    `kind: digital, price: "9.00", delivery: { file: "${file}" }`,
    'must be a path below the folder of downloads',
  ]),
  ['kind: digital, price: "9.00", delivery: { file: a.pdf, downloads: 0 }', 'must be 1 or more'],
  ['kind: donation', 'is a donation: write donation'],
  [`${GIFT}, price: "5.00"`, 'a donation has no price'],
  [`${GIFT}, stock: 5`, 'a donation has no stock'],
  [`${GIFT}, limit: 1`, 'a donation has no limit'],
  [`${GIFT}, options: [{ name: size, values: [{ value: M }] }]`, 'a donation has no options'],
  [`${GIFT}, delivery: { file: a.pdf }`, 'a donation has no delivery'],
  [`${GIFT}, price_policy: lower_of`, 'a donation has no price_policy'],
  [
    'kind: donation, donation: { minimum: "0.10", maximum: "5.00" }',
    'the smallest amount that can be charged',
  ],
  ['kind: donation, donation: { minimum: "5.00", maximum: "4.00" }', 'must be the minimum or more'],
  [
    'kind: donation, donation: { minimum: "5.00", maximum: "9.00", presets: ["10.00"] }',
    'must be from the minimum to the maximum',
  ],
  [
    'kind: donation, donation: { minimum: "5.00", maximum: "9.00", presets: ["6.00", "6.00"] }',
    'the amount 6.00 stands here a second time',
  ],
  ['kind: donation, donation: { minimum: "5.001", maximum: "9.00" }', 'USD has 2 decimals'],
])('%s: %s', (product, message) => {
  expect(faultsOf(product)).toContainEqual(expect.stringContaining(message));
});

const rowsOf = (product: string) => toRows(readCatalog(catalogWith(product)).file as CatalogFile);
const changes = (before: string, after: string) =>
  catalogChanges(rowsOf(before), rowsOf(after)).flatMap(({ fields = [] }) => fields);

test('what a new catalog changes is told by the keys of the file, and as the file says it', () => {
  expect(changes(GIFT, GIFT)).toEqual([]);
  expect(changes(GIFT, GIFT.replace('5.00', '2.50'))).toEqual([
    {
      key: 'donation',
      before: { minimum: '5.00', maximum: '500.00', presets: ['10.00'] },
      after: { minimum: '2.50', maximum: '500.00', presets: ['10.00'] },
    },
  ]);
  const book = (delivery: string): string => `kind: digital, price: "9.00", delivery: { ${delivery} }`;
  expect(changes(book('file: a.pdf'), book('file: a.pdf, expires_days: 30, downloads: 5'))).toEqual([]);
  expect(changes(book('file: a.pdf'), book('url: "https://a.example/b", downloads: 1'))).toEqual([
    { key: 'delivery.url', before: null, after: 'https://a.example/b' },
    { key: 'delivery.file', before: 'a.pdf', after: null },
    { key: 'delivery.downloads', before: 5, after: 1 },
  ]);
});
