import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { XError } from '../src/x/errors.ts';
import { LineTooLong, splitLines } from '../src/x/lines.ts';
import { type Ending, reconnectPolicy } from '../src/x/reconnect.ts';
import { connectStream } from '../src/x/stream.ts';

const POSTS = [
  '{"data":{"id":"1","text":"#AddToCart 🛒 カート 👨‍👩‍👧"}}',
  '{"data":{"id":"2","text":"日本語 𝟜 ü"}}',
  '{"data":{"id":"3"}}',
];
const BYTES = Buffer.from(`\r\n${POSTS.join('\r\n')}\r\n\r\n`);

test('a stream may be cut anywhere: every single position', () => {
  for (let cut = 0; cut <= BYTES.length; cut++) {
    const splitter = splitLines(10_000);
    const lines = [...splitter.push(BYTES.subarray(0, cut)), ...splitter.push(BYTES.subarray(cut))];
    expect(lines.map(String)).toEqual(POSTS);
  }
});

test('a stream may be cut into any number of pieces, single bytes too', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), (sizes) => {
      const splitter = splitLines(10_000);
      const lines: string[] = [];
      for (let at = 0, n = 0; at < BYTES.length; n++) {
        const size = sizes[n % sizes.length] as number;
        lines.push(...splitter.push(BYTES.subarray(at, at + size)).map(String));
        at += size;
      }
      expect(lines).toEqual(POSTS);
    }),
  );
});

test('a line without an end does not fill the memory', () => {
  const splitter = splitLines(1000);
  splitter.push(Buffer.alloc(900, 'x'));
  expect(() => splitter.push(Buffer.alloc(200, 'x'))).toThrow(LineTooLong);
});

let server: Server | undefined;
const open: AbortController[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.abort();
  server?.closeAllConnections();
  server?.close();
});

/** A stream served by `answer`. */
async function connect(
  answer: (response: ServerResponse) => void,
  times = { silenceMs: 5_000, headerMs: 5_000 },
) {
  server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const stop = new AbortController();
  open.push(stop);
  return connectStream(
    { X_API_URL: `http://127.0.0.1:${port}`, X_BEARER_TOKEN: 'token' },
    stop.signal,
    times,
  );
}

async function read(
  answer: (response: ServerResponse) => void,
  times?: { silenceMs: number; headerMs: number },
): Promise<string[]> {
  const connection = await connect(answer, times);
  const all: string[] = [];
  for await (const lines of connection.lines()) all.push(...lines.map(String));
  return all;
}

test('the line end may be a chunk of its own', async () => {
  const pieces = POSTS.flatMap((post) => [post, '\r\n']);
  const lines = await read((response) => {
    response.socket?.setNoDelay(true);
    pieces.forEach((piece, n) => void setTimeout(() => response.write(piece), 5 * n));
    setTimeout(() => response.end(), 5 * pieces.length);
  });
  expect(lines).toEqual(POSTS);
});

test('silence ends a connection; heartbeats keep it', async () => {
  const lines = await read(
    (response) => {
      let beats = 0;
      const timer = setInterval(() => (++beats <= 5 ? response.write('\r\n') : clearInterval(timer)), 50);
      response.write(`${POSTS[0]}\r\n`);
    },
    { silenceMs: 700, headerMs: 5_000 },
  );
  expect(lines).toEqual([POSTS[0]]);
});

