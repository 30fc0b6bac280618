import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { openDatabase, openPool } from '../src/db/database.ts';
import { searchedUntil } from '../src/db/progress.ts';
import { compileRules } from '../src/domain/filter-rules.ts';
import { openX } from '../src/x/client.ts';
import { changeRules, listRules, syncRules } from '../src/x/rules.ts';
import { fillGap } from '../workers/fill-gap.ts';
import { listenToX } from '../workers/stream.ts';
import { openIntake } from '../workers/take-in.ts';
import { atEnd } from './harness/at-end.ts';
import { newPostId, POST, SHOP } from './harness/builders.ts';
import { replycart } from './harness/cli.ts';
import { eventually } from './harness/eventually.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, control, x } = shop;
const { db } = context;

beforeAll(async () => {
  await control(x, '/users', { id: SHOP, username: 'shop', name: 'Acme' });
  await control(x, '/users', { id: '2222222222222222222', username: 'sam_shops', name: 'Sam' });
  for (const id of [POST.mug, POST.sticker])
    await control(x, '/posts', { id, author: 'shop', text: 'Fresh! Reply #AddToCart' });
});
beforeEach(async () => {
  await fetch(`${x}/control/faults`, { method: 'DELETE' });
});

/** Listens until the returned function is called. */
function listening(): () => Promise<void> {
  const stop = new AbortController();
  const ended = listenToX(context, stop.signal);
  atEnd(async () => stop.abort());
  return async () => {
    stop.abort();
    await ended;
  };
}

const state = () => control<{ connections: Array<{ id: string }>; rules: number }>(x, '/state');
const connected = () => eventually(async () => expect((await state()).connections).toHaveLength(1));
const reply = async (text: string, more: object = {}): Promise<string> =>
  (await control<{ id: string }>(x, '/posts', { author: 'sam_shops', text, reply_to: POST.mug, ...more })).id;
const stored = async (ids: string[]): Promise<string[]> => {
  const rows = await db
    .selectFrom('replies')
    .select(['post_id', 'source'])
    .where('post_id', 'in', ids)
    .orderBy('post_id')
    .execute();
  return rows.map((row) => row.post_id);
};
let n = 0;
const replies = async (count: number, more: object = {}): Promise<string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await reply(`#AddToCart 🛒 カート x${(n++ % 6) + 1}`, more));
  return ids.sort();
};

test('rules are kept in step with the catalog; nobody else’s are touched', async () => {
  await context.x.post('tweets/search/stream/rules', {
    add: [
      { value: 'cats has:images', tag: 'somebody else' },
      { value: '#old is:reply to:1', tag: 'replycart' },
    ],
  });
  const stop = listening();
  await connected();
  const wanted = compileRules((await context.catalog()) as never);
  const values = async () => (await listRules(context.x)).map((rule) => rule.value).sort();
  expect(await values()).toEqual(['cats has:images', ...wanted].sort());
  await db
    .updateTable('merchants')
    .set({ hashtags: { add: ['#NewTag'], remove: [] } as never })
    .where('id', '=', 'rival')
    .execute();
  await sql`insert into catalog_versions (applied_by) values ('test')`.execute(db);
  await eventually(async () => expect((await values()).join(' ')).toContain('#newtag'));
  expect(await values()).toContain('cats has:images');
  await stop();
});

test('a rule that X does not take is an error that says why', async () => {
  await expect(changeRules(context.x, [{ add: ['#Good is:reply to:1', '-(a OR b)'] }])).rejects.toThrow(
    /did not take a stream rule: .*\w/,
  );
});

