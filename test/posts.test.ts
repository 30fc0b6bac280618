import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { checkPosts } from '../src/actions/check-posts.ts';
import { followPosts } from '../src/actions/follow-posts.ts';
import { dueMails } from '../src/db/mails.ts';
import { postsToReadAgain } from '../src/db/posts.ts';
import { idAtTime } from '../src/domain/snowflake.ts';
import { sendMails } from '../workers/send-mails.ts';
import { POST, SHOP } from './harness/builders.ts';
import { replycart } from './harness/cli.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, control, x } = shop;
const { db, config } = context;

beforeAll(async () => {
  await control(x, '/users', {
    ...{ id: SHOP, username: 'shop', name: 'Acme' },
    description: 'Mugs. First time? http://localhost:3999/link',
  });
  await control(x, '/users', { id: '2222222222222222222', username: 'sam_shops', name: 'Sam' });
  const created_at = new Date().toISOString();
  const posts = [
    { id: POST.mug, author: 'shop', text: 'The mug, $18. Reply #AddToCart' },
    { id: POST.sticker, author: 'shop', text: 'A sticker! <3 Reply #AddToCart' },
    { id: POST.ebook, author: 'shop', text: 'The book, $19! Reply below.' },
    { id: POST.lamp, author: 'sam_shops', text: 'A lamp! Reply #AddToCart' },
  ];
  for (const post of posts) await control(x, '/posts', { ...post, created_at });
});
beforeEach(async () => {
  config.X_DAILY_BUDGET_USD = 5;
});

const edit = (id: string, text: string) => control<{ id: string }>(x, `/posts/${id}/edit`, { text });
const stored = (id: string) =>
  db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
/** The mails to merchants that are due now, sent. */
async function mailed(): Promise<string[]> {
  const before = (await shop.mails()).length;
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  const mails = (await shop.mails()).slice(0, (await shop.mails()).length - before);
  return mails.map(({ to, text }) => `${to} ${text}`);
}

test('what a product post says is remembered, and its merchant hears of it only when something is new', async () => {
  expect(await followPosts(context, [POST.mug])).toBe(true);
  expect(await stored(POST.mug)).toMatchObject({
    conversation_id: POST.mug,
    text: 'The mug, $18. Reply #AddToCart',
    findings: [],
  });
  expect(await mailed()).toEqual([]);

  const edited = await edit(POST.mug, 'The mug, now $21. Reply #AddToCart');
  await followPosts(context, [POST.mug]);
  const [mail, ...others] = await mailed();
  expect(others).toEqual([]);
  for (const part of [
    'help@shop.example',
    'It says something else than when we read it last.',
    'It names another price than your catalog, where it is $18.00.',
    'The mug, now $21. Reply #AddToCart',
    `https://x.com/shop/status/${POST.mug}`,
  ])
    expect(mail).toContain(part);
  expect(await db.selectFrom('post_aliases').selectAll().execute()).toEqual([
    { id: edited.id, post_id: POST.mug },
  ]);

  await followPosts(context, [POST.mug]);
  expect(await mailed()).toEqual([]);
});

test('a post without a tag of its merchant', async () => {
  await followPosts(context, [POST.ebook]);
  const [mail] = await mailed();
  expect(mail).toContain('It does not tell readers what to reply: write #AddToCart');
  expect(mail).toContain('another price than your catalog, where it is $9.00');
  await followPosts(context, [POST.ebook]);
  expect(await mailed()).toEqual([]);
});

test('posts for which the budget is not enough stay unread', async () => {
  config.X_DAILY_BUDGET_USD = 0;
  expect(await followPosts(context, [POST.sticker])).toBe(false);
  expect(await stored(POST.sticker)).toMatchObject({ checked_at: null, text: null });
});