test('a slow reader is no silence of X’s', async () => {
  const connection = await connect(
    (response) => {
      response.write(`${POSTS[0]}\r\n`);
      setTimeout(() => response.end(`${POSTS[1]}\r\n`), 20);
    },
    { silenceMs: 100, headerMs: 5_000 },
  );
  const all: string[] = [];
  for await (const lines of connection.lines()) {
    all.push(...lines.map(String));
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(all).toEqual(POSTS.slice(0, 2));
});

test('what was delivered before the connection broke is kept', async () => {
  const lines = await read((response) => {
    response.write(`${POSTS[0]}\r\n${POSTS[1]}\r\n{"data":{"id":"9"`);
    setTimeout(() => response.destroy(), 20);
  });
  expect(lines).toEqual(POSTS.slice(0, 2));
});

test('a server that never answers is given up', async () => {
  await expect(connect(() => {}, { silenceMs: 5_000, headerMs: 60 })).rejects.toMatchObject({
    kind: 'unavailable',
  });
});

test('accepted and closed is an empty stream', async () => {
  expect(await read((response) => response.writeHead(200).end())).toEqual([]);
});

test('stopping ends a connection that is waiting', async () => {
  const connection = await connect((response) => response.write('\r\n'));
  setTimeout(() => open[0]?.abort(), 20);
  for await (const _lines of connection.lines()) throw new Error('nothing was sent');
});

test.each([
  [
    'a second connection',
    429,
    {
      connection_issue: 'TooManyConnections',
      title: 'ConnectionException',
      type: 'https://api.x.com/2/problems/streaming-connection',
    },
    'too_many_connections',
  ],
  [
    'too many requests',
    429,
    { title: 'Too Many Requests', type: 'about:blank', status: 429 },
    'rate_limited',
  ],
  [
    'the month’s cap',
    429,
    { title: 'UsageCapExceeded', type: 'https://api.twitter.com/2/problems/usage-capped' },
    'no_credits',
  ],
  [
    'no credits',
    402,
    { title: 'CreditsDepleted', type: 'https://api.twitter.com/2/problems/credits' },
    'no_credits',
  ],
  ['no rules', 409, { connection_issue: 'RuleConfigurationIssue', title: 'ConnectionException' }, 'no_rules'],
  ['a wrong token', 401, { title: 'Unauthorized', status: 401 }, 'unauthorized'],
  [
    'an app that is not enrolled',
    403,
    { title: 'Client Forbidden', reason: 'client-not-enrolled' },
    'forbidden',
  ],
  ['HTML from the edge', 503, '<html>busy</html>', 'unavailable'],
])('a refusal is understood by its body: %s', async (_name, status, body, kind) => {
  const refused = connect((response) =>
    response
      .writeHead(status, { 'x-rate-limit-reset': '1800000000' })
      .end(typeof body === 'string' ? body : JSON.stringify(body)),
  );
  await expect(refused).rejects.toMatchObject({
    name: 'XError',
    kind,
    status,
    retryAt: new Date(1_800_000_000_000),
  });
});

const at = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1000);
const dropped = (livedMs: number): Ending => ({ kind: 'dropped', livedMs, delivered: true });
const refused = (kind: XError['kind'], retryAt?: Date): Ending => ({
  kind: 'refused',
  error: new XError(kind, kind, { status: 400, retryAt }),
});

test.each<[string, Ending[], number[]]>([
  [
    'a connection that lived reconnects at once, each time',
    [dropped(60_000), dropped(60_000), dropped(31_000)],
    [0, 0, 0],
  ],
  ['accepted and closed waits longer and longer', Array(5).fill(dropped(10)), [0, 250, 500, 1000, 2000]],
  [
    'a life of half a minute resets that',
    [dropped(10), dropped(10), dropped(40_000), dropped(10)],
    [0, 250, 0, 0],
  ],
  [
    'the network: a quarter of a second more each time',
    Array(4).fill({ kind: 'unreachable' }),
    [250, 500, 750, 1000],
  ],
  [
    'a refusal: twice as long each time',
    Array(4).fill(refused('unavailable')),
    [5_000, 10_000, 20_000, 40_000],
  ],
  ['a rate limit: from a minute on', Array(3).fill(refused('rate_limited')), [60_000, 120_000, 240_000]],
  ['a rate limit that says until when', [refused('rate_limited', at(300))], [300_000]],
  ['no credits', [refused('no_credits'), refused('no_credits')], [60_000, 120_000]],
  ['another connection', [refused('too_many_connections'), refused('too_many_connections')], [5_000, 10_000]],
])('back-off: %s', (_name, endings, delays) => {
  const policy = reconnectPolicy();
  expect(endings.map((ending) => policy.delayAfter(ending, at(0)))).toEqual(delays);
});

test('back-offs have an end', () => {
  const longest = (ending: Ending): number => {
    const policy = reconnectPolicy();
    return Math.max(...Array.from({ length: 100 }, () => policy.delayAfter(ending, at(0))));
  };
  expect([
    longest(dropped(10)),
    longest({ kind: 'unreachable' }),
    longest(refused('unavailable')),
    longest(refused('rate_limited')),
  ]).toEqual([16_000, 16_000, 320_000, 960_000]);
});

test('no more than 40 connects in 15 minutes, X’s limit is 50', () => {
  const policy = reconnectPolicy();
  const waits = Array.from({ length: 41 }, (_, n) => policy.spend(at(n)));
  expect(waits.slice(0, 40).every((wait) => wait === 0)).toBe(true);
  expect(waits[40]).toBe(15 * 60_000 - 40_000);
});