/** X, if it refused rules and queries with full-width letters. */
async function aPickyX(): Promise<string> {
  const refusals = {
    POST: [200, { errors: [{ title: 'UnprocessableEntity' }], meta: { summary: { not_created: 1 } } }],
    GET: [400, { title: 'Invalid Request', type: 'https://api.x.com/2/problems/invalid-request' }],
  } as const;
  const proxy = createServer((request, response) => {
    void (async () => {
      const body = request.method === 'POST' ? await text(request) : undefined;
      const said = `${decodeURIComponent(request.url ?? '')} ${body}`;
      const { authorization = '' } = request.headers;
      const headers = { authorization, 'content-type': 'application/json' };
      const [status, answer] = /[ａ-ｚ]/u.test(said)
        ? refusals[request.method as 'GET' | 'POST']
        : [200, await (await fetch(`${x}${request.url}`, { method: request.method, headers, body })).json()];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    })();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  atEnd(async () => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

test('where X refuses a spelling of a tag, the tags as merchants wrote them have to do', async () => {
  const picky = openX({ ...context.config, X_API_URL: await aPickyX() });
  const old = (await listRules(context.x)).filter(({ ours }) => ours);
  await changeRules(context.x, [{ delete: old.map(({ id }) => id) }]);
  const { rules } = await syncRules(picky, (await context.catalog()) as never);
  expect(rules.join(' ')).toContain('#addtocart ');
  expect(rules.join(' ')).not.toMatch(/[ａ-ｚ]/u);
  const present = (await listRules(picky)).filter(({ ours }) => ours).map(({ value }) => value);
  expect(present.sort()).toEqual([...rules].sort());

  const { signal } = new AbortController();
  const lost = await replies(2, { created_at: new Date(Date.now() - 55_000).toISOString() });
  await fillGap({ ...context, x: picky }, openIntake(context, signal), signal);
  expect(await stored(lost)).toEqual(lost);
});

test.each([
  ['single bytes', { kind: 'split_every', bytes: 1, times: 8 }],
  ['the line end apart', { kind: 'crlf_apart', times: 8 }],
  ['every post three times', { kind: 'duplicate', copies: 3, times: 8 }],
  ['out of order', { kind: 'shuffle', times: 8 }],
  ['errors beside the post', { kind: 'partial_errors', times: 8 }],
])('a hostile stream: %s', async (_name, fault) => {
  const stop = listening();
  await connected();
  await control(x, '/faults', fault);
  const ids = await replies(8);
  await eventually(async () => expect(await stored(ids)).toEqual(ids));
  const bodies = await db.selectFrom('replies').select('body').where('post_id', 'in', ids).execute();
  for (const { body } of bodies) expect(body).toContain('🛒 カート');
  await stop();
});

test.each([
  ['X ends the connection', { kind: 'operational_disconnect', open: true }],
  ['a message breaks off', { kind: 'cut', byte: 40, times: 1 }],
  ['X accepts and closes, again and again', { kind: 'accept_and_close', times: 3 }],
  ['the slot is taken for a moment', { kind: 'answer', answer: 'too_many_connections', times: 1 }],
])(
  '%s: the listener comes back, and nothing is lost',
  async (_name, fault) => {
    const stop = listening();
    if (fault.kind === 'operational_disconnect' || fault.kind === 'cut') await connected();
    await control(x, '/faults', fault);
    const during = await replies(3, { created_at: new Date(Date.now() - 20_000).toISOString() });
    await connected();
    const after = await replies(3);
    await eventually(
      async () => expect(await stored([...during, ...after])).toEqual([...during, ...after].sort()),
      30_000,
    );
    await stop();
  },
  60_000,
);

test('what the stream does not deliver, recent search finds; and only a completed search moves the mark', async () => {
  const stop = new AbortController();
  const intake = openIntake(context, stop.signal);
  const lost = await replies(120, { created_at: new Date(Date.now() - 60_000).toISOString() });
  await fillGap(context, intake, stop.signal);
  expect(await stored(lost)).toEqual(lost);
  const mark = await searchedUntil(db);
  const more = await replies(3, { created_at: new Date(Date.now() - 40_000).toISOString() });
  await control(x, '/faults', {
    kind: 'answer',
    answer: 'unavailable',
    path: '/2/tweets/search/recent',
    times: 1,
  });
  await expect(fillGap(context, intake, stop.signal)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await searchedUntil(db)).toEqual(mark);
  await fillGap(context, intake, stop.signal);
  expect(await stored(more)).toEqual(more);
  expect((await searchedUntil(db))?.getTime()).toBeGreaterThan(mark?.getTime() ?? 0);
});

test('reconcile lists what X has and we do not, and takes it in', async () => {
  const quietly = { ...context.config, LOG_LEVEL: 'silent' as const };
  const reconcile = (...args: string[]) =>
    replycart(quietly, 'replies', 'reconcile', '--hours', '1', ...args);
  const stop = new AbortController();
  await fillGap(context, openIntake(context, stop.signal), stop.signal);
  expect(await reconcile()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('0 of them had not arrived'),
  });
  const lost = await replies(2, { created_at: new Date(Date.now() - 50_000).toISOString() });
  const told = await reconcile();
  expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('2 replies are missing here') });
  for (const id of lost) expect(told.stdout).toContain(`${id} missing\n`);
  expect(await stored(lost)).toEqual([]);
  expect(JSON.parse((await reconcile('--take-in', '--json')).stdout)).toMatchObject({ taken_in: true });
  expect(await stored(lost)).toEqual(lost);
  expect((await reconcile()).code).toBe(0);
  expect((await reconcile('--hours', '0')).code).toBe(2);
});

test('a search whose finds could not be stored does not move the mark', async () => {
  const [stop, giveUp] = [new AbortController(), new AbortController()];
  const away = openPool('postgres://127.0.0.1:1/none', 1, () => {});
  const intake = openIntake({ ...context, batchDb: openDatabase(away) }, giveUp.signal);
  const lost = await replies(2, { created_at: new Date(Date.now() - 50_000).toISOString() });
  const mark = await searchedUntil(db);
  const filling = fillGap(context, intake, stop.signal);
  setTimeout(() => giveUp.abort(), 1_500);
  await filling;
  expect(await stored(lost)).toEqual([]);
  expect(await searchedUntil(db)).toEqual(mark);
  await away.end();
});

test('one listens, others stand by, and take over when it is gone', async () => {
  const stopFirst = listening();
  await connected();
  const stopSecond = listening();
  const [before] = (await state()).connections;
  await sql`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and objid::bigint = hashtext('replycart listener')::bigint & 4294967295`.execute(
    db,
  );
  await eventually(async () => {
    const [now] = (await state()).connections;
    expect(now && now.id !== before?.id).toBe(true);
  });
  const ids = await replies(2);
  await eventually(async () => expect(await stored(ids)).toEqual(ids));
  await Promise.all([stopFirst(), stopSecond()]);
  await eventually(async () => expect((await state()).connections).toHaveLength(0));
});

test('while the database is away, what was delivered is kept and stored afterwards', async () => {
  const database = new URL(context.databaseUrl).pathname.slice(1);
  const admin = new pg.Client(process.env.TEST_DATABASE_URL);
  await admin.connect();
  const giveUp = new AbortController();
  const intake = openIntake(context, giveUp.signal);
  await admin.query(`alter database ${database} with allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
  const id = newPostId();
  const taken = intake
    .take('stream', [Buffer.from(JSON.stringify({ data: { id, text: 'x' } }))])
    .then(() => intake.stored());
  await new Promise((resolve) => setTimeout(resolve, 300));
  await admin.query(`alter database ${database} with allow_connections true`);
  await admin.end();
  await taken;
  expect(await stored([id])).toEqual([id]);
});

test('every post gets its job, also when the stream and a search bring many while none can be stored', async () => {
  const intake = openIntake(context, new AbortController().signal);
  const ids = Array.from({ length: 3_000 }, newPostId);
  const lines = ids.map((id) => Buffer.from(JSON.stringify({ data: { id, author_id: '7', text: 'x' } })));
  const blocker = new pg.Client(context.databaseUrl);
  await blocker.connect();
  await blocker.query('begin; lock table replies in access exclusive mode');
  const taken = [intake.take('stream', lines.slice(0, 1_500)), intake.take('search', lines.slice(1_500))];
  await new Promise((resolve) => setTimeout(resolve, 200));
  await blocker.query('commit');
  await blocker.end();
  await Promise.all(taken);
  await intake.stored();
  const { rows } = await sql<{ post_id: string }>`
    select jsonb_array_elements_text(data -> 'post_ids') as post_id from bullmq.job where queue = 'read-replies'`.execute(
    db,
  );
  const queued = new Set(rows.map((row) => row.post_id));
  expect(ids.filter((id) => !queued.has(id))).toEqual([]);
});

test('what is no message is left out, and what comes after it is not', async () => {
  const intake = openIntake(context, new AbortController().signal);
  const [good, broken, deep] = [newPostId(), newPostId(), newPostId()];
  const nested = `{"data":{"id":"${deep}","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
  const lines = [
    '{',
    'null',
    '[]',
    '{"data":{"id":"12ab"}}',
    '{"errors":[{"title":"operational-disconnect"}]}',
    nested,
    `{"data":{"id":"${good}","text":"\\u0000 \\ud800"}}`,
  ];
  const noCharacter = Buffer.from(`{"data":{"id":"${broken}","text":"?"}}`.replace('?', '\xff'), 'latin1');
  await intake.take('stream', [...lines.map((line) => Buffer.from(line)), noCharacter]);
  await intake.stored();
  expect(await stored([good, broken, deep])).toEqual([good, broken, deep]);
});

test('of a post what is read of it is stored, and nothing of others', async () => {
  const [id, unknown] = [newPostId(), newPostId()];
  const read = {
    ...{ id, author_id: '77', text: 'Hi @kim_b \u0000 \ud800 "#AddToCart"\nplease' },
    ...{ conversation_id: POST.mug, in_reply_to_user_id: SHOP, lang: 'en', edit_history_tweet_ids: [id] },
    referenced_tweets: [{ type: 'replied_to', id: POST.mug }],
  };
  const message = {
    data: {
      ...read,
      entities: {
        hashtags: [{ start: 13, end: 23, tag: 'AddToCart' }],
        mentions: [{ start: 3, end: 9, username: 'kim_b', id: '4711' }],
        annotations: [{ normalized_text: 'Kim Beck' }],
        urls: [{ url: 'https://t.co/a', expanded_url: 'https://kim.example/', title: 'Kim Beck at home' }],
      },
      public_metrics: { like_count: 12 },
    },
    includes: { users: [{ id: '4711', username: 'kim_b', name: 'Kim Beck' }] },
    matching_rules: [{ id: '1', tag: 'replycart' }],
  };
  // Who could not be read is for staff to see, whole.
  const odd = { data: { id: unknown, body: 'in a shape of tomorrow' } };
  const intake = openIntake(context, new AbortController().signal);
  await intake.take(
    'stream',
    [message, odd].map((each) => Buffer.from(JSON.stringify(each))),
  );
  await intake.stored();
  const rows = await db.selectFrom('replies').select('body').where('post_id', 'in', [id, unknown]).execute();
  const entities = {
    hashtags: [{ tag: 'AddToCart' }],
    urls: [{ expanded_url: 'https://kim.example/' }],
  };
  const bodies = rows.map(({ body }) => JSON.parse(body));
  expect(bodies).toHaveLength(2);
  expect(bodies).toContainEqual({ data: { ...read, entities } });
  expect(bodies).toContainEqual(odd);
});
