import { expect, test } from '@jest/globals';
import { type Reading, readReply } from '../../src/domain/read-reply.ts';
import { settle } from '../../src/domain/settle.ts';
import type { ShopperState } from '../../src/domain/shopper-state.ts';
import { readMessage } from '../../src/x/payload.ts';
import { aReply, POST } from '../harness/builders.ts';
import { aCatalog } from '../harness/catalogs.ts';

const catalog = aCatalog({
  products: [
    { sku: 'MUG', posts: [POST.mug] },
    {
      sku: 'TEE',
      posts: [POST.tee],
      options: [{ name: 'size', values: [{ value: 'M' }, { value: 'L' }] }],
    },
  ],
});

/** What became of a reply, in short: "add MUG", "ignored: negated". */
function brief(reading: Reading): string {
  if (reading.kind === 'order') return `${reading.action} ${reading.product.sku}`;
  return [reading.decision.outcome, reading.decision.reason].filter(Boolean).join(': ');
}

const LONGEST = 25_000;
const many = (text: string): string => text.repeat(LONGEST / text.length).slice(0, LONGEST - 12);

test.each([
  ['25,000 letters', many('x')],
  ['letters and digits by turns', many('a1')],
  ['questions without an end', many('how ')],
  ['questions and tags by turns', many('how #T ')],
  ['denials', many('no ')],
  ['one value after the other', many('M L ')],
  ['one line after the other', many('2 M, 3 L, ')],
  ['number signs', many('#')],
  ['hours', many('5点')],
  ['numbers of which one is meant', many('2 or ')],
  ['telephones', many('+1 (555) 123 ')],
  ['signs of times', many('1:')],
  ['addresses that never end', many('a.')],
  ['mail addresses that never end', many('a@')],
  ['combining marks', many('\u0301')],
  ['what grows in compatibility form', many('\ufdfa')],
  ['500 tags', '#AddToTable '.repeat(500)],
  ['NUL', '\0'.repeat(100)],
  ['halves of characters', '\ud800\udc00\udc00\ud800 '.repeat(100)],
  ['overrides of the direction', '\u202e\u2066'.repeat(100)],
])('a post may hold anything: %s', (_name, text) => {
  for (const to of [POST.mug, POST.tee]) {
    const { data } = aReply({ to, text: `${text} #AddToCart` });
    // With X's entities, and without: then the tags are looked for in the text.
    for (const entities of [data.entities, undefined])
      expect(brief(readReply(readMessage({ data: { ...data, entities } }), catalog))).toMatch(
        /^(add (MUG|TEE)|ignored: (negated|no_trigger)|helped)$/,
      );
  }
});

const markets = aCatalog(
  {
    id: 'shop-us',
    hashtags: { add: ['#AddToCart', '#CartUS'], remove: ['#RemoveUS'] },
    accept_quotes: true,
    products: [
      { sku: 'MUG-US', words: ['mug'], posts: [POST.mug, POST.mugAndTee] },
      { sku: 'TEE-US', words: ['tee'], posts: [POST.mugAndTee] },
    ],
  },
  {
    id: 'shop-eu',
    hashtags: { add: ['#InDenWarenkorb'], remove: ['#RemoveEU'] },
    products: [
      { sku: 'MUG-EU', words: ['mug', 'Tasse'], posts: [POST.mug, POST.mugAndTee] },
      { sku: 'LAMP-EU', posts: [POST.lamp] },
    ],
  },
  {
    id: 'rival',
    user_id: '3333333333333333333',
    hashtags: { add: ['#CartRival'], remove: [] },
    products: [{ sku: 'CUP', posts: [POST.rivalCup] }],
  },
);

