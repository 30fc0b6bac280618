import { afterEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { changeLine } from '../src/actions/change-line.ts';
import { linkShopper } from '../src/actions/link-shopper.ts';
import { moveUp } from '../src/actions/move-up.ts';
import { openCheckout } from '../src/actions/open-checkout.ts';
import { settleReplies } from '../src/actions/settle-replies.ts';
import { stopWaiting } from '../src/actions/stop-waiting.ts';
import { openContext } from '../src/context.ts';
import { type GivenClaim, writeClaims } from '../src/db/claims.ts';
import { inTransaction } from '../src/db/database.ts';
import { takeStock } from '../src/db/stock.ts';
import { endOverdueClaims, productsToMoveUp } from '../src/db/waiting-line.ts';
import { inBatches } from '../src/domain/batches.ts';
import { idAtTime } from '../src/domain/snowflake.ts';
import { work } from '../workers/main.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, newPostId, POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { eventually } from './harness/eventually.ts';
import { aShopper, cartOf, deliver, outcomeOf, store } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { countsOf, setStock } from './harness/stock.ts';

const shop = await aShop();
const { context } = shop;
const { db } = context;

const sticker = (author: string, text = '#AddToCart', id = newPostId()) =>
  aReply({ author, to: POST.sticker, text, id });
const someShoppers = (n: number) => Promise.all([...Array(n)].map(() => aShopper(context)));

afterEach(async () => {
  await db.updateTable('products').set({ ends_at: null, withdrawn_at: null }).execute();
});

/** What the sweep and its jobs do, once. */
async function sweepStock(): Promise<void> {
  await inTransaction(db, (tx) => endOverdueClaims(tx, 500));
  for (const product of await productsToMoveUp(db)) await moveUp(context, product);
}

async function makeOverdue(shopper_id: string): Promise<void> {
  for (const table of ['holds', 'waits'] as const) {
    await db
      .updateTable(table)
      .set({ until: sql`now() - interval '1 second'` })
      .where('shopper_id', '=', shopper_id)
      .where('until', 'is not', null)
      .execute();
  }
}

/** Sends a shopper's mails, without waiting for their quiet time. Returns the newest. */
async function newestMail(shopper_id: string) {
  await db
    .updateTable('mails')
    .set({ due_at: new Date(0) })
    .where('shopper_id', '=', shopper_id)
    .execute();
  const mails = await db.selectFrom('mails').select('id').where('shopper_id', '=', shopper_id).execute();
  await sendMails(context, { mail_ids: mails.map(({ id }) => id) });
  return (await shop.mails())[0];
}

const detailOf = async (reply: ReturnType<typeof aReply>) =>
  (
    await db
      .selectFrom('outcomes')
      .select('detail')
      .where('post_id', '=', reply.data.id)
      .orderBy('revision', 'desc')
      .executeTakeFirstOrThrow()
  ).detail;

const shuffled = <T>(given: T[]): T[] => {
  // A fixed order that has nothing to do with the given one.
  let seed = 7;
  return given
    .map((each) => {
      seed = (seed * 16_807) % 2_147_483_647;
      return { each, at: seed };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
};

test('more than there is: what there is, and a place in line for the rest', async () => {
  await setStock(context, 'STICKER', 3);
  const [ann] = await someShoppers(1);
  const reply = sticker(ann as string, '#AddToCart x5');
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe('added');
  expect(await detailOf(reply)).toMatchObject({
    lines: [{ sku: 'STICKER', quantity: 3 }],
    waitlist: [{ sku: 'STICKER', quantity: 2 }],
  });
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 3, sold: 0, held: 3, waiting: 2 });
  // "the same again" is what was asked for, not more and not less
  const again = sticker(ann as string);
  await deliver(context, again);
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 3, sold: 0, held: 3, waiting: 2 });
  const enough = sticker(ann as string, '#AddToCart x1');
  await deliver(context, enough);
  expect(await outcomeOf(context, enough)).toBe('set');
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 3, sold: 0, held: 1, waiting: 0 });
});

test('adding and removing leaves the stock as before, by reply and on the page', async () => {
  await setStock(context, 'STICKER', 3);
  const held = await aCart(shop, [{ to: POST.sticker, text: '#AddToCart x5' }]);
  await deliver(context, sticker(held.shopper_id, '#RemoveFromCart'));
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 3, sold: 0, held: 0, waiting: 0 });
  await deliver(context, sticker(held.shopper_id, '#AddToCart x5'));
  await changeLine(context, held.cart_id, { sku: 'STICKER', quantity: 0 });
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 3, sold: 0, held: 0, waiting: 0 });
  expect(await cartOf(context, held.shopper_id)).toEqual({});
});

