import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { refundOrder } from '../src/actions/refund-order.ts';
import { endAbandoned, lateSessions } from '../src/db/checkouts.ts';
import { customersToTidy } from '../src/db/customers.ts';
import { type Db, inTransaction } from '../src/db/database.ts';
import { payeesToCheck } from '../src/db/payees.ts';
import { duePurchases } from '../src/db/purchases.ts';
import { openRefunds } from '../src/db/refunds.ts';
import { openEvents } from '../src/db/stripe-events.ts';
import { endOverdueClaims } from '../src/db/waiting-line.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { readReplies } from '../workers/read-replies.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, type Held } from './harness/carts.ts';
import { cartOf, outcomeOf, store } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { countsOf, setStock } from './harness/stock.ts';
import { tried } from './harness/tried.ts';

/**
 * Fifteen faults that other shops had with money, and the tests that show them impossible here. Those that a page, a
 * rule or a job shows by itself are in its own file; the others are below.
 */
const SHOWN: Array<[fault: string, file: string, test: string]> = [
  ['D1 paid, no order, or two: browser and webhook both finish the cart', 'money-faults', 'D1'],
  ['D1', 'money', 'one order, whatever comes how often and in which order'],
  ['D2 one webhook three times at once', 'money', 'an event that comes five times at once is stored once'],
  [
    'D3 an order for a payment that is not final',
    'money',
    'a way to pay that tells later: no order until it has told',
  ],
  [
    'D4 a replaced page is paid later, and matches nothing',
    'money',
    'the old page is closed, and the new one asks',
  ],
  ['D4', 'money', 'the old page is paid in the very moment in which it is replaced'],
  ['D4', 'money', 'a second payment for a paid cart goes back in full, once, and is shown'],
  [
    'D5 a lower price, and the mailed link charges the old one',
    'money',
    'an open page at the old price is closed',
  ],
  ['D5', 'money', 'a price that changed between looking and paying is shown, and nothing is paid'],
  ['D6 the page says "thank you" for a session that is over', 'money-faults', 'D6'],
  [
    'D7 two pay for the last piece, and one order is stuck',
    'money',
    'the last piece: one order, everybody else',
  ],
  ['D8 a reservation that nothing releases', 'money-faults', 'D8'],
  ['D8', 'stock', 'a running worker ends holds and moves the line up by itself'],
  ['D9 a clean-up deletes a paid checkout', 'money-faults', 'D9'],
  ['D9', 'sweep', 'whatever job is lost, the sweep finds what it was for'],
  ['D10 the same hopeless rows clog the sweep', 'money-faults', 'D10'],
  ['D10', 'sweep', 'a poison reply is found by halving, ends as failed, and holds nobody up'],
  ['D11 a refund that is tried again is made again', 'money-faults', 'D11'],
  ['D11', 'refunds', 'an answer that was lost a day ago is found again: nothing is given back twice'],
  [
    'D12 minor units',
    'domain/currency',
    'every amount that can be charged is written and read back as it was',
  ],
  [
    'D13 merging on login loses lines, or another’s cart',
    'sweep',
    'linking twice at once, while replies still come',
  ],
  ['D13', 'linking', 'who links again keeps cart and address, and agrees once more'],
  [
    'D14 a reminder after the purchase',
    'reminders',
    'nobody is reminded of a cart that %s: not when it is due',
  ],
  ['D14 an expired session is told as a failed payment', 'money-faults', 'D14'],
  ['D15 a job that comes again after it was done', 'money-faults', 'D15'],
  ['D15', 'crash', 'worker and listener killed in the middle: nothing is lost, nothing happens twice'],
];

test.each(SHOWN)('%s: shown in %s, "%s"', (_fault, file, title) => {
  const text = readFileSync(`${import.meta.dirname}/${file}.test.ts`, 'utf8');
  expect(text).toContain(file === 'money-faults' ? `test('${title}: ` : title);
});

test('every fault from D1 to D15 is shown somewhere', () => {
  const shown = new Set(SHOWN.map(([fault]) => /^D\d+/.exec(fault)?.[0]));
  expect(shown).toEqual(new Set(Array.from({ length: 15 }, (_, n) => `D${n + 1}`)));
});

const shop = await aShop();
const { context } = shop;
const { db, config } = context;

