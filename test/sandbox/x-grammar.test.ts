import { expect, test } from '@jest/globals';
import { shop, standIn } from './x-stand-in.ts';
import { connect } from './x-stream-client.ts';

/** A rule, a post, and whether X would deliver the post for the rule. */
const TABLE: Array<[rule: string, text: string, delivered: boolean]> = [
  ['mug', 'a Mug!', true],
  ['mug', 'mugs', false],
  ['blue mug', 'mug, blue', true],
  ['blue mug', 'mug', false],
  ['"blue mug"', 'a blue-mug', true],
  ['"blue mug"', 'mug blue', false],
  ['blue-mug', 'the blue mug', true],
  ['🛒', 'buy🛒now', true],
  // AND binds tighter than OR.
  ['apple OR iphone ipad', 'apple', true],
  ['apple OR iphone ipad', 'iphone', false],
  ['apple OR iphone ipad', 'iphone ipad', true],
  ['ipad iphone OR android', 'android', true],
  ['(apple OR iphone) ipad', 'apple', false],
  ['(apple OR iphone) ipad', 'apple ipad', true],
  ['((apple) OR (iphone (ipad OR mac)))', 'iphone mac', true],
  ['apple -ipad', 'apple', true],
  ['apple -ipad', 'apple ipad', false],
  ['apple -"i pad"', 'apple i pad', false],
  ['apple (ipad OR -mac)', 'apple', true],
  ['apple (ipad OR -mac)', 'apple mac', false],
  // Hashtags are whole, and need not be written in the same case.
  ['#AddToCart', 'x #addtocart y', true],
  ['#AddToCart', '＃AddToCart', true],
  ['#AddToCart', '#AddToCartNow', false],
  ['#AddToCart', 'AddToCart', false],
  ['#AddToCart', 'foo#AddToCart', false],
  ['#AddToCart', 'https://shop.example/#AddToCart', false],
  ['#AddToCart', '#ＡｄｄＴｏＣａｒｔ', false],
  ['#ＡｄｄＴｏＣａｒｔ', '#ａｄｄｔｏｃａｒｔ', true],
  ['#café', '#CAFÉ', true],
  ['#café', '#cafe', false],
  ['#cafe', '#café', false],
  ['#カートに追加', '#カートに追加 して', true],
  ['#カートに追加', '#カートに追加してください', false],
  ['AddToCart', '#AddToCart', true],
  ['café', 'cafe', false],
  ['@acme', 'hello @Acme', true],
  ['@acme', 'hello acme', false],
  ['@nobody', 'hello @nobody', false],
  ['$ACME', 'sell $acme', true],
  ['$ACME', '$19 $acmes', false],
  ['from:sam', 'anything', true],
  ['from:2222', 'anything', true],
  ['from:@SAM', 'anything', true],
  ['from:acme', 'anything', false],
  ['url:shop.example', 'see https://shop.example/mug', true],
  ['url:"https://shop.example/mug"', 'see https://shop.example/mug?a=1', true],
  ['url:other', 'see https://shop.example/mug', false],
  ['mug has:links', 'mug https://shop.example', true],
  ['mug has:links', 'mug', false],
  ['mug has:hashtags -has:mentions', 'mug #a', true],
  ['mug has:hashtags -has:mentions', '@acme mug #a', false],
  ['mug has:images', 'mug', false],
  ['mug lang:en', 'mug of tea', true],
  ['mug lang:ja', 'mug of tea', false],
  ['#AddToCart lang:und', '@acme #AddToCart', true],
  ['mug -is:nullcast', 'mug', true],
  ['mug is:verified', 'mug', false],
  ['mug sample:100', 'mug', true],
  ['mug is:reply', 'mug', false],
  ['mug -is:reply', 'mug', true],
];

test('delivers what rules ask for', async () => {
  await using x = await shop();
  const rules = [...new Set(TABLE.map(([rule]) => rule))];
  const add = rules.map((value) => ({ value, tag: value }));
  const added = await x.api('POST', '/2/tweets/search/stream/rules', { body: { add } });
  expect(added.body.errors).toBeUndefined();
  using stream = await connect(x);
  const texts = [...new Set(TABLE.map(([, text]) => text))];
  for (const text of texts) await x.post('sam', text);
  // Everything that sam writes matches `from:sam`.
  const matched = (await stream.until(texts.length)).map(({ matching_rules }) =>
    matching_rules.map(({ tag }: { tag: string }) => tag),
  );
  const wrong = TABLE.filter(
    ([rule, text, delivered]) => matched[texts.indexOf(text)].includes(rule) !== delivered,
  );
  expect(wrong).toEqual([]);
});

