import { expect, test } from '@jest/globals';
import { shop } from './x-stand-in.ts';
import { connect } from './x-stream-client.ts';

const STREAM = '/2/tweets/search/stream';
const CART = 'カートに追加 🛒';

async function mugStream() {
  const x = await shop({ heartbeatMs: 60_000 });
  await x.rule('mug');
  return x;
}

test('splits a delivery at a byte, also in the middle of a character', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'split_at', byte: 16 });
  using stream = await connect(x);
  await x.post('sam', `${CART} mug`);
  await x.post('sam', 'mug, whole');
  const [split, whole] = await stream.until(2);
  expect(stream.chunks[0]).toHaveLength(16);
  expect(stream.chunks).toHaveLength(3);
  expect(split.data.text).toBe(`${CART} mug`);
  expect(whole.data.text).toBe('mug, whole');
});

test('splits a delivery every so many bytes', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'split_every', bytes: 1 });
  using stream = await connect(x);
  await x.post('sam', `${CART} mug`);
  await stream.until(1);
  expect(stream.chunks.every((chunk) => chunk.length === 1)).toBe(true);
  expect(stream.messages()[0].data.text).toBe(`${CART} mug`);
});

test('sends CR LF as a chunk of its own', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'crlf_apart' });
  using stream = await connect(x);
  await x.post('sam', 'mug');
  await stream.until(1);
  expect(stream.chunks.at(-1)?.toString()).toBe('\r\n');
});

test('duplicates, drops and shuffles deliveries', async () => {
  await using x = await mugStream();
  using stream = await connect(x);
  await x.control('POST', '/faults', { kind: 'duplicate', copies: 3 });
  await x.post('sam', 'mug 1');
  await x.control('POST', '/faults', { kind: 'drop', times: 2 });
  const dropped = await x.post('sam', 'mug 2');
  await x.post('sam', 'mug 3');
  await x.control('POST', '/faults', { kind: 'shuffle', times: 3 });
  for (const n of [4, 5, 6, 7]) await x.post('sam', `mug ${n}`);
  const texts = (await stream.until(7)).map(({ data }) => data.text);
  expect(texts).toEqual(['mug 1', 'mug 1', 'mug 1', 'mug 6', 'mug 5', 'mug 4', 'mug 7']);
  expect(await x.control('GET', '/state')).toMatchObject({ dropped: 2, faults: [] });
  x.clock.advance(10_000);
  const found = await x.api('GET', `/2/tweets/search/recent?query=mug&max_results=100`);
  expect(found.body.data.map(({ id }: { id: string }) => id)).toContain(dropped);
});

test('sends data and errors together', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'partial_errors' });
  using stream = await connect(x);
  await x.post('sam', 'mug');
  const [message] = await stream.until(1);
  expect(message.data.text).toBe('mug');
  expect(message.errors[0].type).toBe('https://api.x.com/2/problems/not-authorized-for-resource');
});

test('breaks off in the middle of a delivery', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'cut', byte: 9 });
  using stream = await connect(x);
  await x.post('sam', 'mug');
  await stream.ended;
  expect(stream.text()).toBe('{"data":{');
  expect((await x.control('GET', '/state')).connections).toEqual([]);
});

test('stalls, and goes on when the faults are cleared', async () => {
  await using x = await shop({ heartbeatMs: 1 });
  await x.rule('mug');
  await x.control('POST', '/faults', { kind: 'stall' });
  using stream = await connect(x);
  await x.post('sam', 'mug, never seen');
  expect(stream.text()).toBe('');
  await x.control('DELETE', '/faults');
  await x.post('sam', 'mug, seen');
  expect((await stream.until(1))[0].data.text).toBe('mug, seen');
});

test('stops posts on the open connection while its heart goes on', async () => {
  await using x = await shop({ heartbeatMs: 1 });
  await x.rule('mug');
  using stream = await connect(x);
  await x.control('POST', '/faults', { kind: 'stop_posts', open: true });
  await x.post('sam', 'mug');
  const length = stream.text().length;
  await stream.untilText((text) => text.length > length + 2);
  expect(stream.messages()).toEqual([]);
});

test('accepts and closes', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'accept_and_close', times: 2 });
  for (const _ of [1, 2]) {
    using stream = await connect(x);
    expect(stream.status).toBe(200);
    await stream.ended;
    expect(stream.text()).toBe('');
  }
  using stream = await connect(x);
  await x.post('sam', 'mug');
  await stream.until(1);
});

test('hangs before it answers', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'hang' });
  const hanging = new AbortController();
  const request = fetch(`${x.url}${STREAM}`, {
    headers: { authorization: 'Bearer app-token' },
    signal: hanging.signal,
  });
  while ((await x.control('GET', '/state')).faults.length > 0);
  hanging.abort();
  await expect(request).rejects.toThrow('aborted');
  using stream = await connect(x);
  expect(stream.status).toBe(200);
});

test('disconnects for operational reasons, now or the next time', async () => {
  await using x = await mugStream();
  using first = await connect(x);
  await x.control('POST', '/faults', { kind: 'operational_disconnect', open: true });
  await first.ended;
  const message = {
    errors: [
      {
        title: 'operational-disconnect',
        disconnect_type: 'UpstreamOperationalDisconnect',
        detail: 'This stream has been disconnected upstream for operational reasons.',
        type: 'https://api.x.com/2/problems/operational-disconnect',
      },
    ],
  };
  expect(first.messages()).toEqual([message]);
  await x.control('POST', '/faults', { kind: 'operational_disconnect' });
  using second = await connect(x);
  await second.ended;
  expect(second.messages()).toEqual([message]);
});

test.each([
  ['rate_limited', 429, { title: 'Too Many Requests' }],
  ['too_many_connections', 429, { connection_issue: 'TooManyConnections' }],
  ['no_credits', 402, { title: 'CreditsDepleted', type: 'https://api.twitter.com/2/problems/credits' }],
  ['forbidden', 403, { title: 'Client Forbidden', reason: 'client-not-enrolled' }],
  ['no_rules', 409, { connection_issue: 'RuleConfigurationIssue' }],
])('answers the stream with %s', async (answer, status, body) => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'answer', answer, reset_in_s: 60 });
  const rules = await x.api('GET', `${STREAM}/rules`);
  expect(rules.status).toBe(200);
  const refused = await x.api('GET', STREAM);
  expect(refused.status).toBe(status);
  expect(refused.body).toMatchObject(body);
  expect(refused.headers.has('x-rate-limit-reset')).toBe(answer === 'rate_limited');
  using stream = await connect(x);
  expect(stream.status).toBe(200);
});

test('answers every path that begins so with a page', async () => {
  await using x = await mugStream();
  await x.control('POST', '/faults', { kind: 'answer', answer: 'unavailable', path: '/2/tweets', times: 2 });
  for (const path of ['/2/tweets?ids=1', `${STREAM}/rules`]) {
    const answer = await x.api('GET', path);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('text/html');
  }
  expect((await x.api('GET', '/2/tweets?ids=1')).status).toBe(200);
});

test.each([
  [{ kind: 'gremlins' }],
  [{ kind: 'split_at' }],
  [{ kind: 'split_at', byte: 0 }],
  [{ kind: 'drop', times: 0 }],
  [{ kind: 'drop', open: true }],
  [{ kind: 'answer', answer: 'teapot' }],
  [{ kind: 'answer', answer: 'no_rules', path: '/control' }],
])('refuses the fault %j', async (fault) => {
  await using x = await shop();
  await expect(x.control('POST', '/faults', fault)).rejects.toThrow('400');
});
