import { expect, test } from '@jest/globals';
import { shop } from './x-stand-in.ts';

const FIELDS =
  'author_id,conversation_id,created_at,display_text_range,edit_controls,entities,in_reply_to_user_id,lang,note_tweet,referenced_tweets,reply_settings';
type Shop = Awaited<ReturnType<typeof shop>>;
const look = async (x: Shop, id: string) =>
  (await x.api('GET', `/2/tweets/${id}?tweet.fields=${FIELDS}`)).body.data;

test('a reply begins with the mentions that X writes', async () => {
  await using x = await shop();
  await x.user('brand');
  const product = await x.post('acme', 'The mug by @brand, not by @nobody.');
  const reply = await x.post('sam', '#AddToCart', { reply_to: product });
  expect(await look(x, reply)).toMatchObject({
    text: '@acme @brand #AddToCart',
    conversation_id: product,
    in_reply_to_user_id: '1111',
    referenced_tweets: [{ type: 'replied_to', id: product }],
    display_text_range: [13, 23],
    lang: 'und',
    reply_settings: 'everyone',
  });
  const typed = await x.post('sam', '@ACME #AddToCart', { reply_to: product });
  expect((await look(x, typed)).text).toBe('@ACME #AddToCart');
  const answer = await x.post('acme', 'Thanks!', { reply_to: reply });
  expect(await look(x, answer)).toMatchObject({ text: '@sam @brand Thanks!', conversation_id: product });
  const thread = await x.post('acme', 'It is blue.', { reply_to: x.product });
  expect((await look(x, thread)).text).toBe('It is blue.');
});

test('a quote ends with an address, and may also be a reply', async () => {
  await using x = await shop();
  const reply = await x.post('sam', 'this one', { quote_of: x.product, reply_to: x.product });
  const post = await look(x, reply);
  expect(post.text).toMatch(/^@acme this one https:\/\/t\.co\/\w{10}$/);
  expect(post.referenced_tweets).toEqual([
    { type: 'quoted', id: x.product },
    { type: 'replied_to', id: x.product },
  ]);
});

test('entities count code points of the text as it is sent', async () => {
  await using x = await shop();
  const id = await x.post('sam', '🛒 <3 & #カート @acme $ACME https://shop.example/mug?a=1&b=2.');
  const { text, entities } = await look(x, id);
  expect(text).toBe('🛒 &lt;3 &amp; #カート @acme $ACME https://shop.example/mug?a=1&amp;b=2.');
  const part = ({ start, end }: { start: number; end: number }) => [...text].slice(start, end).join('');
  expect(part(entities.hashtags[0])).toBe('#カート');
  expect(part(entities.mentions[0])).toBe('@acme');
  expect(part(entities.cashtags[0])).toBe('$ACME');
  expect(part(entities.urls[0])).toBe('https://shop.example/mug?a=1&amp;b=2');
  expect(entities.urls[0].expanded_url).toBe('https://shop.example/mug?a=1&b=2');
});

test.each([
  ['#foo#bar #baz', ['baz']],
  ['#Ajouter-au-panier', ['Ajouter']],
  ['#WarenkorbLegen😀', ['WarenkorbLegen']],
  ['✌️#tag', ['tag']],
  ['#123 &#39 #_ #1a', ['1a']],
  ['twitter.com/#a http://x.example/#b (#c)', ['c']],
  ['#http://a.example', []],
])('the hashtags of %s', async (text, tags) => {
  await using x = await shop();
  const { entities } = await look(x, await x.post('sam', text));
  expect((entities?.hashtags ?? []).map(({ tag }: { tag: string }) => tag)).toEqual(tags);
});

test('a long post is cut, and whole in its note', async () => {
  await using x = await shop();
  const text = `${'word '.repeat(60)}#AddToCart &`;
  const post = await look(x, await x.post('sam', text));
  expect(post.text).toMatch(/^(?:word )+wo?r?d?… https:\/\/t\.co\/\w+$/);
  expect(post.entities.hashtags).toBeUndefined();
  expect(post.entities.urls).toHaveLength(1);
  expect(post.note_tweet.text).toBe(text.replace('&', '&amp;'));
  expect(post.note_tweet.entities.hashtags).toEqual([{ start: 300, end: 310, tag: 'AddToCart' }]);
  const short = await look(x, await x.post('sam', `${'あ'.repeat(140)}`));
  expect(short.note_tweet).toBeUndefined();
  const weighty = await look(x, await x.post('sam', `${'あ'.repeat(141)}`));
  expect(weighty.note_tweet.text).toHaveLength(141);
});

