import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { doubtOf, isUnchanged, type PurchaseCase } from '../../src/domain/buy-now.ts';

const aCase = (changes: Partial<PurchaseCase> = {}): PurchaseCase => ({
  total: 2_290,
  limits: { per_order: 5_000, per_day: 10_000 },
  spent: 0,
  sensitive: false,
  isFirst: false,
  again: false,
  minutesAgo: 1,
  detail: { found_by: 'parent' },
  ...changes,
});

test.each<[string, Partial<PurchaseCase>, ReturnType<typeof doubtOf>]>([
  ['all is as agreed', {}, undefined],
  ['just what an order may cost', { total: 5_000 }, undefined],
  ['a cent more', { total: 5_001 }, 'over_order'],
  ['just what a day may cost', { spent: 7_710 }, undefined],
  ['a cent more in a day', { spent: 7_711 }, 'over_day'],
  ['the first purchase, small', { isFirst: true, total: 2_500 }, undefined],
  ['the first purchase, large', { isFirst: true, total: 2_501 }, 'first_here'],
  ['nothing for others to see', { sensitive: true }, 'sensitive'],
  ['the same product again', { again: true }, 'again'],
  ['an hour old', { minutesAgo: 60 }, undefined],
  ['older', { minutesAgo: 61 }, 'late'],
  ['further down in the thread', { detail: { found_by: 'ancestor' } }, 'unsure'],
  ['found in the conversation', { detail: { found_by: 'conversation_root' } }, 'unsure'],
  ['X did not tell what is above', { detail: { found_by: 'parent', unknown_above: 'budget' } }, 'unsure'],
])('%s', (_, changes, doubt) => {
  expect(doubtOf(aCase(changes))).toBe(doubt);
});

test('whatever comes together: nothing above a limit is charged unasked', () => {
  const amount = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(
      fc.record({
        total: amount,
        limits: fc.record({ per_order: amount, per_day: amount }),
        spent: fc.integer({ min: 0, max: 20_000 }),
        sensitive: fc.boolean(),
        isFirst: fc.boolean(),
        again: fc.boolean(),
      }),
      (given) => {
        const unasked = doubtOf(aCase(given)) === undefined;
        const within =
          given.total <= given.limits.per_order && given.spent + given.total <= given.limits.per_day;
        expect(unasked && !(within && !given.again && !given.sensitive)).toBe(false);
      },
    ),
  );
});

test('a line that was changed since is not bought', () => {
  const wanted = { sku: 'MUG', quantity: 2 };
  const buying = new Set(['7', '9']);
  expect(isUnchanged({ quantity: 2, position: '7' }, wanted, buying)).toBe(true);
  expect(isUnchanged({ quantity: 3, position: '9' }, wanted, buying)).toBe(true);
  expect(isUnchanged({ quantity: 2, position: '8' }, wanted, buying)).toBe(false);
  expect(isUnchanged({ quantity: 1, position: '7' }, wanted, buying)).toBe(false);
  expect(isUnchanged(undefined, wanted, buying)).toBe(false);
});
