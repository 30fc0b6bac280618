import { expect, test } from '@jest/globals';
import { taxBehaviorOf, taxCodeOf, taxesOf } from '../../src/domain/tax.ts';

test.each([
  ['none', false, null],
  ['none', true, null],
  ['automatic', false, 'exclusive'],
  ['automatic', true, 'inclusive'],
] as const)('tax %s, prices with tax: %s: Stripe is asked for %s', (tax, prices_include_tax, behavior) => {
  expect(taxBehaviorOf({ tax, prices_include_tax })).toBe(behavior);
});

test.each([
  ['physical', null, null],
  ['digital', 'txcd_10000000', 'txcd_10000000'],
  ['donation', null, 'txcd_00000000'],
  ['donation', 'txcd_99999999', 'txcd_99999999'],
] as const)('a %s with the code %s is %s to the tax', (kind, tax_code, code) => {
  expect(taxCodeOf({ kind, tax_code })).toBe(code);
});

test.each([
  ['none is asked for', null, { amount: 2290, tax: 0 }, { tax: 0, tax_included: 0 }],
  ['none is asked for, and another sum came', null, { amount: 2291, tax: 0 }, undefined],
  ['none is asked for, and some came', null, { amount: 2290, tax: 10 }, undefined],
  ['on top', 'exclusive', { amount: 2490, tax: 200 }, { tax: 200, tax_included: 0 }],
  ['on top, and there is none', 'exclusive', { amount: 2290, tax: 0 }, { tax: 0, tax_included: 0 }],
  ['on top, and the sum is wrong', 'exclusive', { amount: 2291, tax: 200 }, undefined],
  ['on top, and it was not added', 'exclusive', { amount: 2290, tax: 200 }, undefined],
  ['in the prices', 'inclusive', { amount: 2290, tax: 366 }, { tax: 0, tax_included: 366 }],
  ['in the prices, and it was added', 'inclusive', { amount: 2656, tax: 366 }, undefined],
] as const)('the tax that Stripe found: %s', (_name, tax_behavior, paid, taxes) => {
  expect(taxesOf({ subtotal: 1800, shipping: 490, tax_behavior }, paid)).toEqual(taxes);
});
