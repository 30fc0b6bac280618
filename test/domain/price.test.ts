import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  boughtHoursAgo,
  type LinePricing,
  type PriceTerms,
  type Pricing,
  priceAnew,
  priceOf,
} from '../../src/domain/price.ts';
import { priceMoves } from '../../src/domain/since-mail.ts';
import { aCartLine } from '../harness/cart-lines.ts';

const HOUR = 3_600_000;
const REPLY = new Date('2026-11-01T10:00:00Z');
const after = (hours: number): Date => new Date(REPLY.getTime() + hours * HOUR);
const line = (given: Partial<LinePricing>): LinePricing => ({
  price_policy: 'current',
  promised_hours: null,
  price_then: 1800,
  price_today: 1800,
  priced_at: REPLY,
  offer_over: false,
  ...given,
});
const promised = { price_policy: 'promised', promised_hours: 48 } as const;
const lower = { price_policy: 'lower_of', promised_hours: 48 } as const;
const always = { price_policy: 'lower_of', promised_hours: null } as const;

test.each<[string, Partial<LinePricing>, number, ReturnType<typeof priceOf>]>([
  ['nothing has changed', {}, 1, { price: 1800, price_why: 'same', promise: null }],
  ['dearer', { price_today: 2000 }, 1, { price: 2000, price_why: 'changed', promise: null }],
  ['cheaper', { price_today: 1500 }, 1, { price: 1500, price_why: 'changed', promise: null }],
  [
    'dearer, promised',
    { ...promised, price_today: 2000 },
    47,
    { price: 1800, price_why: 'same', promise: { kind: 'promised', until: after(48) } },
  ],
  [
    'cheaper, promised: a promise is a promise',
    { ...promised, price_today: 1500 },
    47,
    { price: 1800, price_why: 'same', promise: { kind: 'promised', until: after(48) } },
  ],
  [
    'dearer, in the moment in which the promise ends',
    { ...promised, price_today: 2000 },
    48,
    { price: 2000, price_why: 'promise_over', promise: null },
  ],
  [
    'cheaper, after the promise',
    { ...promised, price_today: 1500 },
    48,
    { price: 1500, price_why: 'changed', promise: null },
  ],
  [
    'dearer, the lower of the two',
    { ...lower, price_today: 2000 },
    47,
    { price: 1800, price_why: 'same', promise: { kind: 'lower_of', until: after(48) } },
  ],
  [
    'cheaper, the lower of the two',
    { ...lower, price_today: 1500 },
    47,
    { price: 1500, price_why: 'lower', promise: { kind: 'lower_of', until: after(48) } },
  ],
  [
    'dearer, the lower of the two, too late',
    { ...lower, price_today: 2000 },
    49,
    { price: 2000, price_why: 'promise_over', promise: null },
  ],
  [
    'dearer, the lower of the two for as long as it waits',
    { ...always, price_today: 2000 },
    10_000,
    { price: 1800, price_why: 'same', promise: { kind: 'lower_of', until: null } },
  ],
  [
    'the offer has ended',
    { price_then: 1400, offer_over: true },
    1,
    { price: 1800, price_why: 'offer_over', promise: null },
  ],
  [
    'the offer has ended, and its price was promised',
    { ...promised, price_then: 1400, offer_over: true },
    1,
    { price: 1400, price_why: 'same', promise: { kind: 'promised', until: after(48) } },
  ],
  [
    'the offer and the promise have ended',
    { ...promised, price_then: 1400, offer_over: true },
    50,
    { price: 1800, price_why: 'offer_over', promise: null },
  ],
])('what a line costs: %s', (_name, given, hours, expected) => {
  expect(priceOf(line(given), after(hours))).toEqual(expected);
});

const anyTerms = fc.constantFrom<PriceTerms>(
  { price_policy: 'current', promised_hours: null },
  promised,
  lower,
  always,
);
const anyPrice = fc.integer({ min: 50, max: 5000 });
const anyLine = fc
  .record({ terms: anyTerms, was: anyPrice, today: anyPrice, over: fc.boolean() })
  .map(({ terms, was, today, over }) =>
    line({ ...terms, price_then: was, price_today: today, offer_over: over }),
  );

