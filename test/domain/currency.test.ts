import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney, isCurrency, parsePrice, priceText, smallestCharge } from '../../src/domain/currency.ts';

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

test('every price that can be written comes back as it was', () => {
  const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'ISK', 'UGX', 'HUF', 'TWD', 'CLP', 'BHD', 'GBP');
  fc.assert(
    fc.property(currency, fc.integer({ min: 0, max: 999_999 }), (code, whole) => {
      const amount = parsePrice(String(whole), code) as number;
      expect(parsePrice(priceText(amount, code), code)).toBe(amount);
    }),
  );
});

test('what Stripe does not take is no currency', () => {
  expect(['USD', 'EUR', 'JPY', 'ISK'].every(isCurrency)).toBe(true);
  expect(['usd', 'BTC', 'XXX', ''].some(isCurrency)).toBe(false);
  expect(() => smallestCharge('XXX')).toThrow(RangeError);
});
