import http from 'node:http';
import { expect, test } from '@jest/globals';
import { signIn } from './x-sign-in.ts';
import { shop, standIn } from './x-stand-in.ts';
import { connect } from './x-stream-client.ts';

test('forgets nothing in a restart', async () => {
  const first = await shop();
  const rule = await first.rule('#AddToCart', 'tag');
  const reply = await first.post('sam', '#AddToCart', { reply_to: first.product });
  const tokens = await signIn(first, '2222', 'users.read tweet.read offline.access');
  await first[Symbol.asyncDispose]();
  await using second = await standIn({ memory: first.memory, clock: first.clock, callbacks: undefined });
  expect((await second.api('GET', '/2/tweets/search/stream/rules')).body.data).toEqual([
    { id: rule, value: '#AddToCart', tag: 'tag' },
  ]);
  expect((await second.api('GET', `/2/tweets/${reply}`)).body.data.text).toBe('@acme #AddToCart');
  expect((await second.api('GET', '/2/users/me', { token: tokens.access_token })).body.data.username).toBe(
    'sam',
  );
  expect(await signIn(second, '2222', 'users.read')).toMatchObject({ token_type: 'bearer' });
  using stream = await connect(second);
  const id = await second.post('sam', 'again #AddToCart', { reply_to: first.product });
  expect((await stream.until(1))[0].data.id).toBe(id);
});

test('tells how it stands', async () => {
  await using x = await shop();
  await x.rule('mug');
  using stream = await connect(x);
  await x.post('sam', 'mug');
  await stream.until(1);
  expect(await x.control('GET', '/state')).toEqual({
    now: expect.any(String),
    connections: [{ id: expect.any(String), connected_at: expect.any(String), delivered: 1 }],
    delivered: 1,
    dropped: 0,
    rules: 1,
    posts: 2,
    users: 2,
    app: { requestEmail: true, credits: true, enrolled: true, callbacks: ['http://localhost:3000/auth/x'] },
    faults: [],
  });
});

test('an app without credits or enrolment is refused everywhere', async () => {
  await using x = await shop();
  await x.rule('mug');
  const paths = ['/2/tweets/search/stream', '/2/tweets/search/recent?query=mug', `/2/tweets/${x.product}`];
  await x.control('POST', '/app', { credits: false });
  for (const path of paths) {
    const { status, body } = await x.api('GET', path);
    expect([status, body.title, body.type]).toEqual([
      402,
      'CreditsDepleted',
      'https://api.twitter.com/2/problems/credits',
    ]);
  }
  await x.control('POST', '/app', { credits: true, enrolled: false });
  for (const path of paths) {
    const { status, body } = await x.api('GET', path);
    expect([status, body.reason, body.type]).toEqual([
      403,
      'client-not-enrolled',
      'https://api.x.com/2/problems/client-forbidden',
    ]);
  }
});

test('the clock goes forward only', async () => {
  await using x = await standIn();
  const { now } = await x.control('POST', '/clock', { advance_ms: 3_600_000 });
  expect(Date.parse(now)).toBeGreaterThan(Date.now() + 3_500_000);
  await expect(x.control('POST', '/clock', { advance_ms: -1 })).rejects.toThrow('400');
});

test('gives users and their data', async () => {
  await using x = await standIn();
  await x.user('sam', { email: 'sam@example.com', protected: true });
  expect(await x.control('GET', '/users')).toEqual([
    {
      id: expect.stringMatching(/^\d+$/),
      username: 'sam',
      name: 'SAM',
      email: 'sam@example.com',
      protected: true,
      created_at: expect.any(String),
    },
  ]);
});

test.each<[string, object, RegExp]>([
  ['/users', { username: 'a b', name: 'x' }, /400.*letters, digits/],
  ['/users', { username: 'ab', name: 'x', mood: 'happy' }, /400.*mood/],
  ['/users', { username: 'ab', name: 'x', id: '0' }, /400.*id/],
  ['/users', { username: 'ab', name: 'x', email: 'nowhere' }, /400.*email/],
  ['/users', { username: 'SAM', name: 'x' }, /409.*@SAM/],
  ['/users', { username: 'ab', name: 'x', id: '2222' }, /409.*2222/],
  ['/posts', { author: 'nobody', text: 'x' }, /400.*no user nobody/],
  ['/posts', { author: 'sam' }, /400.*text or retweet_of/],
  ['/posts', { author: 'sam', text: 'x', retweet_of: '1' }, /400.*text or retweet_of/],
  ['/posts', { author: 'sam', retweet_of: '1', reply_to: '1' }, /400.*neither replies/],
  ['/posts', { author: 'sam', text: 'x', reply_to: '42' }, /400.*no post 42/],
  ['/posts', { author: 'sam', text: 'x', created_at: 'today' }, /400.*created_at/],
  ['/posts/42/edit', { text: 'x' }, /404.*no post 42/],
  ['/app', { credit: true }, /400.*credit/],
  ['/app', { callbacks: ['nowhere'] }, /400.*callbacks/],
  ['/clock', {}, /400.*advance_ms/],
])('refuses %s %j', async (path, body, reason) => {
  await using x = await shop();
  await expect(x.control('POST', path, body)).rejects.toThrow(new RegExp(reason.source, 's'));
});

test('a retweet takes no replies', async () => {
  await using x = await shop();
  const { id } = await x.control('POST', '/posts', { author: 'sam', retweet_of: x.product });
  await expect(x.post('sam', 'x', { reply_to: id })).rejects.toThrow(`reply to ${x.product}`);
});

test('is not driven from another host name, nor by what is no JSON', async () => {
  await using x = await standIn();
  const status = await new Promise((resolve) => {
    http.get(`${x.url}/control/state`, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  expect(status).toBe(403);
  const noJson = await fetch(`${x.url}/control/users`, { method: 'POST', body: 'username=sam' });
  expect(noJson.status).toBe(400);
  expect((await fetch(`${x.url}/control/nothing`)).status).toBe(404);
});

test('keeps a ledger of what the API was asked', async () => {
  await using x = await shop();
  await x.rule('mug');
  using stream = await connect(x, '?tweet.fields=entities');
  expect(stream.status).toBe(200);
  const ledger = await x.control('GET', '/ledger');
  expect(ledger.map(({ method, path, status }: Record<string, unknown>) => [method, path, status])).toEqual([
    ['POST', '/2/tweets/search/stream/rules', 201],
    ['GET', '/2/tweets/search/stream', 200],
  ]);
  expect(ledger[1].query).toBe('tweet.fields=entities');
});