test('a line costs what it did or what it does today, says so, and never more than promised', () => {
  fc.assert(
    fc.property(anyLine, fc.nat(100), (given, hours) => {
      const { price, price_why, promise } = priceOf(given, after(hours));
      expect([given.price_then, given.price_today]).toContain(price);
      expect(price_why === 'same').toBe(price === given.price_then);
      if (given.price_policy === 'current') expect(price).toBe(given.price_today);
      if (promise) expect(price).toBeLessThanOrEqual(given.price_then);
      if (promise?.kind === 'lower_of') expect(price).toBe(Math.min(given.price_then, given.price_today));
    }),
  );
});

const before = (given: Partial<Pricing> = {}): Pricing => ({
  price: 1800,
  offer_post_id: null,
  priced_at: REPLY,
  ...given,
});
const asked = (price: number, offer_post_id: string | null = null) => ({ price, offer_post_id });

test.each<[string, Pricing | undefined, ReturnType<typeof asked>, PriceTerms, number, Pricing]>([
  ['a new line', undefined, asked(2000), promised, 1, before({ price: 2000, priced_at: null })],
  ['a promise of less stays, and its end', before(), asked(2000), promised, 1, before()],
  ['a promise that is over', before(), asked(2000), promised, 48, before({ price: 2000, priced_at: null })],
  [
    'what is cheaper now is promised anew',
    before(),
    asked(1500),
    promised,
    1,
    before({ price: 1500, priced_at: null }),
  ],
  [
    'nothing is promised',
    before(),
    asked(2000),
    { price_policy: 'current', promised_hours: null },
    1,
    before({ price: 2000, priced_at: null }),
  ],
  [
    'a reply to another post brings its price',
    before({ price: 1400, offer_post_id: '7' }),
    asked(1800),
    promised,
    1,
    before({ priced_at: null }),
  ],
  [
    'set a moment ago in the same batch',
    before({ priced_at: null }),
    asked(2000),
    always,
    1,
    before({ priced_at: null }),
  ],
])('how a line is priced that is set again: %s', (_name, was, now, terms, hours, expected) => {
  expect(priceAnew(was, now, terms, after(hours))).toEqual(expected);
});

test('setting a line again never makes it dearer than it was, unless the merchant or the post does', () => {
  fc.assert(
    fc.property(anyTerms, anyPrice, anyPrice, fc.nat(100), (terms, then, today, hours) => {
      const next = priceAnew(before({ price: then }), asked(today), terms, after(hours));
      const costs = (pricing: Pricing): number =>
        priceOf(
          line({
            ...terms,
            price_then: pricing.price,
            priced_at: pricing.priced_at ?? after(hours),
            price_today: today,
          }),
          after(hours),
        ).price;
      expect(costs(next)).toBeLessThanOrEqual(costs(before({ price: then })));
    }),
  );
});

test.each([
  [null, 5, undefined],
  [0, 0, 0],
  [0, 0.9, 0],
  [0, 3.5, 3],
  [0, 23.99, 23],
  [0, 24, undefined],
])('bought at %p, seen after %p hours: %p', (bought, hours, expected) => {
  expect(boughtHoursAgo(bought === null ? null : REPLY, after(hours))).toBe(expected);
});

test('was, is, why: compared with the mail, or else with the reply', () => {
  const mug = aCartLine({ price: 2000, price_then: 1800, price_why: 'changed' });
  const cap = aCartLine({ sku: 'CAP', title: 'Cap', price: 900, price_then: 900 });
  const mailed = { sku: 'MUG', title: 'Mug', kind: 'physical' as const, quantity: 1 };
  expect(priceMoves([], [mug, cap])).toEqual([{ title: 'Mug', was: 1800, now: 2000, why: 'changed' }]);
  expect(priceMoves([{ ...mailed, price: 2000 }], [mug, cap])).toEqual([]);
  expect(priceMoves([{ ...mailed, sku: 'CAP', price: 1000 }], [cap])).toEqual([
    { title: 'Cap', was: 1000, now: 900, why: 'anew' },
  ]);
});
