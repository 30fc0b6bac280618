import { expect, test } from '@jest/globals';
import { shop } from './x-stand-in.ts';

const SEARCH = '/2/tweets/search/recent';
const search = (query: string, more: Record<string, string> = {}): string =>
  `${SEARCH}?${new URLSearchParams({ query, ...more })}`;
const idsIn = (body: { data?: Array<{ id: string }> }): string[] => (body.data ?? []).map(({ id }) => id);

test('pages through what it finds, the newest first', async () => {
  await using x = await shop();
  const ids: string[] = [];
  for (let n = 0; n < 25; n += 1) ids.unshift(await x.post('sam', `mug ${n}`));
  x.clock.advance(10_000);
  const first = await x.api('GET', search('mug', { max_results: '10', 'tweet.fields': 'author_id' }));
  expect(first.headers.get('x-rate-limit-limit')).toBe('450');
  expect(first.body.data[0]).toEqual({
    id: ids[0],
    text: 'mug 24',
    edit_history_tweet_ids: [ids[0]],
    author_id: '2222',
  });
  expect(first.body.meta).toEqual({
    newest_id: ids[0],
    oldest_id: ids[9],
    result_count: 10,
    next_token: expect.any(String),
  });
  const found = idsIn(first.body);
  let next_token = first.body.meta.next_token;
  while (next_token) {
    const { body } = await x.api('GET', search('mug', { max_results: '10', next_token }));
    found.push(...idsIn(body));
    next_token = body.meta.next_token;
  }
  expect(found).toEqual([...ids, x.product].filter((id) => found.includes(id)));
  expect(found).toHaveLength(26);
});

test('finds by since and until id, and by time', async () => {
  await using x = await shop();
  const ids: string[] = [];
  const times: string[] = [];
  for (const n of [0, 1, 2, 3]) {
    times.push(x.clock.now().toISOString());
    ids.push(await x.post('sam', `cup ${n}`));
    x.clock.advance(60_000);
  }
  const find = async (more: Record<string, string>) => idsIn((await x.api('GET', search('cup', more))).body);
  const [a, b, c, d] = ids as [string, string, string, string];
  expect(await find({})).toEqual([d, c, b, a]);
  expect(await find({ since_id: b })).toEqual([d, c]);
  expect(await find({ until_id: c })).toEqual([b, a]);
  expect(await find({ since_id: a, until_id: d })).toEqual([c, b]);
  expect(await find({ start_time: times[1] as string, end_time: times[3] as string })).toEqual([c, b]);
  expect(await find({ since_id: a, start_time: times[3] as string })).toEqual([d, c, b]);
  expect((await x.api('GET', search('nothing'))).body).toEqual({ meta: { result_count: 0 } });
});

test('does not find what is younger than ten seconds, older than a week, deleted or protected', async () => {
  await using x = await shop();
  await x.user('shy', { protected: true });
  const now = x.clock.now().getTime();
  await x.post('sam', 'cup, old', { created_at: new Date(now - 8 * 86_400_000).toISOString() });
  await x.post('shy', 'cup, protected');
  await x.control('DELETE', `/posts/${await x.post('sam', 'cup, deleted')}`);
  x.clock.advance(10_000);
  await x.post('sam', 'cup, young');
  expect((await x.api('GET', search('cup'))).body.meta.result_count).toBe(0);
});

test('finds the newest version of a post', async () => {
  await using x = await shop();
  const first = await x.post('acme', 'cup');
  const { id } = await x.control('POST', `/posts/${first}/edit`, { text: 'cup, blue' });
  await x.control('POST', `/posts/${await x.post('acme', 'cup, gone')}/edit`, { text: 'nothing' });
  x.clock.advance(10_000);
  const { body } = await x.api('GET', search('cup'));
  expect(body.data).toEqual([{ id, text: 'cup, blue', edit_history_tweet_ids: [first, id] }]);
});

test('differs from the stream: accents do not count, quotes match by themselves, retweets are left out', async () => {
  await using x = await shop();
  const reply = await x.post('sam', 'a café #tasse', { reply_to: x.product });
  await x.post('acme', 'look', { quote_of: reply });
  const retweet = (await x.control('POST', '/posts', { author: 'acme', retweet_of: reply })).id;
  x.clock.advance(10_000);
  const find = async (query: string) => idsIn((await x.api('GET', search(query))).body);
  expect(await find('cafe')).toEqual([reply]);
  expect(await find('#tassé')).toEqual([reply]);
  expect(await find('from:acme is:retweet')).toEqual([retweet]);
  expect(await find('look is:reply')).toEqual([]);
  expect(await find(`conversation_id:${x.product}`)).toEqual([reply, x.product]);
});

test.each<[string, Record<string, string>, string]>([
  ['', {}, 'query'],
  ['mug', { max_results: '9' }, 'between 10 and 100'],
  ['mug', { max_results: '101' }, 'between 10 and 100'],
  ['mug', { max_results: 'ten' }, 'between 10 and 100'],
  ['mug', { since_id: 'abc' }, 'since_id'],
  ['mug', { since_id: '1' }, "'since_id' must be"],
  ['mug', { start_time: '2010-01-01T00:00:00Z' }, "'start_time' must be on or after"],
  ['mug', { start_time: 'yesterday' }, 'RFC3339'],
  ['mug', { start_time: '2026-11-22' }, 'RFC3339'],
  ['mug', { end_time: '2099-01-01T00:00:00Z' }, 'minimum of 10 seconds'],
  ['mug', { next_token: 'abc' }, "Invalid 'next_token'"],
  ['mug', { sort_order: 'random' }, 'sort_order'],
  ['mug', { count: '10' }, '[count] is not one of'],
  ['mug', { 'media.fields': 'url' }, '[media.fields] is not one of'],
  ['is:reply', {}, 'standalone'],
  ['mug sample:10', {}, "invalid operator 'sample'"],
  ['m'.repeat(513), {}, 'exceeds the maximum length of 512'],
])('refuses to search for %s %j', async (query, more, reason) => {
  await using x = await shop();
  const { status, body } = await x.api('GET', search(query, more));
  expect([status, body.title]).toEqual([400, 'Invalid Request']);
  expect(body.errors[0].message).toContain(reason);
});

test('refuses times in the wrong order, a parameter twice, and another query’s page', async () => {
  await using x = await shop();
  const at = (msAgo: number) => new Date(x.clock.now().getTime() - msAgo).toISOString();
  expect((await x.api('GET', search('mug', { start_time: at(20_000), end_time: at(30_000) }))).status).toBe(
    400,
  );
  expect((await x.api('GET', search('mug', { end_time: at(9_000) }))).status).toBe(400);
  expect((await x.api('GET', `${search('mug')}&query=cup`)).status).toBe(400);
  for (let n = 0; n < 11; n += 1) await x.post('sam', 'mug cup');
  x.clock.advance(10_000);
  const { next_token } = (await x.api('GET', search('mug'))).body.meta;
  expect((await x.api('GET', search('cup', { next_token }))).status).toBe(400);
});
