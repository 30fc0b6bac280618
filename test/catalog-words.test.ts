import { expect, test } from '@jest/globals';
import { readCatalog } from '../src/catalog/read.ts';

interface Entry {
  id?: string;
  name?: string;
  tags?: string[];
  user_id?: string;
  username?: string;
  products: object[];
}

/** A catalog with these merchants, in JSON, which is YAML. */
function aCatalog(...entries: Entry[]): string {
  const merchants = entries.map(
    ({
      id = 'shop',
      name = `The ${id}`,
      tags = ['#AddToCart'],
      user_id = '11',
      username = 'shop',
      products,
    }) => ({
      ...{ id, name, x: { username, user_id }, currency: 'USD', locale: 'en-US', timezone: 'UTC' },
      ...{ support_email: 'a@b.example', postal_address: 'Lane 1', returns: 'none' },
      shipping: { countries: ['US'], flat_rate: '4.90' },
      hashtags: { add: tags },
      products: products.map((product, n) => ({
        sku: `P${n}`,
        title: 'Thing',
        price: '9.00',
        posts: [post(n + 1)],
        ...product,
      })),
    }),
  );
  return JSON.stringify({ version: 1, merchants }, null, 1);
}

const post = (id: number): string => `https://x.com/shop/status/${id}`;
const aSize = (...values: object[]) => ({ options: [{ name: 'size', values }] });

/** The faults, each with its kind and the line that it is about. */
function faultsOf(text: string): string[] {
  const lines = text.split('\n');
  return readCatalog(text).faults.map(
    ({ kind, line, message, see }) =>
      `${kind} ${lines[line - 1]?.trim()} ${message}${see ? ` (see ${lines[see.line - 1]?.trim()})` : ''}`,
  );
}