test('undoing a reply on the page gives back what was there before it', async () => {
  await setStock(context, 'STICKER', 9);
  const { path, shopper_id } = await aCart(shop, [
    { to: POST.sticker, text: '#AddToCart x2' },
    { to: POST.sticker, text: '#AddToCart x5' },
  ]);
  const page = await shop.visitor().open(`${context.config.PUBLIC_URL}${path}`);
  expect(page.text).toContain('Undo: back to 2');
  expect(page.text).toContain('kept for you until');
  await page.submit(`${path}/items`, { quantity: '2' });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop STICKER': 2 });
  expect(page.text).not.toContain('Undo');
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 2 });
});

test('1,000 shoppers, 10 pieces, two workers: ten lines, the earliest of all, and nobody is lost', async () => {
  await setStock(context, 'STICKER', 10);
  await using other = await openContext(context.config, context.log);
  const replies = (await someShoppers(1_000)).map((author) => sticker(author));
  const stored = await store(context, ...replies);
  const ids = shuffled([...stored, ...stored]);
  const [left, right] = [ids.slice(0, 1_000), ids.slice(1_000)].map((half) => inBatches(half, 90));
  await Promise.all([
    ...(left as string[][]).map((batch) => settleReplies(context, batch)),
    ...(right as string[][]).map((batch) => settleReplies(other, batch)),
  ]);
  const outcomes = await Promise.all(replies.map((reply) => outcomeOf(context, reply)));
  expect(outcomes.slice(0, 10)).toEqual(Array(10).fill('added'));
  expect(outcomes.slice(10)).toEqual(Array(990).fill('waitlisted'));
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 10, sold: 0, held: 10, waiting: 990 });
  expect(
    await db
      .selectFrom('outcomes')
      .select('revision')
      .where('revision', '>', 0)
      .where('post_id', 'in', ids)
      .execute(),
  ).toEqual([]);
});

test('batches that are settled in the same moment never promise more than there is', async () => {
  await setStock(context, 'STICKER', 1_000);
  const replies = (await someShoppers(250)).map((author) => sticker(author, '#AddToCart x10'));
  const ids = await store(context, ...replies);
  await Promise.all(inBatches(ids, 50).map((batch) => settleReplies(context, batch)));
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 1_000, sold: 0, held: 1_000, waiting: 1_500 });
});

test('claims that change crosswise in the same moment wait for each other in one order', async () => {
  await setStock(context, 'TEE', 100);
  const [ann, ben] = (await someShoppers(2)) as [string, string];
  const skus = ['TEE-RED-M', 'TEE-RED-S'] as const;
  const claim = (shopper_id: string, sku: string, held: number): GivenClaim => ({
    ...{ merchant_id: 'shop', sku, shopper_id, held },
    ...{ waiting: 0, position: '1', minutes: 5, linked: true },
  });
  // Not tried again, as it would be elsewhere: a deadlock is an error.
  const write = (...claims: GivenClaim[]) => db.transaction().execute((tx) => writeClaims(tx, claims));
  // One gives the first back and takes the second, the other takes both; then the other way round.
  for (const [given, taken] of [skus, [...skus].reverse()] as Array<[string, string]>) {
    await write(claim(ann, given, 1), claim(ann, taken, 0));
    const gate = await context.db.startTransaction().execute();
    await sql`select from variants where sku = any(${skus}::text[]) order by sku for no key update`.execute(
      gate,
    );
    const both = write(claim(ben, skus[0], 1), claim(ben, skus[1], 1));
    const swap = write(claim(ann, given, 0), claim(ann, taken, 1));
    await eventually(async () => {
      const { rows } = await sql`select from pg_stat_activity where wait_event_type = 'Lock'
        and datname = current_database()`.execute(db);
      expect(rows).toHaveLength(2);
    });
    await gate.commit().execute();
    await Promise.all([both, swap]);
    await write(...skus.flatMap((sku) => [claim(ann, sku, 0), claim(ben, sku, 0)]));
  }
  expect(await countsOf(context, skus[0])).toMatchObject({ held: 0 });
});

