import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planCatalogRules, ruleReport } from '../../src/domain/catalog-rules.ts';
import { MOST_RULES, packParts, RULE_LENGTH, wantedParts } from '../../src/domain/filter-rules.ts';
import { foldTag } from '../../src/domain/hashtags.ts';
import { type PresentRule, planRules, type Step } from '../../src/domain/plan-rules.ts';
import { spellingsOf } from '../../src/domain/tag-spellings.ts';
import { aCatalog, anyCatalog, delivers, type Offer, replyIn } from '../harness/stream-rules.ts';

/** X's rules after some steps. */
function after(rules: PresentRule[], steps: Step[]): PresentRule[] {
  const present = new Map(rules.map((rule) => [rule.id, rule]));
  for (const step of steps) {
    if ('add' in step) for (const value of step.add) present.set(value, { id: value, value, ours: true });
    else for (const id of step.delete) present.delete(id);
  }
  return [...present.values()];
}
const valuesOf = (rules: PresentRule[]): string[] => rules.map(({ value }) => value);

/** One reply for each tag of each merchant in each of their conversations. */
const repliesTo = (offers: Offer[]) =>
  offers.flatMap((offer) =>
    offer.tags.flatMap((tag) => offer.conversations.map((conversation) => replyIn({ conversation, tag }))),
  );

test('every reply with a tag of the merchant in a conversation of theirs, or said to them, is delivered; no rule is too long', () => {
  fc.assert(
    fc.property(anyCatalog, (offers) => {
      const catalog = aCatalog(offers);
      const rules = ruleReport(catalog).rules;
      for (const rule of rules) expect([...rule].length).toBeLessThanOrEqual(RULE_LENGTH);
      for (const reply of repliesTo(offers)) expect(delivers(rules, reply)).toBe(true);
      for (const { account, tags } of offers)
        for (const tag of tags) {
          for (const spelling of [...spellingsOf(tag), tag.toUpperCase()]) {
            if (foldTag(spelling) !== foldTag(tag) || spelling.includes('SS')) continue;
            expect(delivers(rules, replyIn({ to: account, tag: spelling }))).toBe(true);
          }
        }
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['no tag of ours', replyIn({ conversation: '11', tag: '#Else' })],
  ['elsewhere, to somebody else', replyIn({ conversation: '99', tag: '#Add' })],
  ['the tag of another merchant', replyIn({ conversation: '11', tag: '#Take' })],
  ['the bot', replyIn({ conversation: '11', tag: '#Add', author: '77' })],
  ['a retweet', replyIn({ conversation: '11', tag: '#Add', retweets: '5' })],
  ['no reply', replyIn({ conversation: '11', tag: '#Add', to: null })],
])('not delivered: %s', (_what, post) => {
  const offers = [
    { account: '1', tags: ['#Add'], conversations: ['11'] },
    { account: '2', tags: ['#Take'], conversations: ['12'] },
  ];
  expect(delivers(ruleReport(aCatalog(offers, { bot: '77' })).rules, post)).toBe(false);
});

test('an X account that several merchants share is named once, with the tags of all of them', () => {
  const offers = [
    { account: '1', tags: ['#Add'], conversations: ['11'] },
    { account: '1', tags: ['#Dazu'], conversations: ['12'] },
  ];
  const rules = ruleReport(aCatalog(offers)).rules;
  expect(rules.join(' ').match(/to:1\b/g)).toHaveLength(1);
  expect(delivers(rules, replyIn({ to: '1', tag: '#Dazu' }))).toBe(true);
  expect(delivers(rules, replyIn({ to: '1', tag: '#add' }))).toBe(true);
});

test('quotes are asked for only where a merchant accepts them', () => {
  const offers = [
    { account: '1', tags: ['#Add'], conversations: ['11'] },
    { account: '2', tags: ['#Add'], conversations: ['12'], accept_quotes: true },
  ];
  const quotes = ruleReport(aCatalog(offers)).rules.filter((rule) => rule.includes('is:quote'));
  expect(quotes).toHaveLength(1);
  expect(quotes[0]).toContain('url:"12"');
  expect(quotes[0]).not.toContain('11');
});

test.each([
  ['#AddToCart', ['addtocart', 'ａｄｄｔｏｃａｒｔ']],
  ['＃ＡｄｄＭｅ', ['ａｄｄｍｅ', 'addme']],
  ['#İstiyorum', ['İstiyorum', 'istiyorum', 'İstİyorum', 'ｉｓｔｉｙｏｒｕｍ']],
  ['#Alım', ['alım', 'alim', 'alİm', 'ａｌｉｍ']],
  ['#Straße', ['straße', 'strasse']],
  ['#ΚΑΛΑΘΙΟΣ', ['καλαθιοσ', 'καλαθιος']],
  ['#プレゼント', ['プレゼント', 'ﾌﾟﾚｾﾞﾝﾄ']],
  ['#افزودن\u200cبه', ['افزودن\u200cبه', 'افزودنبه']],
  ['#加入购物车', ['加入购物车']],
])('spellings of %s', (tag, expected) => {
  expect(spellingsOf(tag)).toEqual(expected);
});

test('rules follow a catalog that changes: never a gap, never too many, and all that is wanted in the end', () => {
  fc.assert(
    fc.property(fc.array(anyCatalog, { minLength: 2, maxLength: 5 }), (catalogs) => {
      let present: PresentRule[] = [{ id: 'x', value: 'cats has:images', ours: false }];
      let before: ReturnType<typeof repliesTo> = [];
      for (const offers of catalogs) {
        const wanted = repliesTo(offers);
        const { steps } = planCatalogRules(aCatalog(offers), present);
        const stay = before.filter((reply) => delivers(ruleReport(aCatalog(offers)).rules, reply));
        for (const step of steps) {
          present = after(present, [step]);
          for (const reply of stay) expect(delivers(valuesOf(present).slice(1), reply)).toBe(true);
        }
        expect(valuesOf(present)).toContain('cats has:images');
        for (const reply of wanted) expect(delivers(valuesOf(present).slice(1), reply)).toBe(true);
        expect(planCatalogRules(aCatalog(offers), present).steps).toEqual([]);
        before = wanted;
      }
    }),
    { numRuns: 10 },
  );
});

const ids = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => String(2_000_000_000_000_000_000n + BigInt(n)));

test('one product post more, or one less, touches one rule', () => {
  const offer = { account: '1', tags: ['#Add', '#Remove'], conversations: ids(500) };
  const present = after([], planCatalogRules(aCatalog([offer]), []).steps);
  expect(present.length).toBeGreaterThan(15);
  const changed = (conversations: string[]) =>
    planCatalogRules(aCatalog([{ ...offer, conversations }]), present).steps.map((step) =>
      'add' in step ? step.add.length : step.delete.length,
    );
  expect(changed([...offer.conversations, '3000000000000000000'])).toEqual([1, 1]);
  expect(changed(offer.conversations.filter((_, n) => n !== 250))).toEqual([1, 1]);
  expect(changed(offer.conversations)).toEqual([]);
});

test('with no room to add before deleting, little goes undelivered for a moment, and nothing in the end', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(3), fc.nat(1), (gone, free, others) => {
      const parts = (conversations: string[]) =>
        wantedParts(aCatalog([{ account: '1', tags: ['#Add'], conversations }]));
      const present: PresentRule[] = packParts(parts(ids(240))).map(({ head, targets }) => {
        const value = `${head} (${targets.join(' OR ')})`;
        return { id: value, value, ours: true };
      });
      for (let n = 0; n < others; n++) present.push({ id: `o${n}`, value: `o${n}`, ours: false });
      const most = present.length + free;
      const wanted = parts(ids(300).slice(gone, gone + 240));
      const { steps, left_out } = planRules(wanted, present, most);
      let [state, worst] = [present, 0];
      for (const step of steps) {
        state = after(state, [step]);
        expect(state.length).toBeLessThanOrEqual(most);
        const missed = ids(240)
          .slice(gone)
          .filter((id) => !valuesOf(state).some((value) => value.includes(id)));
        worst = Math.max(worst, missed.length);
      }
      expect(left_out).toEqual([]);
      for (const id of wanted.flatMap(({ targets }) => targets))
        expect(valuesOf(state).some((value) => value.includes(id))).toBe(true);
      // A rule holds some 25 conversations: at most one rule is away at a time.
      expect(worst).toBeLessThanOrEqual(free === 0 ? 26 : 0);
      expect(steps.length).toBeLessThanOrEqual(62);
    }),
    { numRuns: 40 },
  );
});

