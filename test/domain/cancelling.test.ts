import { expect, test } from '@jest/globals';
import { type CancelFacts, whyNotCancelled, whyNotSwapped } from '../../src/domain/cancelling.ts';
import { isOpenDispute, phaseOf } from '../../src/domain/dispute.ts';
import { delayAfter, readAnswer } from '../../src/domain/webhook.ts';

const PAID = new Date('2026-11-22T12:00:00Z');
const hoursLater = (hours: number): Date => new Date(PAID.getTime() + hours * 3_600_000);
const order: CancelFacts = {
  status: 'paid',
  created_at: PAID,
  shipped_at: null,
  cancel_hours: 24,
  refunding: false,
  disputed: false,
  used: false,
};

test.each<[Partial<CancelFacts>, number, string | undefined, string | undefined]>([
  [{}, 23.9, undefined, undefined],
  [{}, 24, 'too_late', undefined],
  [{ cancel_hours: 0 }, 0, 'never', undefined],
  [{ used: true }, 0, 'used', undefined],
  [{ disputed: true }, 0, 'disputed', 'disputed'],
  [{ shipped_at: PAID }, 0, 'shipped', 'shipped'],
  [{ refunding: true }, 0, 'given_back', 'given_back'],
  [{ status: 'refunded' }, 0, 'given_back', 'given_back'],
  [{ status: 'cancelled', refunding: true }, 0, 'cancelled', 'cancelled'],
])('%j after %d hours: the shopper %s, staff %s', (changes, hours, shopper, staff) => {
  const given = { ...order, ...changes };
  expect(whyNotCancelled(given, 'shopper', hoursLater(hours))).toBe(shopper);
  expect(whyNotCancelled(given, 'staff', hoursLater(hours))).toBe(staff);
});

test.each<[Partial<CancelFacts>, string | undefined]>([
  [{ disputed: true, used: true, cancel_hours: 0 }, undefined],
  [{ shipped_at: PAID }, 'shipped'],
  [{ refunding: true }, 'given_back'],
  [{ status: 'cancelled' }, 'cancelled'],
])('an order that is %j is swapped: %s', (changes, why) => {
  expect(whyNotSwapped({ ...order, ...changes })).toBe(why);
});

test.each([
  ['needs_response', 'open'],
  ['under_review', 'open'],
  ['appeal_under_review', 'open'],
  ['something_new', 'open'],
  ['warning_under_review', 'inquiry'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['prevented', 'over'],
  ['warning_closed', 'over'],
])('a dispute that is %s is %s', (status, phase) => {
  expect(phaseOf(status)).toBe(phase);
  expect(isOpenDispute(status)).toBe(phase === 'open' || phase === 'inquiry');
});

test('webhooks are tried for three days, later and later', () => {
  const delays: number[] = [];
  for (let n = 1; delayAfter(n) !== undefined; n++) delays.push(delayAfter(n) as number);
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays.reduce((sum, delay) => sum + delay, 0) / 3600).toBeCloseTo(72, 0);
});

test.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [302, 'again'],
  [404, 'again'],
  [429, 'again'],
  [500, 'again'],
  [410, 'never'],
])('an answer of %d means %s', (status, meaning) => {
  expect(readAnswer(status)).toBe(meaning);
});
