import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buyableLines, sharesOf } from '../../src/domain/buyable.ts';
import { type CartLine, obstacleOf } from '../../src/domain/cart.ts';
import { sinceMail } from '../../src/domain/since-mail.ts';
import { aCartLine as line } from '../harness/cart-lines.ts';

const now = new Date('2026-11-22T12:00:00Z');
const past = new Date('2026-11-01T00:00:00Z');

test.each<[string, Array<Partial<CartLine>>, Array<[quantity: number, missing: number]>]>([
  ['all there', [{ quantity: 2, available: 5 }], [[2, 0]]],
  ['not counted', [{ quantity: 2 }], [[2, 0]]],
  ['too few left', [{ quantity: 5, available: 2 }], [[2, 3]]],
  ['sold out', [{ quantity: 1, available: 0 }], [[0, 1]]],
  ['sold out where nobody waits', [{ quantity: 1, available: 0, stock_mode: 'first_paid' }], [[0, 0]]],
  ['paused', [{ paused: true, available: 0 }], [[0, 0]]],
  ['ended', [{ ends_at: past }], [[0, 0]]],
  ['withdrawn', [{ withdrawn: true }], [[0, 0]]],
  ['above the limit', [{ quantity: 5, purchase_limit: 3 }], [[3, 0]]],
  ['some bought before', [{ quantity: 3, purchase_limit: 3, ordered: 1 }], [[2, 0]]],
  ['above the limit and too few left', [{ quantity: 5, purchase_limit: 3, available: 1 }], [[1, 2]]],
  ['above the variant’s own limit', [{ quantity: 5, variant_limit: 2, ordered_variant: 1 }], [[1, 0]]],
  [
    'a limit for both variants',
    [
      { sku: 'TEE-M', product_sku: 'TEE', quantity: 2, purchase_limit: 3 },
      { sku: 'TEE-L', product_sku: 'TEE', quantity: 2, purchase_limit: 3 },
    ],
    [
      [2, 0],
      [1, 0],
    ],
  ],
])('what can be bought: %s', (_name, given, expected) => {
  const shares = sharesOf(given.map(line), now);
  expect(shares.map(({ quantity, missing }) => [quantity, missing])).toEqual(expected);
});

const number = (max: number) => fc.integer({ min: 0, max });
const aLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 6 }),
    available: fc.option(number(6)),
    purchase_limit: fc.option(fc.integer({ min: 1, max: 6 })),
    variant_limit: fc.option(fc.integer({ min: 1, max: 6 })),
    ordered: number(3),
    ordered_variant: number(3),
    paused: fc.boolean(),
    withdrawn: fc.boolean(),
    product_sku: fc.constantFrom('A', 'B'),
  })
  .map(line);
/** What is the product's is the same in all its lines. */
const someLines = fc.array(aLine, { maxLength: 4 }).map((lines) =>
  lines.map((each, n) => {
    const first = lines.find(({ product_sku }) => product_sku === each.product_sku) as CartLine;
    const { purchase_limit, ordered } = first;
    return { ...each, sku: `${each.product_sku}-${n}`, purchase_limit, ordered };
  }),
);

test('what is left of a cart can be bought, and what could be bought is left', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      const left = buyableLines(sharesOf(lines, now));
      for (const each of left) expect(obstacleOf(each, left, now)).toBeUndefined();
      if (lines.every((each) => !obstacleOf(each, lines, now))) expect(left).toEqual(lines);
    }),
    { numRuns: 500 },
  );
});

const mug = { sku: 'MUG', title: 'Mug', kind: 'physical' as const, quantity: 1, price: 1800 };

test.each([
  ['nothing', [mug], [line()], []],
  [
    'a number, by a reply',
    [mug],
    [line({ quantity: 3, position: '7', post_id: '7' })],
    [{ kind: 'quantity', title: 'Mug', was: 1, now: 3, by: 'reply' }],
  ],
  [
    'a number, on the page',
    [mug],
    [line({ quantity: 3, position: '8', post_id: '7' })],
    [{ kind: 'quantity', title: 'Mug', was: 1, now: 3, by: 'page' }],
  ],
  ['a line that is gone', [mug], [], [{ kind: 'gone', title: 'Mug' }]],
  ['a line that is new', [], [line({ quantity: 2 })], [{ kind: 'new', title: 'Mug', quantity: 2 }]],
])('what has changed since a mail: %s', (_name, mailed, lines, expected) => {
  expect(sinceMail(mailed, lines, now)).toEqual(expected);
});

test('what has sold out or ended since a mail is told, too', () => {
  const [soldOut, ended] = [line({ available: 0 }), line({ sku: 'CAP', product_sku: 'CAP', ends_at: past })];
  const kinds = sinceMail([mug, { ...mug, sku: 'CAP' }], [soldOut, ended], now);
  expect(kinds.map((each) => 'obstacle' in each && each.obstacle)).toEqual(['sold_out', 'ended']);
});