test('a hold that ends goes to the next in line, whose reply becomes "added", with a mail', async () => {
  await setStock(context, 'STICKER', 1);
  const [ann, ben, cid] = (await someShoppers(3)) as [string, string, string];
  const [first, second, third] = [sticker(ann), sticker(ben), sticker(cid)];
  await deliver(context, first, second, third);
  await makeOverdue(ann);
  await sweepStock();
  expect(await outcomeOf(context, second)).toBe('added');
  expect(await outcomeOf(context, third)).toBe('waitlisted');
  expect(await detailOf(second)).toMatchObject({ moved_up: true, lines: [{ sku: 'STICKER', quantity: 1 }] });
  expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 });
  // The line that was kept stays in the first one's cart; it is only not kept any more.
  expect(await cartOf(context, ann)).toEqual({ 'shop STICKER': 1 });
  const mail = await newestMail(ben);
  expect(mail?.subject).toBe('[TEST] Your turn: Sticker is in your cart (Acme Stoneware)');
  expect(mail?.text).toContain('It is your turn: we have put into your cart: 1 × Sticker.');
});

test('newcomers do not go before those who wait', async () => {
  await setStock(context, 'STICKER', 1);
  const [ann, ben, cid] = (await someShoppers(3)) as [string, string, string];
  await deliver(context, sticker(ann), sticker(ben));
  await deliver(context, sticker(ann, '#RemoveFromCart'));
  const late = sticker(cid);
  await deliver(context, late);
  expect(await outcomeOf(context, late)).toBe('waitlisted');
  await sweepStock();
  expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 });
  expect(await cartOf(context, cid)).toEqual({});
});

test('a delivery moves as many up as it brings, and no more than a shopper may have', async () => {
  await setStock(context, 'STICKER', 0);
  const [ann, ben] = (await someShoppers(2)) as [string, string];
  const [four, two] = [sticker(ann, '#AddToCart x4'), sticker(ben, '#AddToCart x2')];
  await deliver(context, four, two);
  await db.updateTable('variants').set({ stock: 5 }).where('sku', '=', 'STICKER').execute();
  await sweepStock();
  expect(await cartOf(context, ann)).toEqual({ 'shop STICKER': 4 });
  expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 });
  expect(await detailOf(two)).toMatchObject({ waitlist: [{ sku: 'STICKER', quantity: 1 }] });
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 5, sold: 0, held: 5, waiting: 1 });
});

test.each([
  ['is over', { ends_at: new Date(0) }],
  ['is withdrawn', { withdrawn_at: new Date() }],
])('who waits for what %s hears that, and waits no longer', async (_name, change) => {
  await setStock(context, 'STICKER', 1);
  const [ann, ben] = (await someShoppers(2)) as [string, string];
  const [first, second] = [sticker(ann), sticker(ben, '#AddToCart x2')];
  await deliver(context, first, second);
  await db.updateTable('products').set(change).where('sku', '=', 'STICKER').execute();
  await sweepStock();
  await sweepStock();
  expect(await outcomeOf(context, second)).toBe('refused: ended');
  expect(await detailOf(second)).toMatchObject({ waitlist: [{ sku: 'STICKER', quantity: 2 }] });
  expect(await outcomeOf(context, first)).toBe('added');
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 1, waiting: 0 });
  expect((await newestMail(ben))?.text).toContain('so you do not wait for 2 × Sticker any longer');
});

test('who has not linked keeps piece and place for a while, and then it is the next one’s turn', async () => {
  await setStock(context, 'STICKER', 1);
  const ann = { id: '4111111111111111111', username: 'ann', confirmed_email: 'ann@shopper.example' };
  const [ben] = (await someShoppers(1)) as [string];
  const [first, second] = [sticker(ann.id), sticker(ben)];
  await deliver(context, first, second);
  expect(await outcomeOf(context, first)).toBe('held');
  expect(await outcomeOf(context, second)).toBe('waitlisted');
  await sweepStock();
  expect(await cartOf(context, ben)).toEqual({});
  await makeOverdue(ann.id);
  await sweepStock();
  expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 });
  // Too late: behind everybody who has replied by now.
  const cid = await aShopper(context);
  const third = sticker(cid, '#AddToCart', idAtTime(new Date(Date.now() - 60_000)));
  await deliver(context, third);
  await linkShopper(context, ann, { version: '2026-11', locale: 'en' });
  expect(await outcomeOf(context, first)).toBe('waitlisted');
  await deliver(context, sticker(ben, '#RemoveFromCart', idAtTime(new Date())));
  await sweepStock();
  expect(await outcomeOf(context, third)).toBe('added');
});

