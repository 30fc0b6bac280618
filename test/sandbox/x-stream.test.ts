import net from 'node:net';
import { expect, test } from '@jest/globals';
import { CREDENTIALS, shop, standIn } from './x-stand-in.ts';
import { connect } from './x-stream-client.ts';

const STREAM = '/2/tweets/search/stream';

test('delivers a post once, with all rules that it matches and the fields that were asked for', async () => {
  await using x = await shop();
  const [first, second] = [await x.rule('#AddToCart', 'tag'), await x.rule('to:1111 is:reply')];
  await x.rule('#SomethingElse', 'other');
  using stream = await connect(x, '?tweet.fields=author_id,conversation_id,entities,referenced_tweets');
  expect(stream.headers['content-type']).toBe('application/json; charset=utf-8');
  const id = await x.post('sam', '#AddToCart size M 🛒', { reply_to: x.product });
  await x.post('sam', 'nothing to see');
  await x.post('sam', 'the last one #addtocart');
  const [reply, last] = await stream.until(2);
  expect(reply).toEqual({
    data: {
      id,
      text: '@acme #AddToCart size M 🛒',
      edit_history_tweet_ids: [id],
      author_id: '2222',
      conversation_id: x.product,
      entities: {
        hashtags: [{ start: 6, end: 16, tag: 'AddToCart' }],
        mentions: [{ start: 0, end: 5, username: 'acme', id: '1111' }],
      },
      referenced_tweets: [{ type: 'replied_to', id: x.product }],
    },
    matching_rules: [{ id: first, tag: 'tag' }, { id: second }],
  });
  expect(last.data.text).toBe('the last one #addtocart');
});

test('sends only id, text and edit history where nothing else was asked for', async () => {
  await using x = await shop();
  await x.rule('mug');
  using stream = await connect(x);
  const id = await x.post('sam', 'a mug <3');
  expect((await stream.until(1))[0].data).toEqual({ id, text: 'a mug &lt;3', edit_history_tweet_ids: [id] });
});

test('expands to users and posts', async () => {
  await using x = await shop();
  await x.rule('to:acme');
  using stream = await connect(x, '?expansions=author_id,referenced_tweets.id&user.fields=protected');
  await x.post('sam', 'yes', { reply_to: x.product });
  const [{ includes }] = await stream.until(1);
  expect(includes.users).toEqual([{ id: '2222', name: 'SAM', username: 'sam', protected: false }]);
  expect(includes.tweets[0].id).toBe(x.product);
});

test('separates messages and beats its heart with CR LF', async () => {
  await using x = await shop({ heartbeatMs: 5 });
  await x.rule('mug');
  using stream = await connect(x);
  await stream.untilText((text) => text.startsWith('\r\n\r\n'));
  await x.post('sam', 'mug');
  await stream.until(1);
  expect(stream.text()).toMatch(/^(?:\r\n)+\{.*\}\r\n/);
});

test('refuses to connect without rules', async () => {
  await using x = await shop();
  const answer = await x.api('GET', STREAM);
  expect(answer.status).toBe(409);
  expect(answer.body).toMatchObject({
    title: 'ConnectionException',
    connection_issue: 'RuleConfigurationIssue',
  });
});

test('has one place, which is free again after an abrupt end', async () => {
  await using x = await shop();
  await x.rule('mug');
  const first = await connect(x);
  const refused = await x.api('GET', STREAM);
  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({
    title: 'ConnectionException',
    connection_issue: 'TooManyConnections',
    type: 'https://api.x.com/2/problems/streaming-connection',
  });
  first.kill();
  while ((await x.control('GET', '/state')).connections.length > 0);
  using second = await connect(x);
  expect(second.status).toBe(200);
});

test('is for the app alone', async () => {
  await using x = await shop();
  expect((await x.api('GET', STREAM, { token: null })).status).toBe(401);
  expect((await x.api('GET', STREAM, { token: 'wrong' })).body).toEqual({
    title: 'Unauthorized',
    type: 'about:blank',
    status: 401,
    detail: 'Unauthorized',
  });
});

