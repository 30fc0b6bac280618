import { beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { checkCompliance } from '../src/actions/check-compliance.ts';
import { followPosts } from '../src/actions/follow-posts.ts';
import { unlinkShopper } from '../src/actions/unlink-shopper.ts';
import { dueMails } from '../src/db/mails.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST, SHOP } from './harness/builders.ts';
import { dumpDatabase } from './harness/dump.ts';
import { aPaidOrder } from './harness/paying.ts';
import { aShopper, cartOf, deliver, outcomeOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, control, x } = shop;
const { db } = context;

beforeAll(async () => {
  await control(x, '/users', { id: SHOP, username: 'shop', name: 'Acme' });
  const created_at = new Date().toISOString();
  for (const id of [POST.mug, POST.sticker])
    await control(x, '/posts', { id, author: 'shop', text: 'Reply #AddToCart', created_at });
});

/** A shopper whom X knows, and a reply of theirs. */
async function aReplier(username: string, to = POST.mug) {
  const author = await aShopper(context);
  await db.updateTable('shoppers').set({ username }).where('x_user_id', '=', author).execute();
  await control(x, '/users', { id: author, username, name: username });
  const { id } = await control<{ id: string }>(x, '/posts', { author, text: '#AddToCart', reply_to: to });
  const reply = aReply({ id, author, to });
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe('added');
  return { author, reply };
}

/** All steps of a check, hours after the last one: it begins, is given the ids, and its results are read. */
async function check(): Promise<void> {
  await sql`update compliance_jobs set created_at = created_at - interval '9 hours'`.execute(db);
  for (const _ of ['begin and upload', 'read']) await checkCompliance(context);
}

const bodyOf = (post_id: string) =>
  db.selectFrom('replies').select('body').where('post_id', '=', post_id).executeTakeFirst();
const handleOf = async (x_user_id: string) =>
  (
    await db
      .selectFrom('shoppers')
      .select('username')
      .where('x_user_id', '=', x_user_id)
      .executeTakeFirstOrThrow()
  ).username;
async function mailed(): Promise<string> {
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  return (await shop.mails()).map(({ to, text }) => `${to} ${text}`).join();
}

test('of a deleted reply the text is forgotten, the line stays; other replies stay as they are', async () => {
  const [gone, kept] = [await aReplier('ann'), await aReplier('ben')];
  await fetch(`${x}/control/posts/${gone.reply.data.id}`, { method: 'DELETE' });
  await check();
  expect(await bodyOf(gone.reply.data.id)).toBeUndefined();
  expect(await cartOf(context, gone.author)).toEqual({ 'shop MUG': 1 });
  expect(await outcomeOf(context, gone.reply)).toBe('added');
  expect(await handleOf(gone.author)).toBe('ann');
  expect(await bodyOf(kept.reply.data.id)).toBeDefined();
});

test.each(['protected', 'suspended'])(
  'of a %s account the handle and all texts are forgotten',
  async (state) => {
    const { author, reply } = await aReplier(`was_${state}`);
    await control(x, `/users/${author}`, { [state]: true });
    await check();
    expect(await handleOf(author)).toBeNull();
    expect(await bodyOf(reply.data.id)).toBeUndefined();
    expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
  },
);

test('of a suspended account the handle is forgotten in what its merchant was mailed, too; unlinking does the same', async () => {
  for (const forget of ['suspended', 'unlinked'] as const) {
    const { shopper_id } = await aPaidOrder(shop);
    const username = `buyer_${forget}`;
    await db.updateTable('shoppers').set({ username }).where('x_user_id', '=', shopper_id).execute();
    await control(x, '/users', { id: shopper_id, username, name: 'B' });
    expect(await mailed()).toContain(`@${username}`);
    const kept = async () => (await dumpDatabase(db)).filter((row) => row.includes(username));
    expect(await kept()).not.toEqual([]);
    if (forget === 'suspended') {
      await control(x, `/users/${shopper_id}`, { suspended: true });
      await check();
    } else await unlinkShopper(context, shopper_id);
    expect(await kept()).toEqual([]);
  }
});

test('a deleted product post sells nothing more, and its merchant hears of it', async () => {
  await followPosts(context, [POST.sticker]);
  const { author } = await aReplier('cid', POST.sticker);
  await fetch(`${x}/control/posts/${POST.sticker}`, { method: 'DELETE' });
  await check();
  const late = aReply({ author, to: POST.sticker, text: '#AddToCart x2' });
  await deliver(context, late);
  expect(await outcomeOf(context, late)).toBe('ignored: not_a_product');
  expect(await cartOf(context, author)).toEqual({ 'shop STICKER': 1 });
  expect(await mailed()).toContain('Nothing can be ordered by it now.');
});

test('a product post that was hidden for a while sells again once it is seen', async () => {
  await followPosts(context, [POST.mug]);
  await control(x, `/users/${SHOP}`, { protected: true });
  await followPosts(context, [POST.mug]);
  const author = await aShopper(context);
  const [while_hidden, after] = [aReply({ author }), aReply({ author })];
  await deliver(context, while_hidden);
  expect(await outcomeOf(context, while_hidden)).toBe('ignored: not_a_product');
  await control(x, `/users/${SHOP}`, { protected: false });
  await followPosts(context, [POST.mug]);
  await deliver(context, after);
  expect(await outcomeOf(context, after)).toBe('added');
});

test('a check that X loses is begun anew; between two of them some hours pass', async () => {
  await check();
  const jobs = async () =>
    (await db.selectFrom('compliance_jobs').select(['id', 'error']).where('type', '=', 'tweets').execute())
      .length;
  const before = await jobs();
  await checkCompliance(context);
  expect(await jobs()).toBe(before);
  await sql`update compliance_jobs set created_at = created_at - interval '9 hours'`.execute(db);
  // The store of the ids is away: that job comes to nothing, the next step begins another.
  const url = context.x;
  const lost = { ...url, post: async (path: string, body: object) => withStore(await url.post(path, body)) };
  await checkCompliance({ ...context, x: lost });
  expect(await jobs()).toBe(before + 1);
  await checkCompliance(context);
  expect(await jobs()).toBe(before + 2);
});

/** X's answer, but the ids' place is where nobody listens. */
function withStore(answer: unknown): unknown {
  const { data } = answer as { data: object };
  return { data: { ...data, upload_url: 'http://127.0.0.1:1/ids' } };
}