test('a post is read again 5, 30 and 60 minutes after it was written, and then no more', async () => {
  const written = new Date('2026-11-20T10:00:00Z');
  const id = idAtTime(written);
  const at = (minutes: number): Date => new Date(written.getTime() + minutes * 60_000);
  await sql`insert into posts (id) values (${id})`.execute(db);
  await sql`insert into post_products values (${id}, 'shop', 'MUG')`.execute(db);
  const due = async (read: number, now: number): Promise<boolean> => {
    await sql`update posts set checked_at = ${at(read)} where id = ${id}`.execute(db);
    return (await postsToReadAgain(db, at(now), 100)).includes(id);
  };
  const reads = [
    [1, 4, false],
    [1, 6, true],
    [6, 29, false],
    [6, 31, true],
    [6, 61, true],
    [31, 59, false],
    [31, 61, true],
    [61, 90, false],
    [1, 25 * 60, false],
  ] as const;
  for (const [read, now, expected] of reads)
    expect([read, now, await due(read, now)]).toEqual([read, now, expected]);
  await sql`delete from post_products where post_id = ${id}`.execute(db);
});

test('catalog posts: a line for each fault and warning, and exit code 1 for faults', async () => {
  const all = await catalogPosts();
  expect(all.code).toBe(1);
  expect(all.stderr).toMatch(/\d+ fault\(s\) in \d+ post\(s\)/);
  const lines = all.stdout.trim().split('\n');
  const about = (id: string): string[] => lines.filter((line) => line.includes(id));
  expect(about(POST.sticker)).toEqual([]);
  expect(about(POST.mug)).toEqual([expect.stringMatching(/: warning: it names another price/)]);
  expect(about(POST.ebook)).toEqual([
    expect.stringMatching(/^https:\/\/x\.com\/shop\/status\/\d+: warning: it does not tell/),
    expect.stringMatching(/: warning: it names another price/),
  ]);
  expect(about(POST.lamp)).toEqual([expect.stringMatching(/: fault: it was written by another account/)]);
  expect(about(POST.rivalCup)).toEqual([
    expect.stringMatching(/rival\/status\/\d+: fault: X does not show it/),
  ]);

  const json = await catalogPosts('--json');
  const { checked, faults } = JSON.parse(json.stdout);
  expect(faults).toHaveLength(lines.length);
  expect(checked).toBeGreaterThan(10);

  await control(x, '/faults', { kind: 'answer', answer: 'unavailable', path: '/2/tweets', times: 1 });
  expect(await catalogPosts()).toMatchObject({ code: 69, stdout: '' });
  config.X_DAILY_BUDGET_USD = 0;
  const none = await catalogPosts();
  expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('not checked') });
});

const catalogPosts = (...options: string[]) => replycart(config, 'catalog', 'posts', ...options);

test('a post is at fault when neither it nor the profile tells newcomers the way', async () => {
  config.X_DAILY_BUDGET_USD = 5;
  const newcomer = await control<{ id: string }>(x, '/users', {
    username: 'rival',
    id: '3333333333333333333',
    name: 'Rival',
  });
  expect(newcomer.id).toBe('3333333333333333333');
  const created_at = new Date().toISOString();
  await control(x, '/posts', {
    id: POST.rivalCup,
    author: 'rival',
    text: 'A cup. Reply #AddToCart',
    created_at,
  });
  const found = async (): Promise<string[]> => {
    const { faults } = await checkPosts(context, [POST.rivalCup, POST.mug]);
    return faults.filter(({ finding }) => finding === 'no_way').map(({ post_id }) => post_id);
  };
  expect(await found()).toEqual([POST.rivalCup]);
  const { stdout } = await catalogPosts();
  expect(stdout).toMatch(/rival\/status\/\d+: fault: neither it nor the merchant’s profile/);
  expect(stdout).toContain('Link your account once: http://localhost:3999/link');
  // Profiles for which the budget is not enough are not spoken of.
  const { rows } = await sql<{ spent: string }>`select sum(micro_dollars) as spent from spending`.execute(db);
  config.X_DAILY_BUDGET_USD = (Number(rows[0]?.spent) + 10_000) / 1e6;
  expect(await found()).toEqual([]);
  config.X_DAILY_BUDGET_USD = 5;
  for (const other of ['http://localhost:39990/link', 'https://notlocalhost:3999/link']) {
    await edit(POST.rivalCup, `A cup. Reply #AddToCart. First time? ${other}`);
    expect(await found()).toEqual([POST.rivalCup]);
  }
  await edit(POST.rivalCup, 'A cup. Reply #AddToCart. First time? http://localhost:3999/link');
  expect(await found()).toEqual([]);
});