test.each<[string, object[], RegExp | undefined]>([
  [
    'one word for two values',
    [aSize({ value: 'S', words: ['s', 'tiny'] }, { value: 'M', words: ['Tiny'] })],
    /^error "Tiny" “Tiny” names M and S.*\(see "tiny"/,
  ],
  [
    'one word in two options',
    [
      {
        options: [
          { name: 'fruit', values: [{ value: 'ORANGE' }] },
          { name: 'color', values: [{ value: 'AMBER', words: ['orange'] }] },
        ],
      },
    ],
    /^error "orange" “orange” names AMBER of color and ORANGE of fruit.*\(see "value": "ORANGE"/,
  ],
  [
    'a word that two values differ by a hyphen in',
    [aSize({ value: '2-PACK' }, { value: 'DUO', words: ['2 pack'] })],
    /^error .*names DUO and 2-PACK/,
  ],
  [
    'a size as a number that may be a quantity',
    [{ limit: 50, ...aSize({ value: '42' }, { value: '43' }) }],
    /^warning "value": "42".* never as a number of pieces.*x42/,
  ],
  [
    'a size as a number that no quantity can be',
    [{ limit: 6, ...aSize({ value: '42' }, { value: '43' }) }],
    undefined,
  ],
  [
    'a number in words',
    [aSize({ value: 'PAIR', words: ['due'] }, { value: 'L' })],
    /^warning "due" “due” is read as PAIR, never as a number.* has to write x2/,
  ],
  ['a size with a number in it', [aSize({ value: '2XL' }, { value: 'L' })], undefined],
  [
    'a pack with a number in it',
    [aSize({ value: '2-PACK', words: ['2-pack'] }, { value: '6-PACK' })],
    undefined,
  ],
  [
    'a word that is a quantity',
    [aSize({ value: 'DUO', words: ['x2'] }, { value: 'ONE-SIZE' })],
    /^warning "x2" “x2” is read as a number of pieces, never as DUO/,
  ],
  [
    'a value that nobody can name',
    [aSize({ value: 'X2' }, { value: 'X-OTHER' })],
    /^error "value": "X2" no reply can name X2.*read as a number of pieces/,
  ],
  [
    'the common name of another value',
    [aSize({ value: 'L' }, { value: 'HUGE', words: ['grande'] })],
    /^warning "grande" “grande” is read as HUGE, though L is commonly called that/,
  ],
  [
    'two names of one size',
    [aSize({ value: '2XL' }, { value: 'XXL' })],
    /^warning .*“XXL” is read as XXL, though 2XL is commonly called that/,
  ],
  [
    'a colour’s common name that is another option’s own',
    [
      {
        options: [
          { name: 'color', values: [{ value: 'PINK' }] },
          { name: 'scent', values: [{ value: 'ROSA' }] },
        ],
      },
    ],
    /^warning "value": "ROSA".*though PINK is commonly called that/,
  ],
  [
    'a value’s word that replies hold anyway',
    [aSize({ value: 'S', words: ['please'] }, { value: 'L' })],
    /^warning "please" “please” stands in many replies that say nothing of S/,
  ],
  [
    'a product’s word that replies hold anyway',
    [{ words: ['thing', 'por favor'] }],
    /^warning .*“por favor” stands in many replies that say nothing of P0/,
  ],
  ['a value that counts things, too', [aSize({ value: 'BOTTLE' }, { value: 'MAGNUM' })], undefined],
  ['a post twice', [{ posts: [post(1), post(1)] }], /^warning .*the post 1 stands here a second time/],
  [
    'stock that is not counted',
    [{ stock: 5, stock_mode: 'none' }],
    /^warning "stock": 5.*stock_mode is none.*\(see "stock_mode"/,
  ],
  [
    'a hold where nothing is kept',
    [{ stock: 5, stock_mode: 'first_paid', hold_minutes: 60 }],
    /^warning "hold_minutes": 60.*says nothing/,
  ],
  ['a hold for half a year', [{ stock: 5, hold_minutes: 260_000 }], /^warning .* keeps pieces for 181 days/],
  [
    'a variant that says nothing',
    [{ ...aSize({ value: 'S' }, { value: 'M' }), variants: [{ sku: 'P0-S' }] }],
    /^warning .*says nothing that the product does not say/,
  ],
  [
    'a variant that repeats',
    [{ stock: 3, ...aSize({ value: 'S' }, { value: 'M' }), variants: [{ sku: 'P0-S', stock: 3 }] }],
    /^warning .*says nothing that the product/,
  ],
  [
    'a limit above the product’s',
    [{ limit: 3, ...aSize({ value: 'S' }, { value: 'M' }), variants: [{ sku: 'P0-S', limit: 4 }] }],
    /^warning "limit": 4.*above the limit 3.*\(see "limit": 3/,
  ],
  [
    'a variant that ends before its product begins',
    [
      {
        from: '2026-12-01T00:00:00Z',
        ...aSize({ value: 'S' }, { value: 'M' }),
        variants: [{ sku: 'P0-S', until: '2026-11-01T00:00:00Z' }],
      },
    ],
    /^error .*must be later than from/,
  ],
  ['a kind that there is not', [{ kind: 'phisical' }], /^error .*did you mean physical\?/],
  [
    'variants of the same SKU',
    [
      {
        options: [
          { name: 'a', values: [{ value: 'A' }, { value: 'A-B' }] },
          { name: 'b', values: [{ value: 'B-C' }, { value: 'C' }] },
        ],
      },
    ],
    /^error .*the SKU P0-A-B-C stands here a second time/,
  ],
  [
    'two products at a post, one without words',
    [{ words: ['mug'], posts: [post(1)] }, { posts: [post(1)] }],
    /^error .* no reply to the post 1 can name P1, because P0 is offered there, too.*\(see "https/,
  ],
  [
    'two products at a post with the same words',
    [
      { words: ['mug'], posts: [post(1)] },
      { words: ['Mugs'], posts: [post(1)] },
    ],
    /^error .* can name P1, because P0/,
  ],
  [
    'two products at a post with a word of each',
    [
      { words: ['mug', 'cup'], posts: [post(1)] },
      { words: ['bowl', 'cup'], posts: [post(1)] },
    ],
    /^warning "cup" “cup” names P1, too, at the post 1/,
  ],
  [
    'a word inside of another product’s',
    [
      { words: ['tea'], posts: [post(1)] },
      { words: ['tea cup'], posts: [post(1)] },
    ],
    /^error .* can name P1/,
  ],
  [
    'a value that names the other product',
    [
      { words: ['mug'], posts: [post(1)] },
      { words: ['tee'], posts: [post(1)], ...aSize({ value: 'MUG' }, { value: 'L' }) },
    ],
    /^warning "value": "MUG" “MUG” names P0, too/,
  ],
])('%s', (_name, products, expected) => {
  const found = faultsOf(aCatalog({ products }));
  if (expected) expect(found).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  else expect(found).toEqual([]);
});

test('a value that is written twice is one fault, however many variants it makes', () => {
  const colors = { name: 'color', values: [{ value: 'RED' }, { value: 'BLUE' }, { value: 'BLACK' }] };
  const sizes = { name: 'size', values: [{ value: 'S' }, { value: 'M' }, { value: 'S' }] };
  expect(faultsOf(aCatalog({ products: [{ options: [colors, sizes] }] }))).toEqual([
    expect.stringMatching(/^error "value": "S" the value S stands here a second time/),
  ]);
});

test('what is faulty in a merchant or a product does not hide what is wrong with the rest of it', () => {
  const text = aCatalog({
    tags: ['#AddToCart', '#add-it', '#addtocart'],
    products: [
      { sku: 7, price: '9.001', stock: -1, ...aSize({ value: 42 }, { value: 'S', words: ['tiny', '42'] }) },
      { prise: '0.10', price: undefined, words: ['', 'thing'] },
    ],
  })
    .replace('"en-US"', '"english"')
    .replace('"returns"', '"retuns"')
    .replace('"user_id": "11"', '"user_id": 11');
  const said = faultsOf(text).map((fault) => fault.replace(/; known here.*|Known here.*/, ''));
  expect(said).toEqual(
    [
      /returns is missing/,
      /user_id must stand in quotes: "11"/,
      /locale must be a language tag/,
      /unknown key retuns: did you mean returns/,
      /add is not one hashtag/,
      /#addtocart is the same tag as #AddToCart/,
      /sku must stand in quotes: "7"/,
      /USD has 2 decimals: "9.001" does not fit/,
      /stock must be 0 or more/,
      /value must stand in quotes: "42"/,
      /“42” names S and 42/,
      /unknown key prise: did you mean price/,
      /words must not be empty/,
    ].map((pattern) => expect.stringMatching(pattern)),
  );
});

const market = (id: string, tags: string[], more: Partial<Entry> = {}): Entry => ({
  ...{ id, tags, products: [{ sku: 'MUG', posts: [post(1), post(id.length + 10)] }] },
  ...more,
});

test('an X account may stand in several entries, one for each market, with tags of their own', () => {
  expect(faultsOf(aCatalog(market('us', ['#AddToCart']), market('italy', ['#AlCarrello'])))).toEqual([]);
  expect(
    faultsOf(aCatalog(market('us', ['#AddToCart']), market('italy', ['#AlCarrello', '#ADDTOCART']))),
  ).toEqual([
    expect.stringMatching(
      /^error "#ADDTOCART" #ADDTOCART is a tag of the merchant us, too.*post 1:.*\(see "#AddToCart"/,
    ),
  ]);
});

test('markets of one account have names by which mails tell them apart', () => {
  const [us, italy] = [market('us', ['#A1'], { name: 'Shop' }), market('italy', ['#B1'], { name: 'Shop' })];
  expect(faultsOf(aCatalog(us, italy))).toEqual([
    expect.stringMatching(/^warning "name": "Shop", us and italy are both called Shop/),
  ]);
  expect(faultsOf(aCatalog(us, { ...italy, name: 'Shop Italy' }))).toEqual([]);
});

test('markets without a common post may share a tag', () => {
  const apart = market('italy', ['#AddToCart'], { products: [{ sku: 'MUG', posts: [post(99)] }] });
  expect(faultsOf(aCatalog(market('us', ['#AddToCart']), apart))).toEqual([]);
});

test('one account has one handle, and one handle one account', () => {
  const [us, other] = [market('us', ['#A1']), market('italy', ['#B1'])];
  expect(faultsOf(aCatalog(us, { ...other, username: 'shopp' }))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^error .*the X account 11 has the handle shop elsewhere/),
    ]),
  );
  expect(faultsOf(aCatalog(us, { ...other, user_id: '12' }))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^error .*the handle shop belongs to the X account 11 elsewhere/),
      expect.stringMatching(/^error .*the post belongs to the merchant us already/),
    ]),
  );
});

test('ten thousand products at one post take no more than a moment each', () => {
  const products = Array.from({ length: 10_000 }, (_, n) => ({
    words: ['thing'],
    sku: `S${n}`,
    posts: [post(1)],
  }));
  expect(readCatalog(aCatalog({ products })).faults).toHaveLength(10_000);
});
