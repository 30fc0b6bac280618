import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { forgetOld } from '../src/db/retention.ts';
import { grant, noteSpent } from '../src/db/spending.ts';
import { work } from '../workers/main.ts';
import { atEnd } from './harness/at-end.ts';
import { aReply, newPostId, POST, type ReplyGiven, SHOP } from './harness/builders.ts';
import { eventually } from './harness/eventually.ts';
import { aShopper, cartOf, outcomeOf, store } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, control, x } = shop;
const { db, config } = context;
type Reply = ReturnType<typeof aReply>;

const stop = new AbortController();
const THREAD = newPostId();

beforeAll(async () => {
  await control(x, '/users', { id: SHOP, username: 'shop', name: 'Acme' });
  await control(x, '/users', { id: '2222222222222222222', username: 'sam_shops', name: 'Sam' });
  const now = new Date().toISOString();
  const posts = [
    { id: POST.mug, author: 'shop', text: 'A mug! Reply #AddToCart' },
    // Two product posts in one conversation, and one in a thread of somebody else.
    { id: POST.sticker, author: 'shop', text: 'A sticker! Reply #AddToCart', reply_to: POST.mug },
    { id: THREAD, author: 'sam_shops', text: 'What shall I read?' },
    { id: POST.ebook, author: 'shop', text: 'This! Reply #AddToCart', reply_to: THREAD },
  ];
  for (const post of posts) await control(x, '/posts', { ...post, created_at: now });
  await sql`update posts set conversation_id = ${POST.mug}, checked_at = now() where id = ${POST.sticker}`.execute(
    db,
  );
  await sql`insert into catalog_versions (applied_by) values ('test')`.execute(db);
  const working = work(context, stop.signal);
  atEnd(async () => {
    stop.abort();
    await working;
  });
});
afterEach(async () => {
  await fetch(`${x}/control/faults`, { method: 'DELETE' });
  config.X_DAILY_BUDGET_USD = 5;
});

/** Somebody's words below a post, which X knows and we do not. */
const comment = async (reply_to: string): Promise<string> =>
  (await control<{ id: string }>(x, '/posts', { author: 'sam_shops', text: 'Lovely!', reply_to })).id;

/** X delivers replies, and a job is queued for them. */
async function deliver(...replies: Reply[]): Promise<void> {
  await context.queues.add('read-replies', { post_ids: await store(context, ...replies) });
}

async function order(given: ReplyGiven): Promise<{ author: string; reply: Reply }> {
  const author = await aShopper(context);
  return { author, reply: aReply({ author, ...given }) };
}

const settled = (reply: Reply, outcome: string) =>
  eventually(async () => expect(await outcomeOf(context, reply)).toBe(outcome));
const lookedUp = async (): Promise<number> => {
  const { rows } = await sql<{ units: number }>`select units from spending where what = 'parents'`.execute(
    db,
  );
  return rows[0]?.units ?? 0;
};
const detailOf = async (reply: Reply) =>
  (
    await db
      .selectFrom('outcomes')
      .select('detail')
      .where('post_id', '=', reply.data.id)
      .executeTakeFirstOrThrow()
  ).detail;

test('a reply deep below a product post, in a conversation that nobody registered', async () => {
  const to = await comment(await comment(POST.ebook));
  const { author, reply } = await order({ to, conversation: THREAD });
  await deliver(reply);
  await settled(reply, 'added');
  expect(await cartOf(context, author)).toEqual({ 'shop EBOOK': 1 });
  expect(await lookedUp()).toBe(2);

  // X is asked for each post once; and not for what it has delivered.
  const second = await order({ to, conversation: THREAD });
  const third = await order({ to: second.reply.data.id, conversation: THREAD });
  await deliver(second.reply, third.reply);
  await settled(third.reply, 'added');
  expect(await cartOf(context, third.author)).toEqual({ 'shop EBOOK': 1 });
  expect(await lookedUp()).toBe(2);
});

test('of several product posts in a conversation, the nearest above counts, not the root', async () => {
  const { author, reply } = await order({ to: await comment(POST.sticker), conversation: POST.mug });
  await deliver(reply);
  await settled(reply, 'added');
  expect(await cartOf(context, author)).toEqual({ 'shop STICKER': 1 });
  expect(await detailOf(reply)).toMatchObject({ found_by: 'ancestor' });
});

test.each([
  ['the post that is answered is a product post', { to: POST.sticker, conversation: POST.mug }],
  [
    'the conversation has one product only',
    { to: '2090000000000000001', conversation: '2080761412334947880' },
  ],
  ['no tag of ours', { to: '2090000000000000002', conversation: THREAD, text: 'Nice #weather' }],
])('X is not asked where that changes nothing: %s', async (_what, given) => {
  const before = await lookedUp();
  const { reply } = await order(given);
  await deliver(reply);
  await eventually(async () => expect(await outcomeOf(context, reply)).not.toBe('none'));
  expect(await lookedUp()).toBe(before);
});

test('a post that X shows to nobody ends the way up: the conversation decides, and X is not asked again', async () => {
  const gone = await comment(POST.sticker);
  await fetch(`${x}/control/posts/${gone}`, { method: 'DELETE' });
  const before = await lookedUp();
  for (const _ of [1, 2]) {
    const { author, reply } = await order({ to: gone, conversation: POST.mug });
    await deliver(reply);
    await settled(reply, 'added');
    expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
    expect(await detailOf(reply)).toMatchObject({ found_by: 'conversation_root' });
  }
  expect(await lookedUp()).toBe(before); // what X does not find, it does not bill
  const cached = await db
    .selectFrom('known_posts')
    .select('found')
    .where('id', '=', gone)
    .executeTakeFirstOrThrow();
  expect(cached.found).toBe(false);
});