test('who links in time gets the piece that was kept', async () => {
  await setStock(context, 'STICKER', 1);
  const ann = { id: '4222222222222222222', username: 'ann2', confirmed_email: 'ann2@shopper.example' };
  const ben = await aShopper(context);
  const [first, second] = [sticker(ann.id), sticker(ben)];
  await deliver(context, first, second);
  await linkShopper(context, ann, { version: '2026-11', locale: 'en' });
  expect(await outcomeOf(context, first)).toBe('added');
  expect(await outcomeOf(context, second)).toBe('waitlisted');
  expect(await countsOf(context, 'STICKER')).toEqual({ stock: 1, sold: 0, held: 1, waiting: 1 });
  // For as long as anybody's: the short time was for linking.
  await sweepStock();
  const { until } = await db
    .selectFrom('holds')
    .select('until')
    .where('shopper_id', '=', ann.id)
    .executeTakeFirstOrThrow();
  expect(until.getTime()).toBeGreaterThan(Date.now() + 60 * 60_000);
});

test('the checkout keeps the pieces again, if they are still there', async () => {
  await setStock(context, 'STICKER', 1);
  const [ann, ben] = [await aCart(shop, [{ to: POST.sticker }]), await aShopper(context)];
  await makeOverdue(ann.shopper_id);
  await sweepStock();
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 0 });
  const page = { returnUrl: 'https://x.example', shippingLabel: 'S', language: 'en' };
  expect(await openCheckout(context, ann.cart_id, 740, page)).toMatchObject({ kind: 'pay' });
  const late = sticker(ben);
  await deliver(context, late);
  expect(await outcomeOf(context, late)).toBe('waitlisted');
  await makeOverdue(ann.shopper_id);
  await sweepStock();
  expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 });
  expect(await openCheckout(context, ann.cart_id, 740, page)).toEqual({ kind: 'unavailable' });
});

test('first_paid: nothing is kept, nobody waits', async () => {
  await setStock(context, 'STICKER', 1, 'first_paid');
  const [ann, ben] = (await someShoppers(2)) as [string, string];
  const [first, second] = [sticker(ann), sticker(ben)];
  await deliver(context, first, second);
  expect(await outcomeOf(context, first)).toBe('added');
  expect(await outcomeOf(context, second)).toBe('added');
  await db.updateTable('variants').set({ sold: 1 }).where('sku', '=', 'STICKER').execute();
  const third = sticker(await aShopper(context));
  await deliver(context, third);
  expect(await outcomeOf(context, third)).toBe('refused: sold_out');
});

test('the cart page shows the line and lets the shopper leave it', async () => {
  await setStock(context, 'STICKER', 1);
  await deliver(context, sticker(await aShopper(context)), sticker(await aShopper(context), '#AddToCart x2'));
  const { path, cart_id } = await aCart(shop, [{ to: POST.sticker }]);
  const page = await shop.visitor().open(`${context.config.PUBLIC_URL}${path}`);
  expect(page.text).toContain('1 × Sticker 2 pieces are before your turn.');
  await stopWaiting(context, cart_id, 'MUG');
  await page.submit(`${path}/waiting`);
  expect(page.text).toContain('Nothing is in this cart');
  expect(await countsOf(context, 'STICKER')).toMatchObject({ waiting: 2 });
});

test('a running worker ends holds and moves the line up by itself', async () => {
  await setStock(context, 'STICKER', 1);
  const [ann, ben] = (await someShoppers(2)) as [string, string];
  await deliver(context, sticker(ann), sticker(ben));
  await makeOverdue(ann);
  const stop = new AbortController();
  const working = work(context, stop.signal);
  await eventually(async () => expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 }));
  stop.abort();
  await working;
});

test('less stock than is kept: the first to pay get what there is, the others read so before', async () => {
  await setStock(context, 'STICKER', 3);
  const held = await Promise.all([1, 2, 3].map(() => aCart(shop, [{ to: POST.sticker }])));
  await db.updateTable('variants').set({ stock: 1 }).where('sku', '=', 'STICKER').execute();
  const [first, second] = held as [(typeof held)[number], (typeof held)[number]];
  const take = ({ shopper_id }: { shopper_id: string }) =>
    inTransaction(db, (tx) =>
      takeStock(tx, { merchant_id: 'shop', shopper_id }, [{ sku: 'STICKER', quantity: 1 }]),
    );
  expect(await take(first)).toBe(true);
  const page = await shop.visitor().open(`${context.config.PUBLIC_URL}${second.path}`);
  expect(page.text).toContain('sold out');
  expect(await take(second)).toBe(false);
});