test.each([
  ['backfill_minutes=5', 'Enterprise'],
  ['start_time=2026-11-22T00:00:00Z', 'Enterprise'],
  ['fields=text', '[fields] is not one of'],
  ['tweet.fields=text,mood', '[mood] is not one of'],
  ['expansions=pinned', '[pinned] is not one of'],
])('refuses the parameter %s', async (query, reason) => {
  await using x = await shop();
  await x.rule('mug');
  const answer = await x.api('GET', `${STREAM}?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    title: 'Invalid Request',
    type: 'https://api.x.com/2/problems/invalid-request',
  });
  expect(answer.body.errors[0].message).toContain(reason);
});

test('allows fifty connects in a quarter of an hour', async () => {
  await using x = await shop();
  for (let n = 1; n <= 50; n += 1) {
    const answer = await x.api('GET', STREAM);
    expect([answer.status, answer.headers.get('x-rate-limit-remaining')]).toEqual([409, String(50 - n)]);
  }
  const refused = await x.api('GET', STREAM);
  expect(refused.status).toBe(429);
  expect(refused.body.title).toBe('Too Many Requests');
  expect(refused.headers.get('x-rate-limit-limit')).toBe('50');
  const reset = Number(refused.headers.get('x-rate-limit-reset')) * 1_000;
  x.clock.advance(reset - x.clock.now().getTime());
  expect((await x.api('GET', STREAM)).status).toBe(409);
});

test('a new rule matches when it has taken effect', async () => {
  await using x = await shop({ rulesTakeEffectMs: 20_000 });
  await x.rule('mug');
  using stream = await connect(x);
  await x.post('sam', 'mug, too early');
  x.clock.advance(20_000);
  await x.post('sam', 'mug, in time');
  expect((await stream.until(1))[0].data.text).toBe('mug, in time');
});

test('a quote matches by what it quotes, a retweet by what it repeats; both may be kept out', async () => {
  await using x = await shop();
  await x.rule('#AddToCart', 'all');
  await x.rule('#AddToCart is:reply', 'replies');
  await x.rule('#AddToCart -is:retweet -is:quote', 'own');
  using stream = await connect(x, '?tweet.fields=referenced_tweets,entities');
  const reply = await x.post('sam', '#AddToCart', { reply_to: x.product });
  const quote = await x.post('acme', 'look', { quote_of: reply });
  const retweet = (await x.control('POST', '/posts', { author: 'acme', retweet_of: reply })).id;
  const messages = await stream.until(3);
  const tags = messages.map(({ data, matching_rules }) => [
    data.id,
    matching_rules.map(({ tag }: { tag: string }) => tag),
  ]);
  expect(tags).toEqual([
    [reply, ['all', 'replies', 'own']],
    [quote, ['all', 'replies']],
    [retweet, ['all', 'replies']],
  ]);
  expect(messages[1].data.referenced_tweets).toEqual([{ type: 'quoted', id: reply }]);
  expect(messages[1].data.entities.urls[0].expanded_url).toBe(`https://x.com/sam/status/${reply}`);
  expect(messages[2].data.text).toBe('RT @sam: @acme #AddToCart');
  expect(messages[2].data.referenced_tweets).toEqual([{ type: 'retweeted', id: reply }]);
});

test('keeps the posts of protected accounts to itself', async () => {
  await using x = await shop();
  await x.user('shy', { protected: true });
  await x.rule('mug');
  using stream = await connect(x);
  await x.post('shy', 'mug for me');
  await x.post('sam', 'mug for all');
  expect((await stream.until(1))[0].data.text).toBe('mug for all');
});

test('sends the posts of a burst all, in order', async () => {
  await using x = await shop();
  await x.rule('mug');
  using stream = await connect(x);
  const texts = Array.from({ length: 300 }, (_, n) => `mug ${n}`);
  for (const text of texts) await x.post('sam', text);
  expect((await stream.until(300)).map(({ data }) => data.text)).toEqual(texts);
});

test('disconnects who does not read', async () => {
  await using x = await shop({ bufferBytes: 100_000 });
  await x.rule('mug');
  const { port } = new URL(x.url);
  const socket = net.connect(Number(port), '127.0.0.1').pause();
  socket.write(
    `GET ${STREAM}?tweet.fields=note_tweet HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${CREDENTIALS.bearerToken}\r\n\r\n`,
  );
  while ((await x.control('GET', '/state')).connections.length === 0);
  let sent = 0;
  while ((await x.control('GET', '/state')).connections.length > 0) {
    await x.post('sam', `mug ${'買'.repeat(20_000)}`);
    sent += 1;
    expect(sent).toBeLessThan(1_000);
  }
  let tail = '';
  socket.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('latin1')).slice(-1_000);
  });
  socket.resume();
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (!tail.includes('SlowReader')) return;
      clearInterval(look);
      resolve();
    }, 5);
  });
  socket.destroy();
  expect(tail).toContain('"title":"operational-disconnect","disconnect_type":"SlowReader"');
});

test('lists and closes connections', async () => {
  await using x = await shop();
  expect((await x.api('GET', '/2/connections')).body).toEqual({ meta: { result_count: 0 } });
  await x.rule('mug');
  using stream = await connect(x);
  const { body } = await x.api('GET', '/2/connections?status=active&endpoints=filtered_stream');
  expect(body.data[0].endpoint_name).toBe('filtered_stream');
  expect((await x.api('GET', '/2/connections?status=sleeping')).status).toBe(400);
  const closed = await x.api('DELETE', '/2/connections/all');
  expect(closed.body.data).toEqual({
    successful_kills: 1,
    failed_kills: 0,
    results: [{ uuid: body.data[0].id, success: true }],
  });
  await stream.ended;
  expect(stream.messages()[0].errors[0].disconnect_type).toBe('ForceDisconnect');
});

test('an unknown path is not found', async () => {
  await using x = await standIn();
  const answer = await x.api('GET', '/2/tweets/search/stream/rulez');
  expect([answer.status, answer.body.title]).toEqual([404, 'Not Found']);
  expect((await x.api('GET', '/3/tweets')).status).toBe(404);
  expect((await x.api('DELETE', '/2/connections/some')).status).toBe(404);
});