test('an edited product post is found by its new id, and known by it from then on', async () => {
  const edited = await control<{ id: string }>(x, `/posts/${POST.sticker}/edit`, {
    text: 'A sticker, now in blue! Reply #AddToCart',
  });
  const { author, reply } = await order({ to: edited.id, conversation: POST.mug });
  await deliver(reply);
  await settled(reply, 'added');
  expect(await cartOf(context, author)).toEqual({ 'shop STICKER': 1 });
  const aliases = await db.selectFrom('post_aliases').selectAll().where('id', '=', edited.id).execute();
  expect(aliases).toEqual([{ id: edited.id, post_id: POST.sticker }]);
  expect((await context.catalog())?.offers.has(edited.id)).toBe(true);
});

test.each(['unavailable', 'rate_limited', 'no_credits'])(
  '%s: the reply waits for the next attempt, and holds nobody up',
  async (answer) => {
    await control(x, '/faults', { kind: 'answer', answer, path: '/2/tweets', times: 2 });
    const waiting = await order({ to: await comment(POST.sticker), conversation: POST.mug });
    const other = await order({ to: POST.mug });
    await deliver(waiting.reply, other.reply);
    await settled(other.reply, 'added');
    expect(await outcomeOf(context, waiting.reply)).toBe('none');
    await settled(waiting.reply, 'added');
    expect(await cartOf(context, waiting.author)).toEqual({ 'shop STICKER': 1 });
  },
);

test('while X is away for long, replies are settled with what is known', async () => {
  await control(x, '/faults', { kind: 'answer', answer: 'unavailable', path: '/2/tweets', times: 100 });
  const before = await lookedUp();
  const { author, reply } = await order({ to: await comment(POST.sticker), conversation: POST.mug });
  await deliver(reply);
  await eventually(async () => expect(await outcomeOf(context, reply)).toBe('added'), 40_000);
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
  expect(await detailOf(reply)).toMatchObject({ unknown_above: 'x_unavailable' });
  expect(await lookedUp()).toBe(before);
}, 60_000);

test('when the day’s budget is used up, replies are settled with what is known', async () => {
  config.X_DAILY_BUDGET_USD = 0;
  const { author, reply } = await order({ to: await comment(POST.sticker), conversation: POST.mug });
  await deliver(reply);
  await settled(reply, 'added');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
  expect(await detailOf(reply)).toMatchObject({ unknown_above: 'budget' });
});

test('a reply that was kept for a post that is registered later is read with the posts above it', async () => {
  const root = await control<{ id: string }>(x, '/posts', { author: 'shop', text: 'Two things!' });
  const below = await control<{ id: string }>(x, '/posts', {
    author: 'shop',
    text: 'Which?',
    reply_to: root.id,
  });
  const { author, reply } = await order({
    to: below.id,
    conversation: root.id,
    text: '#AddToCart the mug please',
  });
  Object.assign(reply.data, { in_reply_to_user_id: SHOP });
  config.X_DAILY_BUDGET_USD = 0;
  await deliver(reply);
  await settled(reply, 'ignored: not_a_product');
  config.X_DAILY_BUDGET_USD = 5;
  await sql`insert into posts (id, checked_at, conversation_id) values (${root.id}, now(), ${root.id})`.execute(
    db,
  );
  await sql`insert into post_products values (${root.id}, 'shop', 'MUG'), (${root.id}, 'shop', 'STICKER')`.execute(
    db,
  );
  await sql`insert into catalog_versions (applied_by) values ('test')`.execute(db);
  await settled(reply, 'added');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
});

test('what X told is forgotten after a week', async () => {
  await sql`insert into known_posts (id, found, fetched_at) values
    (1, true, now() - interval '6 days'), (2, true, now() - interval '9 days')`.execute(db);
  await forgetOld(db, config);
  const left = await db.selectFrom('known_posts').select('id').where('id', 'in', ['1', '2']).execute();
  expect(left).toEqual([{ id: '1' }]);
});

test('a held reply whose parents X could not tell is settled anew when its author has linked', async () => {
  const author = '6400000000000000001';
  const reply = aReply({ author, to: await comment(POST.sticker), conversation: POST.mug });
  config.X_DAILY_BUDGET_USD = 0;
  await deliver(reply);
  await settled(reply, 'held');
  config.X_DAILY_BUDGET_USD = 5;
  await sql`insert into shoppers (x_user_id, username, email, linked_at) values (${author}, 'late', null, now() - interval '1 minute')`.execute(
    db,
  );
  await settled(reply, 'added');
  expect(await cartOf(context, author)).toEqual({ 'shop STICKER': 1 });
});

test('the budget grants as much as is left, also to many who ask at once', async () => {
  await sql`delete from spending`.execute(db);
  const ask = () => grant(db, { what: 'parents', units: 3, price: 5_000, budget: 50_000 });
  const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
  expect(answers.map(({ granted }) => granted).sort()).toEqual([0, 1, 3, 3, 3]);
  expect(answers.filter(({ first }) => first)).toHaveLength(1);
});

test('what is given back after midnight does not make the new day’s budget larger', async () => {
  await sql`delete from spending`.execute(db);
  await noteSpent(db, { what: 'parents', units: -5, price: 5_000 });
  const { granted } = await grant(db, { what: 'parents', units: 9, price: 5_000, budget: 10_000 });
  expect(granted).toBe(2);
});

test('a chain that is too deep ends where it is', async () => {
  let to = POST.sticker;
  for (let depth = 0; depth < 12; depth++) to = await comment(to);
  const { author, reply } = await order({ to, conversation: POST.mug });
  await deliver(reply);
  await settled(reply, 'added');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
  expect(await detailOf(reply)).toMatchObject({ unknown_above: 'too_deep' });
});
