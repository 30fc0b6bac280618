import { expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { settleReplies } from '../src/actions/settle-replies.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { findPurchase } from '../src/db/purchases.ts';
import { buyNow } from '../workers/buy-now.ts';
import { chargeCard } from '../workers/charge-card.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { aReply, newPostId, POST } from './harness/builders.ts';
import {
  anEnrolled,
  cartPathOf,
  chargedTo,
  type Keeper,
  letRepliesBuy,
  newestOutcome,
  ordersOf,
  purchaseOf,
  says,
  setHashtags,
  timePasses,
} from './harness/buying.ts';
import { sendAll } from './harness/mails.ts';
import { deliver, store } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
await letRepliesBuy(context);

test('limits of a day hold over several replies', async () => {
  const sam = await anEnrolled(shop, { per_order: 5_000, per_day: 5_000 });
  const first = await says(shop, sam);
  const second = await says(shop, sam, '#BuyNow small red', { to: POST.tee });
  const third = await says(shop, sam, '#BuyNow', { to: POST.ebook });
  await timePasses(shop);
  await timePasses(shop);
  const ends = await Promise.all([first, second, third].map((post) => purchaseOf(shop, post)));
  expect(ends).toEqual(['bought', 'confirming: over_day', 'bought']);
  expect((await chargedTo(shop, sam.customer)).sort()).toEqual([2_290, 900]);
});

const said = ({ id: author }: Keeper, to?: string, text = '#BuyNow') =>
  aReply({ author, id: newPostId(new Date()), text, ...(to ? { to } : {}) });

test('in one batch, too, each counts for those after it', async () => {
  const [sam, kim] = [await anEnrolled(shop, { per_order: 5_000, per_day: 5_000 }), await anEnrolled(shop)];
  const batch = [
    said(sam),
    said(kim, POST.tee, '#BuyNow small red'),
    said(sam, POST.tee, '#BuyNow small red'),
    said(sam, POST.ebook),
    said(kim, POST.tee, '#BuyNow medium red'),
  ];
  await deliver(context, ...batch);
  const post_ids = batch.map(({ data }) => data.id);
  expect(await Promise.all(post_ids.map((id) => purchaseOf(shop, id)))).toEqual([
    'waiting',
    'waiting',
    'confirming: over_day',
    'waiting',
    'confirming: again',
  ]);
  const announced = await db
    .selectFrom('purchases as p')
    .innerJoin('mails as m', (join) =>
      join.onRef('m.id', '=', 'p.mail_id').onRef('m.purchase_id', '=', 'p.post_id'),
    )
    .innerJoin('outcomes as o', (join) =>
      join.onRef('o.post_id', '=', 'p.post_id').onRef('o.mail_id', '=', 'm.id'),
    )
    .select(['p.post_id', 'm.kind'])
    .where('p.post_id', 'in', post_ids)
    .orderBy('p.post_id')
    .execute();
  expect(announced).toEqual(post_ids.map((post_id) => ({ post_id, kind: 'buying' })));
});

test('a reply that is settled once more buys nothing more, and is told once', async () => {
  const sam = await anEnrolled(shop);
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  const post = await says(shop, sam, '#BuyNow', { to: POST.ebook });
  const before = await findPurchase(db, post);
  expect([before?.status, (await newestOutcome(shop, post)).outcome]).toEqual(['waiting', 'unchanged']);
  await settleReplies(context, [post], true);
  expect(await findPurchase(db, post)).toEqual(before);
  const announced = await db.selectFrom('mails').select('id').where('purchase_id', '=', post).execute();
  expect(announced).toEqual([{ id: before?.mail_id }]);
});

test('ten replies that buy take no more statements than one', async () => {
  const statements = jest.spyOn(pg.Client.prototype, 'query');
  const statementsFor = async (n: number): Promise<number> => {
    const batch: Array<ReturnType<typeof aReply>> = [];
    for (let each = 0; each < n; each++) batch.push(said(await anEnrolled(shop)));
    const post_ids = await store(context, ...batch);
    statements.mockClear();
    await settleReplies(context, post_ids);
    return statements.mock.calls.length;
  };
  await statementsFor(1); // the catalog is read
  expect(await statementsFor(10)).toBe(await statementsFor(1));
  statements.mockRestore();
});

test.each([
  [46, 23, 'confirming: over_day'],
  [46, 25, 'waiting'],
])('bought by a reply of %i hours ago, charged %i hours ago, a limit of 24 hours: %s', async (...given) => {
  const [asked, charged, becomes] = given;
  const sam = await anEnrolled(shop, { per_order: 5_000, per_day: 5_000 });
  const first = await says(shop, sam);
  await timePasses(shop);
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  await db
    .updateTable('purchases')
    .set({ created_at: hoursAgo(asked), settled_at: hoursAgo(charged) })
    .where('post_id', '=', first)
    .execute();
  const second = await says(shop, sam, '#BuyNow small red', { to: POST.tee });
  expect(await purchaseOf(shop, second)).toBe(becomes);
});

test('the same product twice within ten minutes: the second is asked about, and bought if it is meant', async () => {
  const sam = await anEnrolled(shop);
  const [first, second] = [await says(shop, sam), await says(shop, sam)];
  await timePasses(shop);
  expect([await purchaseOf(shop, first), await purchaseOf(shop, second)]).toEqual([
    'bought',
    'confirming: again',
  ]);
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290]);
  await sam.visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}/buying/${second}`);
  await sam.visitor.submit('/confirm');
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290, 2_290]);
  expect(await ordersOf(shop, sam.id)).toHaveLength(2);
});

test('two tabs, and the worker at the same time: confirmed once', async () => {
  const sam = await anEnrolled(shop, { per_order: 2_000 });
  const post = await says(shop, sam);
  await sam.visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}/buying/${post}`);
  const confirm = () => sam.visitor.submit('/confirm');
  await Promise.all([confirm(), confirm(), timePasses(shop), timePasses(shop)]);
  await timePasses(shop);
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290]);
});

