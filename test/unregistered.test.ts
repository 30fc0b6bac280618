import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { keptFor, repliesToSettle } from '../src/db/kept-replies.ts';
import { dueMails } from '../src/db/mails.ts';
import { forgetOld } from '../src/db/retention.ts';
import { readReplies } from '../workers/read-replies.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, newPostId, SHOP } from './harness/builders.ts';
import { aShopper, cartOf, deliver, outcomeOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { countsOf, setStock } from './harness/stock.ts';

const shop = await aShop();
const { context } = shop;
const { db } = context;

/** A reply to a post of "shop" that its catalog may not name. */
function replyTo(
  post: string,
  author: string,
  given: { text?: string; id?: string; conversation?: string; to?: string } = {},
) {
  const reply = aReply({ author, to: post, ...given });
  return { ...reply, data: { ...reply.data, in_reply_to_user_id: SHOP } };
}

/** Names a post for a product, as applying a catalog does. */
async function register(post: string, sku: string): Promise<void> {
  await sql`insert into posts (id) values (${post})`.execute(db);
  await sql`insert into post_products values (${post}, 'shop', ${sku})`.execute(db);
  await sql`insert into catalog_versions (applied_by, bot) select 'test', bot from catalog_versions order by version desc limit 1`.execute(
    db,
  );
}

const revisionsOf = async (post_id: string) =>
  (
    await db
      .selectFrom('outcomes')
      .select(['outcome', 'reason'])
      .where('post_id', '=', post_id)
      .orderBy('revision')
      .execute()
  ).map(({ outcome, reason }) => [outcome, reason].filter(Boolean).join(': '));

test('replies to a post that is registered later are settled then, the oldest first; the first outcome stays', async () => {
  await setStock(context, 'STICKER', 3);
  const post = newPostId();
  const [ann, ben] = [await aShopper(context), await aShopper(context)];
  const [first, second] = [
    replyTo(post, ann, { text: '#AddToCart x2' }),
    replyTo(post, ben, { text: '#AddToCart x2' }),
  ];
  await deliver(context, second);
  await deliver(context, first);
  expect(await outcomeOf(context, first)).toBe('ignored: not_a_product');
  expect(await repliesToSettle(db, 10)).toEqual([]);
  expect(await keptFor(db, [post])).toEqual(new Map([[post, 2]]));

  await register(post, 'STICKER');
  const due = await repliesToSettle(db, 10);
  expect(due).toEqual([first.data.id, second.data.id]);
  // Whichever of them is taken first.
  await readReplies(context, { post_ids: [second.data.id] });
  expect(await cartOf(context, ann)).toEqual({ 'shop STICKER': 2 });
  expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 });
  expect(await revisionsOf(second.data.id)).toEqual(['ignored: not_a_product', 'added']);
  expect(await repliesToSettle(db, 10)).toEqual([]);
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 3, waiting: 1 });
  await readReplies(context, { post_ids: due });
  expect(await revisionsOf(second.data.id)).toHaveLength(2);
});

test('what was kept keeps its place in line; what reads as nothing by then is kept no longer', async () => {
  await setStock(context, 'STICKER', 0);
  const post = newPostId();
  const [ann, ben, cid] = [await aShopper(context), await aShopper(context), await aShopper(context)];
  const [first, second] = [replyTo(post, ann), replyTo(post, ben)];
  const noMore = replyTo(post, SHOP);
  await deliver(context, first, second);
  await sql`insert into kept_replies (post_id, merchant_id, parent_id) values (${noMore.data.id}, 'shop', ${post})`.execute(
    db,
  );
  await deliver(context, noMore);
  await register(post, 'STICKER');
  const late = aReply({ author: cid, to: post });
  await deliver(context, late);
  await readReplies(context, { post_ids: await repliesToSettle(db, 10) });
  const line = await db
    .selectFrom('waits')
    .select('shopper_id')
    .orderBy('position')
    .orderBy('post_id')
    .execute();
  expect(line.map(({ shopper_id }) => shopper_id)).toEqual([ann, ben, cid]);
  expect(await repliesToSettle(db, 10)).toEqual([]);
});

test('a reply deep in the thread of such a post counts, too', async () => {
  const post = newPostId();
  const ann = await aShopper(context);
  const deep = replyTo(newPostId(), ann, { conversation: post });
  await deliver(context, deep);
  await register(post, 'MUG');
  await readReplies(context, { post_ids: await repliesToSettle(db, 10) });
  expect(await cartOf(context, ann)).toEqual({ 'shop MUG': 1 });
});

test('posts of strangers are nobody’s: nothing is kept', async () => {
  const post = newPostId();
  await deliver(context, aReply({ author: await aShopper(context), to: post }));
  expect(await keptFor(db, [post])).toEqual(new Map());
});

test('after a week what was kept is forgotten', async () => {
  const post = newPostId();
  await deliver(context, replyTo(post, await aShopper(context)));
  await sql`update kept_replies set kept_at = now() - interval '8 days' where parent_id = ${post}`.execute(
    db,
  );
  await forgetOld(db, context.config);
  expect(await keptFor(db, [post])).toEqual(new Map());
});

test('the merchant hears of the third reply, once', async () => {
  const post = newPostId();
  const tell = async () => {
    await sendMails(context, { mail_ids: await dueMails(db, 100) });
    return (await shop.mails()).filter(({ text }) => text?.includes(post));
  };
  const another = async () => deliver(context, replyTo(post, await aShopper(context)));
  await another();
  await another();
  expect(await tell()).toEqual([]);
  await another();
  await another();
  const [mail, ...others] = await tell();
  expect(others).toEqual([]);
  expect(mail?.subject).toContain('4 replies wait for a post that your catalog does not name');
  expect(mail?.text).toContain(`https://x.com/shop/status/${post}`);
});