test('who waits for more can change what is in the cart, and goes on waiting', async () => {
  await setStock(context, 'STICKER', 3);
  const held = await aCart(shop, [{ to: POST.sticker, text: '#AddToCart x5' }]);
  expect(await changeLine(context, held.cart_id, { sku: 'STICKER', quantity: 2 })).toEqual({
    kind: 'changed',
  });
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 2, waiting: 2 });
});

test('older replies that wait for X do not hold up those that wait for nothing', async () => {
  await setStock(context, 'STICKER', 2);
  const conversation = POST.mugAndTee;
  await sql`insert into post_products values (${conversation}, 'shop', 'STICKER') on conflict do nothing`.execute(
    db,
  );
  await setStock(context, 'STICKER', 2);
  const older = [...Array(801)].map(() =>
    aReply({ to: newPostId(), conversation, author: '4333333333333333333' }),
  );
  const reply = aReply({ author: await aShopper(context), to: POST.sticker, conversation });
  await store(context, ...older, reply);
  await settleReplies(context, [reply.data.id], false, { later: async () => {} });
  expect(await outcomeOf(context, reply)).toBe('added');
  await sql`delete from post_products where post_id = ${conversation} and product_sku = 'STICKER'`.execute(
    db,
  );
  await sql`delete from replies where post_id = any(${older.map(({ data }) => data.id)}::bigint[])`.execute(
    db,
  );
});

test('nobody moves up to what is not for sale', async () => {
  await setStock(context, 'STICKER', 0);
  const reply = sticker(await aShopper(context));
  await deliver(context, reply);
  await db.updateTable('variants').set({ stock: 5, paused: true }).where('sku', '=', 'STICKER').execute();
  expect(await productsToMoveUp(db)).toEqual([]);
  await moveUp(context, { merchant_id: 'shop', product_sku: 'STICKER' });
  expect(await outcomeOf(context, reply)).toBe('waitlisted');
  await db.updateTable('variants').set({ paused: null }).where('sku', '=', 'STICKER').execute();
  await sweepStock();
  expect(await outcomeOf(context, reply)).toBe('added');
});

test('stock that is not counted any more is there for all who wait; what they take back stays back', async () => {
  await setStock(context, 'STICKER', 0);
  const [ann, ben] = (await someShoppers(2)) as [string, string];
  await deliver(context, sticker(ann), sticker(ben));
  await db.updateTable('products').set({ stock_mode: 'none' }).where('sku', '=', 'STICKER').execute();
  await db.updateTable('variants').set({ stock: null }).where('sku', '=', 'STICKER').execute();
  await sql`insert into catalog_versions (applied_by, bot) select 'test', bot from catalog_versions order by version desc limit 1`.execute(
    db,
  );
  const back = sticker(ann, '#RemoveFromCart');
  await deliver(context, back);
  expect(await outcomeOf(context, back)).toBe('removed');
  await sweepStock();
  expect(await cartOf(context, ann)).toEqual({});
  expect(await cartOf(context, ben)).toEqual({ 'shop STICKER': 1 });
});

test('who has not linked gets no more kept than one shopper may have, and "one more" counts', async () => {
  await setStock(context, 'TEE', 9);
  const author = '4444444444444444444';
  const tee = (text: string) => aReply({ author, to: POST.tee, text });
  const [first, more, last] = [
    tee('#AddToCart x4 red M'),
    tee('one more #AddToCart red M'),
    tee('#AddToCart x3 blue L'),
  ];
  await deliver(context, first, more, last);
  expect(await outcomeOf(context, more)).toBe('held');
  expect(await outcomeOf(context, last)).toBe('refused: over_limit');
  expect(await countsOf(context, 'TEE-RED-M')).toMatchObject({ held: 5 });
  expect(await countsOf(context, 'TEE-BLUE-L')).toMatchObject({ held: 0 });
});

test('"L, not M" with both in the cart takes the M out', async () => {
  await setStock(context, 'TEE', 9);
  const author = await aShopper(context);
  const tee = (text: string) => aReply({ author, to: POST.tee, text });
  await deliver(context, tee('#AddToCart 1 black M and 1 black L'));
  const change = tee('#AddToCart L black, not M');
  await deliver(context, change);
  expect(await outcomeOf(context, change)).toBe('removed');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-BLACK-L': 1 });
  expect(await countsOf(context, 'TEE-BLACK-M')).toMatchObject({ held: 0 });
});