test('a reply that is delivered again, after it was bought, buys nothing more', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  await timePasses(shop);
  await says(shop, sam, '#BuyNow', { id: post });
  await timePasses(shop);
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290]);
});

test('the worker dies between the charge and the record: exactly one order', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  await shop.control(shop.stripe, '/faults', {
    ...{ kind: 'reset_after', path: '/v1/payment_intents', method: 'POST', times: 10 },
  });
  await expect(timePasses(shop)).rejects.toThrow();
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
  expect([await purchaseOf(shop, post), await ordersOf(shop, sam.id)]).toEqual(['charging', []]);
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290]);
  const { id: checkout_id } = await db
    .selectFrom('checkouts')
    .select('id')
    .where('payer', '=', sam.customer)
    .executeTakeFirstOrThrow();
  await Promise.all([1, 2, 3].map(() => chargeCard(context, { checkout_id })));
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['bought', [2_290]]);
  expect(await ordersOf(shop, sam.id)).toHaveLength(1);
});

test.each([45, 23 * 60])(
  'Stripe was asked %i minutes ago and never answered: what it has made then is found, and nothing is charged anew',
  async (minutes) => {
    const [paid, lost] = [await anEnrolled(shop), await anEnrolled(shop)];
    const posts = [await says(shop, paid), await says(shop, lost)];
    await sendAll(context);
    await db
      .updateTable('mails')
      .set({ sent_at: new Date(0) })
      .where('kind', '=', 'buying')
      .execute();
    for (const [post_id, kind] of [
      [posts[0], 'reset_after'],
      [posts[1], 'reset_before'],
    ]) {
      await shop.control(shop.stripe, '/faults', {
        kind,
        path: '/v1/payment_intents',
        method: 'POST',
        times: 10,
      });
      await expect(buyNow(context, { post_id: post_id as string })).rejects.toThrow();
      await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
    }
    const age = (then: number) =>
      db
        .updateTable('checkouts')
        .set({ created_at: new Date(Date.now() - then * 60_000) })
        .where('payer', 'in', [paid.customer, lost.customer])
        .returning(['id', 'payer'])
        .execute();
    // So soon after the last try it may not be in Stripe's list yet.
    for (const { id, payer } of await age(35)) {
      if (payer === lost.customer)
        await expect(chargeCard(context, { checkout_id: id })).rejects.toThrow('may show yet');
    }
    for (const { id: checkout_id } of await age(minutes)) await chargeCard(context, { checkout_id });
    expect(await Promise.all(posts.map((post) => purchaseOf(shop, post)))).toEqual(['bought', 'lapsed']);
    expect([await chargedTo(shop, paid.customer), await chargedTo(shop, lost.customer)]).toEqual([
      [2_290],
      [],
    ]);
  },
);

test('nobody is charged whom no mail could tell', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  await db.updateTable('shoppers').set({ email: null }).where('x_user_id', '=', sam.id).execute();
  await timePasses(shop);
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['lapsed', []]);
});

test('the price rose meanwhile: not charged, told, in the cart', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  await sendAll(context);
  await db.updateTable('products').set({ price: 1_900 }).where('sku', '=', 'MUG').execute();
  try {
    await timePasses(shop);
  } finally {
    await db.updateTable('products').set({ price: 1_800 }).where('sku', '=', 'MUG').execute();
  }
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['lapsed', []]);
});

