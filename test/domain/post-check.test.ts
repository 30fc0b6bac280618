import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkPost, isFault } from '../../src/domain/post-check.ts';
import { amountsIn } from '../../src/domain/text-prices.ts';

test.each([
  ['The mug, $18, and the bowl for 32.50$', 'USD', [1800, 3250]],
  ['was $24.00, now $18.00!', 'USD', [2400, 1800]],
  ['USD 1,800.50 or 1.800,50 usd', 'USD', [180_050, 180_050]],
  ['Die Tasse: 18,00 € (statt 24 €)', 'EUR', [1800, 2400]],
  ['£28. Twelve inches of night', 'GBP', [2800]],
  ['ハウスブレンド 200g ¥1,800。', 'JPY', [1800]],
  ['￥１，８００ / 1800円', 'JPY', [1800, 1800]],
  ['CHF 1’250.-', 'CHF', [125_000]],
  ['20% off, 350 ml, 24 pieces', 'USD', []],
  ['€18', 'USD', []],
  [`$${'9'.repeat(40)}`, 'USD', []],
])('amounts in %j', (text, currency, expected) => {
  expect(amountsIn(text, currency)).toEqual(expected);
});

test('a hostile text takes no time', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('$', '1', '1,', ' ', '.', 'USD'), { maxLength: 2_000 }), (parts) => {
      amountsIn(parts.join(''), 'USD');
    }),
    { numRuns: 20 },
  );
  amountsIn('1,'.repeat(12_500), 'USD');
  amountsIn('$'.repeat(25_000), 'USD');
});

const offered = {
  post_id: '1',
  merchant_id: 'shop',
  x_user_id: '7',
  hashtags: { add: ['#AddToCart'], remove: ['#RemoveFromCart'] },
  currency: 'USD',
  prices: [1800, 2400],
};
const post = (more: object) => ({
  id: '1',
  author_id: '7',
  text: 'Reply!',
  tags: ['addtocart'],
  retweet: false,
  edit_history: ['1'],
  ...more,
});

test.each([
  ['nothing', post({}), undefined, []],
  ['one of two prices', post({ text: 'from $18' }), undefined, []],
  ['another price', post({ text: 'from $19' }), undefined, ['price']],
  ['no tag', post({ tags: [] }), undefined, ['no_tag']],
  ['only the tag that removes', post({ tags: ['RemoveFromCart'] }), undefined, ['no_tag']],
  ['another text', post({}), 'Answer!', ['changed']],
  ['somebody else’s', post({ author_id: '8' }), undefined, ['foreign']],
  ['gone', undefined, 'Reply!', ['missing']],
])('found: %s', (_what, seen, before, findings) => {
  expect(checkPost(offered, seen, before)).toEqual(findings);
});

test.each([
  ['missing', ['missing'], true],
  ['foreign', ['foreign'], true],
  ['changed', ['changed'], false],
  ['no_tag', ['no_tag'], false],
  ['no_tag', ['changed', 'no_tag'], true],
  ['price', ['price'], false],
] as const)('%s of %j is a fault: %s', (finding, all, expected) => {
  expect(isFault(finding, all)).toBe(expected);
});
