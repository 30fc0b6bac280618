import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES, stepOf } from '../../src/domain/currency.ts';
import { basisPoints, feeOf } from '../../src/domain/fee.ts';
import { sellerOf, splitOf } from '../../src/domain/payee.ts';

const usd = (subtotal: number, total = subtotal) => ({ subtotal, total, currency: 'USD' });

test.each([
  ['5 %', usd(1800), 500, 90],
  ['a half is rounded up', usd(50), 500, 3], // 2.5
  ['less than a half is rounded down', usd(49), 500, 2], // 2.45
  ['a hundredth of a percent', usd(10_000), 1, 1],
  ['nothing', usd(1800), 0, 0],
  ['everything', usd(1800), 10_000, 1800],
  ['shipping is no part of it', usd(1800, 2290), 500, 90],
  ['never more than is charged', usd(1800, 50), 500, 50],
  ['krónur have no hundredths', { subtotal: 150_000, total: 150_000, currency: 'ISK' }, 333, 5_000],
  ['half a króna is rounded up', { subtotal: 1_000, total: 1_000, currency: 'ISK' }, 500, 100],
  ['dinars end with a 0', { subtotal: 4_500, total: 4_500, currency: 'KWD' }, 250, 110], // 112.5
  ['yen', { subtotal: 1_800, total: 1_800, currency: 'JPY' }, 250, 45],
])('the platform’s part: %s', (_name, sale, bps, fee) => {
  expect(feeOf(sale, bps)).toBe(fee);
});

test('it is within half a step of the exact percentage, a whole number of steps, and never more than is charged', () => {
  const sales = fc.record({
    currency: fc.constantFrom(...CURRENCIES),
    steps: fc.nat(9_999_999),
    more: fc.nat(100_000),
    bps: fc.integer({ min: 0, max: 10_000 }),
  });
  fc.assert(
    fc.property(sales, ({ currency, steps, more, bps }) => {
      const step = stepOf(currency);
      const subtotal = steps * step;
      const fee = feeOf({ subtotal, total: subtotal + more * step, currency }, bps);
      expect(fee % step).toBe(0);
      // Exact: 2 × |fee − subtotal × bps / 10000| ≤ step, and a half goes up.
      const off = 2n * (BigInt(fee) * 10_000n - BigInt(subtotal) * BigInt(bps));
      const half = BigInt(step) * 10_000n;
      expect(off <= half && off > -half).toBe(true);
      expect(fee).toBeLessThanOrEqual(subtotal + more * step);
      expect(feeOf({ subtotal, total: Math.min(fee, 7), currency }, bps)).toBeLessThanOrEqual(7);
    }),
  );
});

test.each([
  ['7.5', 750],
  ['0', 0],
  ['100', 10_000],
  ['0.01', 1],
  ['12.34', 1234],
  ['100.01', undefined],
  ['101', undefined],
  ['-1', undefined],
  ['1.234', undefined],
  ['1e1', undefined],
  ['', undefined],
  ['%', undefined],
])('%s percent are %s hundredths of a percent', (percent, bps) => {
  expect(basisPoints(percent)).toBe(bps);
});

const account = { account_id: 'acct_1', charges_enabled: true, gone_at: null };

test.each([
  ['no account was asked for', undefined, { destination: null, fee: 0 }],
  [
    'only a percentage of their own',
    { ...account, account_id: null, charges_enabled: false },
    { destination: null, fee: 0 },
  ],
  ['an account that is ready', account, { destination: 'acct_1', fee: 90 }],
  ['one that Stripe takes no payments for', { ...account, charges_enabled: false }, undefined],
  ['one that is gone', { ...account, gone_at: new Date() }, undefined],
  [
    'one that is gone, and another was asked for',
    { account_id: null, charges_enabled: false, gone_at: new Date() },
    undefined,
  ],
])('who sells, and what stays with the platform: %s', (_name, payee, split) => {
  const seller = sellerOf(payee);
  expect(seller.kind === 'nobody' ? undefined : splitOf(seller, usd(1800, 2290), 500)).toEqual(split);
});