test('others’ rules in the project are left alone, and rules of ours that nobody can read go', () => {
  const { steps } = planCatalogRules(aCatalog([]), [
    { id: '1', value: 'cats', ours: false },
    { id: '2', value: 'dogs', ours: true },
  ]);
  expect(steps).toEqual([{ delete: ['2'] }]);
});

test('the report: rare spellings give way where there is no room for them, then the oldest posts', () => {
  const tags = ['#AddToCart', '#カートに入れる', '#QuitarDelCarrito'];
  const catalog = aCatalog([{ account: '1', tags, conversations: ids(400) }]);
  const all = ruleReport(catalog);
  expect(all).toMatchObject({ of: MOST_RULES, uncovered: [{ tag: '*', cost: null }] });
  expect(all.rules).toHaveLength(all.used);
  const less = ruleReport(catalog, all.used - 1);
  expect(less.used).toBeLessThan(all.used);
  expect(less.uncovered.map(({ tag }) => tag)).toEqual([
    '#ａｄｄｔｏｃａｒｔ',
    '#ｶｰﾄに入れる',
    '#quİtardelcarrİto',
    '#ｑｕｉｔａｒｄｅｌｃａｒｒｉｔｏ',
    '*',
  ]);
  expect(less.uncovered[0]?.cost).toBe(all.used - less.used);
  const least = ruleReport(catalog, 3);
  expect(least.used).toBe(3);
  expect(least.rules.join(' ')).toContain('to:1 ');
  const [first] = least.uncovered;
  expect(first?.why).toMatch(/^there are too many rules: no room for conversation_id:\d+/);
  expect(least.rules.join(' ')).toContain(ids(400).at(-1));
  expect(least.rules.join(' ')).not.toContain(ids(400)[0]);
});
