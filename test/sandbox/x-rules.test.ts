import { expect, test } from '@jest/globals';
import { shop, standIn } from './x-stand-in.ts';

const RULES = '/2/tweets/search/stream/rules';

test('adds, lists and deletes rules', async () => {
  await using x = await standIn();
  const empty = await x.api('GET', RULES);
  expect(empty.body).toEqual({ meta: { sent: expect.any(String), result_count: 0 } });
  const added = await x.api('POST', RULES, {
    body: { add: [{ value: 'cat has:images', tag: 'cats with images' }, { value: ' dog ' }] },
  });
  expect(added.status).toBe(201);
  expect(added.headers.get('x-rate-limit-limit')).toBe('100');
  expect(added.body).toEqual({
    data: [
      { id: expect.stringMatching(/^\d+$/), value: 'cat has:images', tag: 'cats with images' },
      { id: expect.stringMatching(/^\d+$/), value: 'dog' },
    ],
    meta: { sent: expect.any(String), summary: { created: 2, not_created: 0, valid: 2, invalid: 0 } },
  });
  const [cat, dog] = added.body.data;
  expect((await x.api('GET', RULES)).body.data).toEqual([cat, dog]);
  expect((await x.api('GET', `${RULES}?ids=${dog.id}`)).body.data).toEqual([dog]);
  expect((await x.api('GET', `${RULES}/counts`)).body.data).toMatchObject({
    cap_per_project: '1000',
    client_app_rules_count: { rule_count: 2 },
  });
  const deleted = await x.api('POST', RULES, { body: { delete: { ids: [cat.id, '42'], values: ['dog'] } } });
  expect(deleted.status).toBe(200);
  expect(deleted.body.meta.summary).toEqual({ deleted: 2, not_deleted: 1 });
  expect(deleted.body.errors[0].errors[0].message).toBe('Rule does not exist');
  expect((await x.api('GET', RULES)).body.meta.result_count).toBe(0);
});

test('a page of rules leads to the next', async () => {
  await using x = await standIn();
  for (const value of ['a', 'b', 'c']) await x.rule(value);
  const first = await x.api('GET', `${RULES}?max_results=2`);
  expect(first.body.meta.next_token).toMatch(/^[0-9a-v]{16}$/);
  const second = await x.api('GET', `${RULES}?max_results=2&pagination_token=${first.body.meta.next_token}`);
  expect(second.body.data.map(({ value }: { value: string }) => value)).toEqual(['c']);
  expect(second.body.meta.next_token).toBeUndefined();
});

test('leaves out what is there already, and adds the rest', async () => {
  await using x = await standIn();
  const id = await x.rule('mug');
  const { status, body } = await x.api('POST', RULES, {
    body: { add: [{ value: 'mug', tag: 'another tag' }, { value: 'cup' }, { value: 'cup' }] },
  });
  const type = 'https://api.twitter.com/2/problems/duplicate-rules';
  expect(status).toBe(201);
  expect(body.errors).toEqual([
    { value: 'mug', id, title: 'DuplicateRule', type },
    { value: 'cup', title: 'DuplicateRule', type },
  ]);
  expect(body.meta.summary).toEqual({ created: 1, not_created: 2, valid: 1, invalid: 2 });
});

test('a rule that cannot be read keeps the others of its request out', async () => {
  await using x = await standIn();
  const { status, body } = await x.api('POST', RULES, {
    body: { add: [{ value: 'mug' }, { value: 'from:' }] },
  });
  expect(status).toBe(200);
  expect(body).toEqual({
    errors: [
      {
        value: 'from:',
        details: ["'' is not a username or user id"],
        title: 'UnprocessableEntity',
        type: 'https://api.twitter.com/2/problems/invalid-rules',
      },
    ],
    meta: { sent: expect.any(String), summary: { created: 0, not_created: 2, valid: 1, invalid: 1 } },
  });
  expect((await x.api('GET', RULES)).body.data).toBeUndefined();
});

test('a dry run changes nothing', async () => {
  await using x = await standIn();
  const id = await x.rule('mug');
  const add = await x.api('POST', `${RULES}?dry_run=true`, { body: { add: [{ value: 'cup' }] } });
  expect(add.body.meta.summary.created).toBe(1);
  const remove = await x.api('POST', `${RULES}?dry_run=true`, { body: { delete: { ids: [id] } } });
  expect(remove.body.meta.summary.deleted).toBe(1);
  expect((await x.api('GET', RULES)).body.data).toEqual([{ id, value: 'mug' }]);
});

test('deletes all', async () => {
  await using x = await standIn();
  for (const value of ['a', 'b']) await x.rule(value);
  const { body } = await x.api('POST', `${RULES}?delete_all=true`, { body: {} });
  expect(body.meta.summary).toEqual({ deleted: 2, not_deleted: 0 });
});

test('has room for a thousand rules', async () => {
  await using x = await standIn();
  const add = Array.from({ length: 999 }, (_, n) => ({ value: `mug${n}` }));
  expect((await x.api('POST', RULES, { body: { add } })).body.meta.summary.created).toBe(999);
  const tooMany = await x.api('POST', RULES, { body: { add: [{ value: 'one' }, { value: 'two' }] } });
  expect(tooMany.body.errors[0]).toMatchObject({ type: 'https://api.twitter.com/2/problems/rule-cap' });
  expect(tooMany.body.meta.summary).toMatchObject({ created: 0, not_created: 2 });
  expect((await x.api('POST', RULES, { body: { add: [{ value: 'one' }] } })).status).toBe(201);
});

test.each<[string, object]>([
  ['', {}],
  ['', { add: [] }],
  ['', { add: [{ value: 'mug', colour: 'red' }] }],
  ['', { add: [{ tag: 'mug' }] }],
  ['', { add: [{ value: 'mug' }], delete: { ids: ['1'] } }],
  ['', { delete: { ids: ['one'] } }],
  ['', { remove: ['1'] }],
  ['?delete_all=true', { add: [{ value: 'mug' }] }],
  ['?dry_run=perhaps', { add: [{ value: 'mug' }] }],
  ['?force=true', { add: [{ value: 'mug' }] }],
])('refuses the change %s %j', async (query, body) => {
  await using x = await standIn();
  const answer = await x.api('POST', `${RULES}${query}`, { body });
  expect([answer.status, answer.body.title]).toEqual([400, 'Invalid Request']);
});

test.each(['?max_results=0', '?max_results=1001', '?ids=x', '?pagination_token=1', '?page=2'])(
  'refuses to list rules by %s',
  async (query) => {
    await using x = await standIn();
    expect((await x.api('GET', `${RULES}${query}`)).status).toBe(400);
  },
);

test('counts requests to each endpoint by itself', async () => {
  await using x = await shop();
  for (let n = 0; n < 100; n += 1) await x.api('POST', RULES, { body: { add: [{ value: 'mug' }] } });
  expect((await x.api('POST', RULES, { body: { add: [{ value: 'cup' }] } })).status).toBe(429);
  expect((await x.api('GET', RULES)).headers.get('x-rate-limit-limit')).toBe('450');
});