async function checkOut({ path }: Held): Promise<string> {
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  await page.submit('/checkout');
  const id = /cs_test_\w+/.exec(page.url)?.[0];
  if (!id) throw new Error(`no payment page, but ${page.url}: ${page.text}`);
  return id;
}
const pay = (session_id: string) => shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
const record = (session_id: string) => recordPayment(context, { session_id });
const returnPage = async ({ path }: Held, session: string): Promise<string> =>
  (await shop.visitor().open(`${config.PUBLIC_URL}${path}?session=${session}`)).text;
const ordersOf = (held: Held) =>
  db.selectFrom('orders').selectAll().where('shopper_id', '=', held.shopper_id).execute();
const fault = (given: object) => shop.control(shop.stripe, '/faults', given);
const noFaults = () => fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
/** What is found in thirty looks. */
const turns = async (due: () => Promise<string[]>) => (await Promise.all([...Array(30)].map(due))).flat();
/** An event that has reached us. */
const stored = (id: string, object_id: string, ago = '1 hour') =>
  sql`insert into stripe_events (id, type, object_id, livemode, payload, received_at)
    values (${id}, 'checkout.session.completed', ${object_id}, false, '{}', now() - ${ago}::interval)`.execute(
    db,
  );

test('D1: two hundred return pages, events and jobs at once: one order, one mail each', async () => {
  const held = await aCart(shop, [{ to: POST.ebook }]);
  const session = await checkOut(held);
  await pay(session);
  for (const id of ['evt_d1a', 'evt_d1b']) await stored(id, session);
  await Promise.all(
    [...Array(50)].flatMap(() => [
      returnPage(held, session),
      record(session),
      readStripeEvent(context, { event_id: 'evt_d1a' }),
      readStripeEvent(context, { event_id: 'evt_d1b' }),
    ]),
  );
  const [order, ...others] = await ordersOf(held);
  expect(others).toEqual([]);
  const mails = await db
    .selectFrom('mails')
    .select('kind')
    .where('order_id', '=', order?.id as string)
    .execute();
  expect(mails.map(({ kind }) => kind).sort()).toEqual(['delivery', 'order', 'receipt']);
});

test('D6: what the return page says is what is true, whatever the browser believes', async () => {
  const held = await aCart(shop);
  const session = await checkOut(held);
  await context.stripe.checkout.sessions.expire(session);
  await record(session);
  expect(await returnPage(held, session)).not.toContain('Thank you');
  expect(await ordersOf(held)).toEqual([]);
  const next = await checkOut(held);
  await pay(next);
  // Paid, and no news of it yet: neither thanks nor a cart to pay again.
  expect(await returnPage(held, next)).toContain('being confirmed');
  await record(next);
  expect(await returnPage(held, next)).toContain('Thank you');
});

test('D8: a checkout that fails after its pieces were kept: they are free again when their time is over', async () => {
  await setStock(context, 'STICKER', 1);
  const held = await aCart(shop, [{ to: POST.sticker }]);
  await fault({ kind: '500', times: 20, path: '/v1/checkout/sessions' });
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await page.submit('/checkout');
  expect(page.status).toBe(500);
  await noFaults();
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 1, sold: 0 });
  await sql`update holds set until = now() - interval '1 minute'`.execute(db);
  await inTransaction(db, (tx) => endOverdueClaims(tx, 500));
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 0, sold: 0 });
  const other = await aCart(shop, [{ to: POST.sticker }]);
  expect(await cartOf(context, other.shopper_id)).toEqual({ 'shop STICKER': 1 });
  await setStock(context, 'STICKER', 1_000);
});

test('D9: an attempt that was given up, because nobody had its address, is an order when it was paid all the same', async () => {
  const held = await aCart(shop);
  await fault({ kind: 'reset_after', times: 20, path: '/v1/checkout/sessions', method: 'POST' });
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await page.submit('/checkout');
  await noFaults();
  await sql`update checkouts set expires_at = now() - interval '2 minutes' where cart_id = ${held.cart_id}`.execute(
    db,
  );
  await endAbandoned(db);
  const { data } = await context.stripe.checkout.sessions.list({ limit: 100 });
  const session = data.find(({ client_reference_id }) => client_reference_id === held.cart_id)?.id as string;
  await pay(session);
  await record(session);
  expect(await ordersOf(held)).toHaveLength(1);
});