test('an edit is a post of its own, and every version knows all others', async () => {
  await using x = await shop();
  const { id } = await x.control('POST', `/posts/${x.product}/edit`, { text: 'New mug, blue.' });
  expect(await look(x, x.product)).toMatchObject({
    text: 'New mug. Reply to get it.',
    edit_history_tweet_ids: [x.product, id],
  });
  expect(await look(x, id)).toMatchObject({
    text: 'New mug, blue.',
    conversation_id: x.product,
    edit_history_tweet_ids: [x.product, id],
    edit_controls: { edits_remaining: 4, is_edit_eligible: true },
  });
  const reply = await x.post('sam', 'mine', { reply_to: id });
  expect((await look(x, reply)).conversation_id).toBe(x.product);
});

test('nobody edits replies to others, retweets, after half an hour, or a sixth time', async () => {
  await using x = await shop();
  const edit = (id: string) => x.control('POST', `/posts/${id}/edit`, { text: `again ${Math.random()}` });
  const reply = await x.post('sam', 'mine', { reply_to: x.product });
  await expect(edit(reply)).rejects.toThrow('reply to somebody else');
  const { id: retweet } = await x.control('POST', '/posts', { author: 'sam', retweet_of: x.product });
  await expect(edit(retweet)).rejects.toThrow('retweet');
  for (let n = 0; n < 5; n += 1) await edit(x.product);
  await expect(edit(x.product)).rejects.toThrow('5 times');
  const late = await x.post('acme', 'cup');
  x.clock.advance(30 * 60_000);
  await expect(edit(late)).rejects.toThrow('could be edited until');
});

test('deleting a version deletes the post, its versions and retweets', async () => {
  await using x = await shop();
  const { id } = await x.control('POST', `/posts/${x.product}/edit`, { text: 'blue' });
  const reply = await x.post('sam', 'mine', { reply_to: id });
  const { id: retweet } = await x.control('POST', '/posts', { author: 'sam', retweet_of: x.product });
  await x.control('DELETE', `/posts/${x.product}`);
  const { body } = await x.api('GET', `/2/tweets?ids=${[x.product, id, retweet, reply]}`);
  expect(body.data.map((post: { id: string }) => post.id)).toEqual([reply]);
  await expect(x.post('sam', 'mine too', { reply_to: id })).rejects.toThrow('400');
  await expect(x.control('DELETE', `/posts/${id}`)).rejects.toThrow('400');
});

test('ids hold the time, and may be given', async () => {
  await using x = await shop();
  const id = '2092000000000000000';
  await x.post('sam', 'given', { id });
  expect((await look(x, id)).created_at).toBe(
    new Date(Number((BigInt(id) >> 22n) + 1_288_834_974_657n)).toISOString(),
  );
  const created_at = '2026-01-02T03:04:05.678Z';
  const [first, second] = [
    await x.post('sam', 'old', { created_at }),
    await x.post('sam', 'older', { created_at }),
  ];
  expect(first).not.toBe(second);
  expect((await look(x, first)).created_at).toBe(created_at);
  expect(Number((BigInt(first) >> 22n) + 1_288_834_974_657n)).toBe(Date.parse(created_at));
  await expect(x.post('sam', 'again', { id })).rejects.toThrow('409');
});

test('the timeline shows everything, the newest first', async () => {
  await using x = await shop();
  const reply = await x.post('sam', 'mine & only', { reply_to: x.product });
  await x.control('DELETE', `/posts/${reply}`);
  expect(await x.control('GET', '/timeline')).toEqual([
    {
      id: reply,
      text: '@acme mine & only',
      created_at: expect.any(String),
      deleted: true,
      current: true,
      author: { id: '2222', username: 'sam', name: 'SAM' },
      reply_to: { id: x.product, author: 'acme', text: 'New mug. Reply to get it.', deleted: false },
      quote_of: null,
      retweet_of: null,
      conversation_id: x.product,
      edit_history: [reply],
    },
    expect.objectContaining({ id: x.product, reply_to: null, deleted: false }),
  ]);
});