test('delivers what rules ask for of replies and conversations', async () => {
  await using x = await shop();
  const reply = await x.post('sam', '#AddToCart', { reply_to: x.product });
  const rules = [
    'to:acme',
    'to:1111',
    'to:sam',
    `conversation_id:${x.product}`,
    `in_reply_to_tweet_id:${reply}`,
    `in_reply_to_status_id:${x.product}`,
    'thanks is:reply',
    'retweets_of:acme',
    `retweets_of_tweet_id:${x.product}`,
    `quotes_of_tweet_id:${x.product}`,
    'look is:quote',
    'mug is:retweet',
  ];
  for (const rule of rules) await x.rule(rule, rule);
  using stream = await connect(x);
  await x.post('acme', 'thanks', { reply_to: reply });
  await x.control('POST', '/posts', { author: 'sam', retweet_of: x.product });
  await x.post('sam', 'look', { quote_of: x.product });
  const matched = (await stream.until(3)).map(({ matching_rules }) =>
    matching_rules.map(({ tag }: { tag: string }) => tag),
  );
  expect(matched).toEqual([
    ['to:sam', `conversation_id:${x.product}`, `in_reply_to_tweet_id:${reply}`, 'thanks is:reply'],
    ['retweets_of:acme', `retweets_of_tweet_id:${x.product}`, 'mug is:retweet'],
    [`quotes_of_tweet_id:${x.product}`, 'look is:quote'],
  ]);
});

const POSITIVE = 'at least one positive';
const STANDALONE = 'can not be used without a standalone operator';
const SYNTAX = 'no viable alternative';

test.each<[rule: string, reason: string]>([
  ['', POSITIVE],
  ['  ', POSITIVE],
  ['-mug', POSITIVE],
  ['-mug -cup', POSITIVE],
  ['-is:retweet', POSITIVE],
  ['mug OR -cup', 'alone on one side of an OR'],
  ['is:reply', `${STANDALONE}: [is:reply]`],
  ['has:links OR is:retweet', `${STANDALONE}: [has:links, is:retweet]`],
  ['#a OR is:reply', `${STANDALONE}: [is:reply]`],
  ['lang:en', STANDALONE],
  ['sample:10', STANDALONE],
  ['-(mug OR cup) tea', 'Negating a group'],
  ['mug -(cup)', 'Negating a group'],
  ['(mug', "missing ')'"],
  ['mug)', SYNTAX],
  ['()', SYNTAX],
  ['mug OR', SYNTAX],
  ['OR mug', SYNTAX],
  ['mug OR OR cup', SYNTAX],
  ['mug - cup', SYNTAX],
  ['mug --cup', SYNTAX],
  ['mug -', SYNTAX],
  ['"mug', SYNTAX],
  ['mug"cup"', SYNTAX],
  ['"mug"cup', SYNTAX],
  ['"mug cup"~2', SYNTAX],
  ['...', SYNTAX],
  ['mug or cup', 'Ambiguous use of or'],
  ['mug AND cup', 'Ambiguous use of and'],
  ['mood:happy', "invalid operator 'mood'"],
  ['bio:maker', "invalid operator 'bio'"],
  ['embedding:"mugs"', "invalid operator 'embedding'"],
  ['constructor:x', "invalid operator 'constructor'"],
  ['mug is:happy', "invalid operator 'is:happy'"],
  ['mug has:nothing', "invalid operator 'has:nothing'"],
  ['mug lang:xx', 'is not a language'],
  ['mug sample:0', 'from 1 to 100'],
  ['mug -sample:10', 'can not be negated'],
  ['mug is:nullcast', 'must be negated'],
  ['#1', 'is not a valid hashtag'],
  ['#a-b', 'is not a valid hashtag'],
  ['#', 'is not a valid hashtag'],
  ['@a-b', 'is not a username'],
  ['from:', 'is not a username'],
  ['to:a,b', 'is not a username'],
  ['conversation_id:abc', 'is not an id'],
  ['in_reply_to_tweet_id:', 'is not an id'],
  ['url:', 'needs a value'],
  ['m'.repeat(1_025), 'exceeds the maximum length of 1024'],
])('refuses the rule %s', async (value, reason) => {
  await using x = await standIn();
  const { body } = await x.api('POST', '/2/tweets/search/stream/rules', { body: { add: [{ value }] } });
  expect(body.meta.summary).toEqual({ created: 0, not_created: 1, valid: 0, invalid: 1 });
  expect(body.errors[0]).toMatchObject({ value, title: 'UnprocessableEntity' });
  expect(body.errors[0].details[0]).toContain(reason);
});

test('takes rules of 1,024 characters, whatever their bytes', async () => {
  await using x = await standIn();
  await x.rule(`#${'カ'.repeat(1_023)}`);
});
