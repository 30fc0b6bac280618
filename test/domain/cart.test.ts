import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countryForShipping, obstacleOf, totalsOf } from '../../src/domain/cart.ts';
import { aCartLine as line } from '../harness/cart-lines.ts';

const home = { countries: ['US'], rate: 490, free_from: 6000 };
const abroad = { countries: ['CA', 'MX'], rate: 1290, free_from: null };
const rates = { zones: [home] };
const now = new Date('2026-11-22T12:00:00Z');

test.each([
  ['one thing that is shipped', [line()], rates, { subtotal: 1800, shipping: 490, total: 2290 }],
  ['enough for free shipping', [line({ quantity: 4 })], rates, { subtotal: 7200, shipping: 0, total: 7200 }],
  ['a download', [line({ kind: 'digital' })], rates, { subtotal: 1800, shipping: 0, total: 1800 }],
  [
    'both',
    [line(), line({ sku: 'PDF', kind: 'digital', price: 900 })],
    rates,
    { subtotal: 2700, shipping: 490, total: 3190 },
  ],
  [
    'no free shipping at all',
    [line({ quantity: 100 })],
    { zones: [{ ...home, free_from: null }] },
    { subtotal: 180_000, shipping: 490, total: 180_490 },
  ],
  ['nothing', [], rates, { subtotal: 0, shipping: 0, total: 0 }],
])('%s', (_name, lines, shipping, totals) => {
  expect(totalsOf(lines, shipping, null)).toEqual({ ...totals, tax: 0 });
});

test.each([
  ['home', 'US', 490],
  ['abroad', 'MX', 1290],
  ['somewhere that nothing is sent to', 'DE', 490],
  ['nowhere yet', null, 490],
])('sent %s', (_name, country, shipping) => {
  expect(totalsOf([line()], { zones: [home, abroad] }, country)).toMatchObject({ shipping });
});

test.each([
  ['one zone', [line()], { zones: [abroad] }, 'MX', null],
  ['several', [line()], { zones: [home, abroad] }, 'MX', 'MX'],
  ['several, and a country that is in none', [line()], { zones: [home, abroad] }, 'DE', 'US'],
  ['several, and no country', [line()], { zones: [home, abroad] }, null, 'US'],
  ['several, and nothing to send', [line({ kind: 'digital' })], { zones: [home, abroad] }, 'MX', null],
  ['nothing is ever sent', [line()], null, 'MX', null],
])('the country that decides about the shipping: %s', (_name, lines, shipping, wished, country) => {
  expect(countryForShipping(lines, shipping, wished)).toBe(country);
});

test.each([
  ['nothing', {}, undefined],
  ['withdrawn', { withdrawn: true }, 'withdrawn'],
  ['paused', { paused: true }, 'paused'],
  ['not begun', { starts_at: new Date('2026-12-01') }, 'not_started'],
  ['ended', { ends_at: new Date('2026-11-01') }, 'ended'],
  ['ends in this moment', { ends_at: now }, 'ended'],
  ['begins in this moment', { starts_at: now }, undefined],
  ['sold out', { available: 0 }, 'sold_out'],
  ['too few', { quantity: 3, available: 2 }, 'too_many'],
  ['just enough', { quantity: 2, available: 2 }, undefined],
  ['over the limit with what was bought', { quantity: 2, purchase_limit: 3, ordered: 2 }, 'over_limit'],
] as const)('what stands against buying: %s', (_name, given, obstacle) => {
  const each = line(given);
  expect(obstacleOf(each, [each], now)).toBe(obstacle);
});

test('the total is always the sum of its parts', () => {
  const lines = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 99 }),
      price: fc.integer({ min: 1, max: 100_000 }),
      kind: fc.constantFrom('physical' as const, 'digital' as const),
    }),
  );
  fc.assert(
    fc.property(lines, (given) => {
      const { subtotal, shipping, total } = totalsOf(given.map(line), rates, null);
      expect(total).toBe(subtotal + shipping);
      expect(subtotal).toBe(given.reduce((sum, each) => sum + each.price * each.quantity, 0));
    }),
  );
});
