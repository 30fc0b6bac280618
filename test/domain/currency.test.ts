import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CURRENCIES,
  decimalsOf,
  formatMoney,
  formatTotal,
  isCurrency,
  largestCharge,
  parsePrice,
  priceText,
  smallestCharge,
  stepOf,
} from '../../src/domain/currency.ts';

test.each([
  ['18.00', 'USD', 1800],
  ['0.5', 'USD', 50],
  ['18', 'EUR', 1800],
  ['1800', 'JPY', 1800],
  ['18.00', 'JPY', undefined],
  ['4.50', 'KWD', 4500],
  ['4.500', 'KWD', undefined],
  ['1500', 'ISK', 150_000],
  ['1500.50', 'ISK', undefined],
  ['5000', 'UGX', 500_000],
  ['990.50', 'HUF', 99_050],
  ['30.00', 'TWD', 3000],
  ['-1', 'USD', undefined],
  ['1,000.00', 'USD', undefined],
  ['1e3', 'USD', undefined],
  ['', 'USD', undefined],
  ['.5', 'USD', undefined],
])('"%s" %s is %s in minor units', (text, code, amount) => {
  expect(parsePrice(text, code)).toBe(amount);
});

test.each([
  [1800, 'USD', 'en-US', '$18.00'],
  [1800, 'JPY', 'en-US', '¥1,800'],
  [4500, 'KWD', 'en-US', 'KWD 4.50'],
  [150_000, 'ISK', 'en-US', 'ISK 1,500'],
  [99_050, 'HUF', 'en-US', 'HUF 990.50'],
  [1800, 'EUR', 'de-DE', '18,00 €'],
])('%d %s in %s reads %s', (amount, code, locale, text) => {
  expect(formatMoney(amount, code, locale).replace(/\u00a0/g, ' ')).toBe(text);
});

test.each([
  [1800, 'USD', 'en-US', '$18.00 USD'],
  [1800, 'CAD', 'en-CA', '$18.00 CAD'],
  [1800, 'EUR', 'it-IT', '18,00 € EUR'],
  [4500, 'KWD', 'en-US', 'KWD 4.50'],
  [1800, 'CHF', 'de-CH', 'CHF 18.00'],
])('a total of %d %s in %s says which currency it is: %s', (amount, code, locale, text) => {
  expect(formatTotal(amount, code, locale).replace(/\u00a0/g, ' ')).toBe(text);
});

test.each(CURRENCIES.map((code) => [code]))(
  '%s: every amount that can be charged is written and read back as it was',
  (code) => {
    const step = stepOf(code);
    const [least, most] = [smallestCharge(code), largestCharge(code)];
    expect([least % step, most % step]).toEqual([0, 0]);
    const steps = fc.integer({ min: least / step, max: most / step });
    fc.assert(
      fc.property(steps, (n) => {
        const amount = n * step;
        expect(parsePrice(priceText(amount, code), code)).toBe(amount);
        expect(formatMoney(amount, code, 'en-US').replace(/[^\d.]/g, '')).toBe(priceText(amount, code));
      }),
      { numRuns: 20, examples: [[least / step], [most / step]] },
    );
    expect(parsePrice(`1.${'0'.repeat(decimalsOf(code) + 1)}`, code)).toBeUndefined();
  },
);

test.each([
  ['USD', 99_999_999],
  ['JPY', 999_999_999],
  ['HUF', 999_999_999],
  ['TWD', 99_999_999],
  ['ISK', 99_999_900],
  ['BHD', 99_999_990],
])('the most that can be charged in %s is %d minor units', (code, most) => {
  expect(largestCharge(code)).toBe(most);
});

test('what Stripe does not take is no currency', () => {
  expect(['USD', 'EUR', 'JPY', 'ISK'].every(isCurrency)).toBe(true);
  expect(['usd', 'BTC', 'XXX', ''].some(isCurrency)).toBe(false);
  expect(() => smallestCharge('XXX')).toThrow(RangeError);
});
