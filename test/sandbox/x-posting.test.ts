import { expect, test } from '@jest/globals';
import { signIn } from './x-sign-in.ts';
import { shop } from './x-stand-in.ts';
import { connect } from './x-stream-client.ts';

const WRITE = 'tweet.read tweet.write users.read';

async function merchant() {
  const x = await shop();
  const { access_token } = await signIn(x, '1111', WRITE);
  return { ...x, publish: (body: object) => x.api('POST', '/2/tweets', { body, token: access_token }) };
}

test('posts for a user, who stands in the stream at once', async () => {
  await using x = await merchant();
  await x.rule('cup');
  using stream = await connect(x);
  const { status, headers, body } = await x.publish({ text: 'A cup & saucer' });
  expect(status).toBe(201);
  expect(body).toEqual({
    data: { id: expect.any(String), text: 'A cup &amp; saucer', edit_history_tweet_ids: [body.data.id] },
  });
  expect(headers.get('x-rate-limit-limit')).toBe('100');
  expect(headers.get('x-app-limit-24hour-remaining')).toBe('9999');
  expect(headers.get('x-user-limit-24hour-limit')).toBe('10000');
  expect((await stream.until(1))[0].data.id).toBe(body.data.id);
});

test('replies to who called the account by name or quote, and to nobody else', async () => {
  await using x = await merchant();
  const reply = (id: string, text: string) => x.publish({ text, reply: { in_reply_to_tweet_id: id } });
  const asked = await x.post('sam', '#AddToCart', { reply_to: x.product });
  const answer = await reply(asked, 'It is in your cart.');
  expect([answer.status, answer.body.data?.text]).toEqual([201, '@sam It is in your cart.']);
  const quoted = await x.post('sam', 'look', { quote_of: x.product });
  expect((await reply(quoted, 'Nice.')).status).toBe(201);
  expect((await reply(x.product, 'There are three left.')).status).toBe(201);
  const cold = await reply(await x.post('sam', 'good morning'), 'Buy a mug!');
  expect(cold.status).toBe(403);
  expect(cold.body).toEqual({
    title: 'Forbidden',
    type: 'about:blank',
    status: 403,
    detail:
      'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
  });
});

test('does not reply to a retweet', async () => {
  await using x = await merchant();
  const { id } = await x.control('POST', '/posts', { author: 'sam', retweet_of: x.product });
  const { status, body } = await x.publish({ text: 'hi', reply: { in_reply_to_tweet_id: id } });
  expect([status, body.title]).toEqual([403, 'Forbidden']);
});

test('respects who may reply', async () => {
  await using x = await merchant();
  const open = await x.post('sam', 'hello', { quote_of: x.product, reply_settings: 'mentionedUsers' });
  expect((await x.publish({ text: 'hi', reply: { in_reply_to_tweet_id: open } })).status).toBe(403);
  const named = await x.post('sam', 'hello @acme', { reply_settings: 'mentionedUsers' });
  expect((await x.publish({ text: 'hi', reply: { in_reply_to_tweet_id: named } })).status).toBe(201);
});

test('leaves out of the mentions who is to be left out', async () => {
  await using x = await merchant();
  const brand = await x.user('brand');
  const asked = await x.post('sam', '@acme @brand hello');
  const { body } = await x.publish({
    text: 'hi',
    reply: {
      in_reply_to_tweet_id: asked,
      exclude_reply_user_ids: [brand],
      auto_populate_reply_metadata: true,
    },
  });
  expect(body.data.text).toBe('@sam hi');
});

test('refuses what X refuses', async () => {
  await using x = await merchant();
  const detailOf = async (body: object) => {
    const { status, body: answer } = await x.publish(body);
    return [status, answer.errors?.[0].message ?? answer.detail];
  };
  await x.publish({ text: 'twice' });
  expect(await detailOf({ text: 'twice' })).toEqual([
    403,
    'You are not allowed to create a Tweet with duplicate content.',
  ]);
  x.clock.advance(86_400_000);
  const { access_token } = await signIn(x, '1111', WRITE);
  expect((await x.api('POST', '/2/tweets', { body: { text: 'twice' }, token: access_token })).status).toBe(
    201,
  );
});

test.each<[object, number, string]>([
  [{ text: ' ' }, 400, 'empty'],
  [{ text: 'a'.repeat(281) }, 400, 'too long'],
  [{ text: 'あ'.repeat(141) }, 400, 'too long'],
  [{ text: `${'🛒'.repeat(128)} https://shop.example/a/very/long/path` }, 201, ''],
  [{ text: `${'🛒'.repeat(129)} https://shop.example/a` }, 400, 'too long'],
  [{ text: '$ACME and $BRAND' }, 403, 'one cashtag'],
  [{ text: '$ACME for $19' }, 201, ''],
  [{ text: 'x', mood: 'happy' }, 400, 'mood'],
  [{ text: 'x', reply: {} }, 400, 'in_reply_to_tweet_id'],
  [{ text: 'x', reply_settings: 'nobody' }, 400, 'reply_settings'],
  [{ text: 'x', reply: { in_reply_to_tweet_id: '42' } }, 403, 'deleted or not visible'],
  [{ text: 'x', quote_tweet_id: '42' }, 403, 'deleted or not visible'],
  [{}, 400, 'text'],
])('posting %j answers %i', async (body, status, reason) => {
  await using x = await merchant();
  const answer = await x.publish(body);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(reason);
});

test('quotes only who called the account', async () => {
  await using x = await merchant();
  const cold = await x.publish({ text: 'look', quote_tweet_id: await x.post('sam', 'good morning') });
  expect([cold.status, cold.body.detail.startsWith('Quoting this post is not allowed')]).toEqual([403, true]);
  const called = await x.post('sam', 'hello @acme');
  expect((await x.publish({ text: 'look', quote_tweet_id: called })).status).toBe(201);
});

test('a hundred posts in a quarter of an hour are enough', async () => {
  await using x = await merchant();
  for (let n = 0; n < 100; n += 1) await x.publish({ text: ' ' });
  const { status, body } = await x.publish({ text: 'one more' });
  expect([status, body.title]).toEqual([429, 'Too Many Requests']);
});

test('nobody posts without a token that may write', async () => {
  await using x = await shop();
  const body = { text: 'hello' };
  expect((await x.api('POST', '/2/tweets', { body })).body.title).toBe('Unsupported Authentication');
  const { access_token } = await signIn(x, '1111', 'tweet.read users.read');
  expect((await x.api('POST', '/2/tweets', { body, token: access_token })).status).toBe(403);
  expect((await x.api('POST', '/2/tweets', { body, token: null })).status).toBe(401);
});
