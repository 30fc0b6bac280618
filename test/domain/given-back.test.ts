import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { namedPieces, worthOf } from '../../src/domain/given-back.ts';

const LINES = [
  { sku: 'SEAT', quantity: 3, price: 4800, given_back: 1 },
  { sku: 'MUG', quantity: 1, price: 2400, given_back: 0 },
  { sku: 'BOOK', quantity: 1, price: 900, given_back: 1 },
];

test.each<[string, Parameters<typeof namedPieces>[0], ReturnType<typeof namedPieces>]>([
  ['nothing', [], { pieces: [] }],
  ['what is left of a line', [{ sku: 'SEAT' }], { pieces: [{ sku: 'SEAT', pieces: 2 }] }],
  [
    'some of one, all of another',
    [{ sku: 'SEAT', pieces: 1 }, { sku: 'MUG' }],
    {
      pieces: [
        { sku: 'SEAT', pieces: 1 },
        { sku: 'MUG', pieces: 1 },
      ],
    },
  ],
  [
    'too many',
    [{ sku: 'SEAT', pieces: 3 }],
    { fault: 'of SEAT at most 2 can be given back: 3 ordered, 1 given back' },
  ],
  ['none', [{ sku: 'SEAT', pieces: 0 }], { fault: expect.stringContaining('at most 2') as never }],
  ['what is gone', [{ sku: 'BOOK' }], { fault: expect.stringContaining('at most 0') as never }],
  ['what it does not hold', [{ sku: 'TEE' }], { fault: 'the order holds no TEE' }],
  ['one line twice', [{ sku: 'MUG' }, { sku: 'MUG' }], { fault: 'MUG is named twice' }],
])('pieces that a refund names: %s', (_, wish, result) => {
  expect(namedPieces(wish, LINES)).toEqual(result);
});

test('pieces are worth their prices and their share of the tax on top; all of them never more than was paid', () => {
  const seat = [{ sku: 'SEAT', pieces: 1 }];
  expect(worthOf(seat, LINES, { subtotal: 17_700, shipping: 490, tax: 0 })).toBe(4800);
  // 10 % on items and shipping.
  expect(worthOf(seat, LINES, { subtotal: 17_700, shipping: 490, tax: 1819 })).toBe(4800 + 480);
  const line = fc.record({
    quantity: fc.integer({ min: 1, max: 9 }),
    price: fc.integer({ min: 1, max: 99_999 }),
  });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 4 }),
      fc.nat({ max: 5000 }),
      fc.nat({ max: 99_999 }),
      (given, shipping, tax) => {
        const lines = given.map((each, n) => ({ ...each, sku: `S${n}`, given_back: 0 }));
        const subtotal = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
        const worth = lines.map(({ sku, quantity }) =>
          worthOf([{ sku, pieces: quantity }], lines, { subtotal, shipping, tax }),
        );
        expect(worth.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(subtotal + shipping + tax);
      },
    ),
  );
});