test.each([
  ['#AddToCart', POST.mug, 'add MUG-US'],
  ['#InDenWarenkorb', POST.mug, 'add MUG-EU'],
  ['#RemoveEU', POST.mug, 'remove MUG-EU'],
  ['#AddToCart #CartUS', POST.mug, 'add MUG-US'],
  ['#AddToCart #InDenWarenkorb', POST.mug, 'asked: conflicting_tags'],
  ['#AddToCart #RemoveEU', POST.mug, 'asked: conflicting_tags'],
  ['#AddToCart #RemoveUS', POST.mug, 'asked: conflicting_tags'],
  ['#AddToCart #CartRival', POST.mug, 'add MUG-US'],
  ['#CartRival', POST.mug, 'ignored: no_trigger'],
  ['#AddToCart', POST.lamp, 'ignored: no_trigger'],
  ['#InDenWarenkorb', POST.lamp, 'add LAMP-EU'],
  ['#InDenWarenkorb', POST.mugAndTee, 'add MUG-EU'],
  ['#AddToCart', POST.mugAndTee, 'asked: which_product'],
  ['#AddToCart the tee', POST.mugAndTee, 'add TEE-US'],
  ['#InDenWarenkorb the tee', POST.mugAndTee, 'add MUG-EU'],
  ['#AddToCart #InDenWarenkorb the tee', POST.mugAndTee, 'asked: conflicting_tags'],
  ["don't #AddToCart or #InDenWarenkorb", POST.mug, 'ignored: negated'],
])('one account sells in several markets: %s below %s', (text, to, became) => {
  expect(brief(readReply(readMessage(aReply({ text, to })), markets))).toBe(became);
});

test('an account’s own post is its own in every market', () => {
  for (const text of ['#AddToCart', '#InDenWarenkorb', '#CartRival']) {
    const own = aReply({ text, to: POST.mug, author: '1111111111111111111' });
    expect(brief(readReply(readMessage(own), markets))).toBe('ignored: merchant_self');
  }
});

test('whether quotes are orders says the market whose tag is there', () => {
  const quote = (text: string) => readMessage(aReply({ text, to: null, quotes: POST.mug }));
  expect(brief(readReply(quote('#AddToCart'), markets))).toBe('add MUG-US');
  expect(brief(readReply(quote('#InDenWarenkorb'), markets))).toBe('ignored: quote');
});

const allTags = aCatalog({
  hashtags: {
    add: ['#AddToCart'],
    remove: ['#RemoveFromCart'],
    buy: ['#BuyNow'],
    donate: ['#Give'],
    stop: ['#LeaveMeAlone'],
  },
  products: [
    { sku: 'MUG', posts: [POST.mug, POST.mugAndTee] },
    { sku: 'TEE', posts: [POST.mugAndTee] },
  ],
});

test.each([
  ['#BuyNow x2', POST.mug, 'added', { tag: 'BuyNow', action: 'buy', lines: [{ sku: 'MUG', quantity: 2 }] }],
  ['#AddToCart #BuyNow', POST.mug, 'added', { tag: 'BuyNow', action: 'buy' }],
  ['#Give', POST.mug, 'added', { tag: 'Give', action: 'donate', lines: [{ sku: 'MUG', quantity: 1 }] }],
  ['#LeaveMeAlone', POST.mug, 'ignored: opted_out', { tag: 'LeaveMeAlone', action: 'stop' }],
  ['#LeaveMeAlone', POST.mugAndTee, 'ignored: opted_out', { tag: 'LeaveMeAlone', action: 'stop' }],
  ['#AddToCart unsubscribe', POST.mug, 'ignored: opted_out', { tag: 'AddToCart', action: 'stop' }],
  ['#AddToCart #LeaveMeAlone x2', POST.mug, 'ignored: opted_out', { action: 'stop' }],
])('tags that say more than to add: %s', (text, to, became, detail) => {
  const post = readMessage(aReply({ text, to }));
  const shopper: ShopperState = {
    linked: true,
    opted_out: false,
    lines: new Map(),
    claims: new Map(),
    ordered: new Map(),
  };
  const { decision, changes } = settle(post.id, readReply(post, allTags), shopper, () => undefined);
  expect([decision.outcome, decision.reason].filter(Boolean).join(': ')).toBe(became);
  expect(decision.detail).toMatchObject(detail);
  expect(changes).toHaveLength(became === 'added' ? 1 : 0);
});