test('D10: rows that nothing can be done about do not keep the others from their turn', async () => {
  for (let n = 0; n < 150; n++) await stored(`evt_poison_${n}`, 'cs_test_nobody', '2 hours');
  await stored('evt_good', 'cs_test_somebody');
  const held = await aCart(shop);
  const session = await checkOut(held);
  await pay(session);
  await record(session);
  const [order] = await ordersOf(held);
  for (let n = 0; n < 150; n++)
    await sql`insert into refunds (payment_id, reason, amount, currency, status, created_at)
      values (${order?.payment_id}, 'requested', 1, 'USD', 'pending', now() - interval '2 days')`.execute(db);
  const { id } = await db
    .insertInto('refunds')
    .values({
      ...{ payment_id: order?.payment_id as string, reason: 'requested', amount: 1, currency: 'USD' },
      created_at: new Date(Date.now() - 120_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  expect(await turns(() => openEvents(db, 100))).toContain('evt_good');
  expect(await turns(() => openRefunds(db, 100))).toContain(id);
  await sql`delete from stripe_events`.execute(db);
  await sql`delete from refunds`.execute(db);
});

test('D10: whatever the sweep looks for, some at a time, it takes in any order', async () => {
  const held = await aCart(shop);
  const sessions = [await checkOut(held), await checkOut(await aCart(shop))];
  await tried(db, async (tx) => {
    await tx
      .updateTable('checkouts')
      .set({ status: 'processing' })
      .where('session_id', 'in', sessions)
      .execute();
    await sql`insert into payees (merchant_id, account_id) values ('shop', 'acct_1'), ('rival', 'acct_2')`.execute(
      tx,
    );
    await sql`insert into customers (leaving_at) values (now() - interval '1 day'), (now() - interval '1 hour')`.execute(
      tx,
    );
    await sql`
      with given as (
        insert into grants (shopper_id, merchant_id, card_id, card_brand, currency, per_order, per_day, expires_at,
          text_version, locale)
        values (${held.shopper_id}, 'shop', 'pm_1', 'visa', 'USD', 1, 1, now() + interval '1 day', '1', 'en') returning *)
      insert into purchases (post_id, shopper_id, merchant_id, grant_id, status, lines, currency, total)
      select post_id, shopper_id, merchant_id, id, 'waiting', '[]', 'USD', 1 from given, (values (1), (2)) p (post_id)`.execute(
      tx,
    );
    const purchases = (from: Db, limit: number) => duePurchases(from, 0, limit);
    for (const due of [lateSessions, payeesToCheck, customersToTidy, purchases])
      expect(new Set(await turns(() => due(tx, 1)))).toHaveProperty('size', 2);
  });
});

test('D11: two parts of the same amount are two refunds, and a lost answer makes none of them twice', async () => {
  const held = await aCart(shop);
  const session = await checkOut(held);
  await pay(session);
  await record(session);
  const [order] = await ordersOf(held);
  const part = { amount: 500, restock: false, by: 'kim@shop.example' };
  const refunds = [
    await refundOrder(context, order?.id as string, part),
    await refundOrder(context, order?.id as string, part),
  ];
  await fault({ kind: 'reset_after', path: '/v1/refunds', times: 6 });
  for (const { refund_id } of refunds) await expect(giveRefund(context, { refund_id })).rejects.toThrow();
  await noFaults();
  for (const { refund_id } of [...refunds, ...refunds]) await giveRefund(context, { refund_id });
  const { data } = await context.stripe.refunds.list({ payment_intent: order?.payment_id as string });
  expect(data.map(({ amount }) => amount)).toEqual([500, 500]);
});

test('D14: a payment page that has expired is not a payment that has failed: nobody gets a mail', async () => {
  const held = await aCart(shop);
  const session = await checkOut(held);
  const mails = () => db.selectFrom('mails').select('id').where('shopper_id', '=', held.shopper_id).execute();
  const before = await mails();
  await context.stripe.checkout.sessions.expire(session);
  await record(session);
  expect(await mails()).toEqual(before);
});

test('D15: a reply whose job comes again after it was done has happened once', async () => {
  const { shopper_id } = await aCart(shop);
  const reply = aReply({ author: shopper_id, text: '#AddToCart one more' });
  const post_ids = await store(context, reply);
  await Promise.all([...Array(5)].map(() => readReplies(context, { post_ids })));
  await readReplies(context, { post_ids });
  expect(await outcomeOf(context, reply)).toBe('set');
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 2 });
});