test('a leave that was taken back, or a stop tag, ends what is about to be bought', async () => {
  const [sam, kim] = [await anEnrolled(shop), await anEnrolled(shop)];
  const [first, second] = [await says(shop, sam), await says(shop, kim)];
  await sam.visitor.open(`${config.PUBLIC_URL}/me`);
  await sam.visitor.submit('/buy-now/shop/stop');
  await says(shop, kim, 'please stop, leave me alone #BuyNow');
  await timePasses(shop);
  expect([await purchaseOf(shop, first), await purchaseOf(shop, second)]).toEqual(['undone', 'undone']);
  expect(await purchaseOf(shop, await says(shop, sam))).toBe('none');
});

test('an agreement can be ended when the merchant has no tag that buys any more', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  const { hashtags } = await db
    .selectFrom('merchants')
    .select('hashtags')
    .where('id', '=', 'shop')
    .executeTakeFirstOrThrow();
  await setHashtags(context, { ...hashtags, buy: [] });
  await sam.visitor.open(`${config.PUBLIC_URL}/me`);
  await sam.visitor.submit('/buy-now/shop/stop');
  expect(sam.visitor.status).toBe(200);
  await setHashtags(context, hashtags);
  expect(await purchaseOf(shop, post)).toBe('undone');
  expect(await purchaseOf(shop, await says(shop, sam, '#BuyNow', { to: POST.ebook }))).toBe('none');
});

test('the last piece: held while it can be undone; what only waits in line is not bought', async () => {
  await setStock(context, 'STICKER', 1);
  const [sam, kim] = [await anEnrolled(shop), await anEnrolled(shop)];
  const first = await says(shop, sam, '#BuyNow', { to: POST.sticker });
  const second = await says(shop, kim, '#BuyNow', { to: POST.sticker });
  expect([await purchaseOf(shop, first), await purchaseOf(shop, second)]).toEqual(['waiting', 'none']);
  expect((await newestOutcome(shop, second)).outcome).toBe('waitlisted');
  await timePasses(shop);
  expect(await purchaseOf(shop, first)).toBe('bought');
});

test('a reply that leaves something open buys nothing: it is asked back', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam, '#BuyNow', { to: POST.tee });
  expect([await purchaseOf(shop, post), (await newestOutcome(shop, post)).outcome]).toEqual([
    'none',
    'asked',
  ]);
});

test('a payment page that was open is closed before the card is charged; one that was paid in that moment counts', async () => {
  const [sam, kim] = [await anEnrolled(shop), await anEnrolled(shop)];
  const sessions: string[] = [];
  const posts: string[] = [];
  for (const each of [sam, kim]) {
    await says(shop, each, '#AddToCart');
    const page = await each.visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, each.id)}`);
    await page.submit('/checkout');
    sessions.push(/cs_test_\w+/.exec(page.url)?.[0] as string);
    posts.push(await says(shop, each));
  }
  await shop.control(shop.stripe, `/sessions/${sessions[1]}/pay`, {});
  await timePasses(shop);
  await expect(shop.control(shop.stripe, `/sessions/${sessions[0]}/pay`, {})).rejects.toThrow('409');
  expect(await Promise.all(posts.map((post) => purchaseOf(shop, post)))).toEqual(['bought', 'undone']);
  expect(await chargedTo(shop, kim.customer)).toHaveLength(1);
});

test('a reply that comes an hour late is asked about', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam, '#BuyNow', { id: newPostId(new Date(Date.now() - 2 * 3_600_000)) });
  await timePasses(shop);
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual([
    'confirming: late',
    [],
  ]);
});

test('a bank is still at work on a payment of the same cart: it is not paid twice unasked', async () => {
  const sam = await anEnrolled(shop);
  await says(shop, sam, '#AddToCart');
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}`);
  await page.submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, { card: 'bank_debit' });
  await recordPayment(context, { session_id });
  const post = await says(shop, sam);
  await timePasses(shop);
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['lapsed', []]);
});

test('a day later nobody can confirm it any more', async () => {
  const sam = await anEnrolled(shop, { per_order: 2_000 });
  const post = await says(shop, sam);
  await sam.visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}/buying/${post}`);
  await db
    .updateTable('purchases')
    .set({ created_at: new Date(Date.now() - 25 * 3_600_000) })
    .where('post_id', '=', post)
    .execute();
  await sam.visitor.submit('/confirm');
  expect(sam.visitor.text).toContain('could not be bought any more');
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual([
    'confirming: over_order',
    [],
  ]);
});

test('after all that the books are right', async () => {
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
});
