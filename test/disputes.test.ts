import { expect, test } from '@jest/globals';
import { cancelOrder } from '../src/actions/cancel-order.ts';
import { recordDispute } from '../src/actions/record-dispute.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { warningsOf } from '../src/db/disputes.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { storeEvent } from '../src/db/stripe-events.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { aCart } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { aPaidOrder } from './harness/paying.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop({ OPERATOR_EMAIL: 'ops@replycart.example' });
const { context } = shop;
const { db, config } = context;
const BY = { restock: false, by: 'kim@shop.example' };

let events = 0;

/** An event of Stripe's arrives, whatever it says: the object is read anew. */
async function hears(type: string, object_id: string): Promise<void> {
  const id = `evt_${++events}`;
  await storeEvent(db, { id, type, object_id, livemode: false, account: null }, '{"data":{}}');
  await readStripeEvent(context, { event_id: id });
}

const dispute = (payment_intent: string, status?: string) =>
  shop.control<{ id: string }>(shop.stripe, '/disputes', { payment_intent, ...(status ? { status } : {}) });
const becomes = (id: string, status: string) => shop.control(shop.stripe, `/disputes/${id}`, { status });
const known = (id: string) => db.selectFrom('disputes').selectAll().where('id', '=', id).executeTakeFirst();
const subjectsTo = async (address: string, about: string) => {
  await sendAll(context);
  return (await mailsTo(shop, address))
    .filter(({ text }) => text.includes(about))
    .map(({ subject }) => subject.replace('[TEST] ', ''));
};

test('merchant and operator hear when a dispute begins and how it ends, whatever the order of the events', async () => {
  const { payment_id, id: order_id } = await aPaidOrder(shop);
  const { id } = await dispute(payment_id);
  await hears('charge.dispute.funds_withdrawn', id);
  await hears('charge.dispute.created', id);
  expect(await known(id)).toMatchObject({ payment_id, status: 'needs_response', amount: 2290, moved: -3790 });
  const ops = () => subjectsTo('ops@replycart.example', payment_id);
  expect(await ops()).toEqual(['A payment of $22.90 is disputed']);
  await becomes(id, 'under_review');
  await hears('charge.dispute.updated', id);
  await becomes(id, 'lost');
  await hears('charge.dispute.closed', id);
  await hears('charge.dispute.updated', id);
  expect(await ops()).toEqual(['The dispute over $22.90 is lost', 'A payment of $22.90 is disputed']);
  expect(await subjectsTo('help@shop.example', payment_id)).toEqual(await ops());
  // What was lost may be won after all.
  await becomes(id, 'won');
  await hears('charge.dispute.closed', id);
  expect(await known(id)).toMatchObject({ status: 'won', moved: -1500 });
  expect((await ops())[0]).toBe('The dispute over $22.90 is won');
  const shown = await replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', 'show', order_id);
  expect(shown.stdout).toContain(`dispute ${id} over $22.90 (fraudulent): won, -$15.00 on the balance`);
  const { payload } = await db
    .selectFrom('stripe_events')
    .select('payload')
    .where('object_id', '=', id)
    .executeTakeFirstOrThrow();
  expect(payload).toBeNull();
});

test('a warning or a dispute that is quicker than the news of its payment waits for it, and is not lost', async () => {
  const held = await aCart(shop);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await page.submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
  const { payment_intent } = await context.stripe.checkout.sessions.retrieve(session_id);
  const warning = await shop.control<{ id: string }>(shop.stripe, '/fraud-warnings', { payment_intent });
  const { id } = await dispute(payment_intent as string);
  const news = async () => {
    await hears('radar.early_fraud_warning.created', warning.id);
    await hears('charge.dispute.created', id);
  };
  await expect(news()).rejects.toThrow('not noted yet');
  await recordPayment(context, { session_id });
  await news();
  expect([await warningsOf(db, payment_intent as string), await known(id)]).toMatchObject([
    [{ id: warning.id }],
    { status: 'needs_response' },
  ]);
});

test('a dispute may be lost when anybody first hears of it; an older answer changes nothing back', async () => {
  const { payment_id } = await aPaidOrder(shop);
  const { id } = await dispute(payment_id, 'lost');
  await hears('charge.dispute.created', id);
  expect(await known(id)).toMatchObject({ status: 'lost' });
  expect(await subjectsTo('ops@replycart.example', payment_id)).toEqual(['The dispute over $22.90 is lost']);
  await becomes(id, 'won');
  await recordDispute({ ...context, now: () => new Date(Date.now() - 60_000) }, id);
  expect(await known(id)).toMatchObject({ status: 'lost' });
  await hears('charge.dispute.updated', id);
  expect(await known(id)).toMatchObject({ status: 'won' });
});

test('what a bank disputes is neither cancelled nor given back besides without a thought', async () => {
  const { payment_id, id: order_id } = await aPaidOrder(shop);
  const { id } = await dispute(payment_id, 'warning_needs_response');
  await hears('charge.dispute.created', id);
  expect(await known(id)).toMatchObject({ moved: 0 });
  expect(await subjectsTo('help@shop.example', payment_id)).toEqual([
    'A bank asks about a payment of $22.90',
  ]);
  expect(await cancelOrder(context, order_id)).toEqual({ kind: 'refused', why: 'disputed' });
  await expect(refundOrder(context, order_id, BY)).rejects.toThrow('a bank disputes the payment');
  const cli = (...args: string[]) =>
    replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', 'refund', order_id, ...args);
  expect((await cli()).stdout).toContain('--despite-dispute, too');
  expect((await cli('--yes')).stderr).toContain('it would go back twice');
  const part = await refundOrder(context, order_id, { ...BY, amount: 500, despiteDispute: true });
  await giveRefund(context, { refund_id: part.refund_id });
  // Once the bank has the money, Stripe gives nothing back: that is known at once, and not asked again and again.
  await becomes(id, 'needs_response');
  await hears('charge.dispute.updated', id);
  const rest = await refundOrder(context, order_id, { ...BY, despiteDispute: true });
  await giveRefund(context, { refund_id: rest.refund_id });
  const rows = await db
    .selectFrom('refunds')
    .select('status')
    .where('payment_id', '=', payment_id)
    .orderBy('id')
    .execute();
  expect(rows.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  const { status } = await db
    .selectFrom('payments')
    .select('status')
    .where('id', '=', payment_id)
    .executeTakeFirstOrThrow();
  expect(status).toBe('ordered');
});

test('a fraud warning is told once, and staff find it', async () => {
  const { payment_id, id: order_id } = await aPaidOrder(shop);
  const { id } = await shop.control<{ id: string }>(shop.stripe, '/fraud-warnings', {
    payment_intent: payment_id,
  });
  await hears('radar.early_fraud_warning.created', id);
  await hears('radar.early_fraud_warning.created', id);
  expect(await subjectsTo('ops@replycart.example', payment_id)).toEqual(['A payment of $22.90 may be fraud']);
  await shop.control(shop.stripe, `/fraud-warnings/${id}/end`, {});
  await hears('radar.early_fraud_warning.updated', id);
  const shown = await replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', 'show', order_id, '--json');
  expect(JSON.parse(shown.stdout).fraud_warnings).toMatchObject([{ id, actionable: false }]);
});

test('a dispute over somebody else’s payment is left alone', async () => {
  const session = await context.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      { quantity: 1, price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'Other' } } },
    ],
    success_url: 'https://other.example/',
  });
  await shop.control(shop.stripe, `/sessions/${session.id}/pay`, {});
  const { payment_intent } = await context.stripe.checkout.sessions.retrieve(session.id);
  const { id } = await dispute(String(payment_intent));
  await hears('charge.dispute.created', id);
  expect(await known(id)).toBeUndefined();
});

test('the books stay right', async () => {
  const wrong = (await checkInvariants(db)).filter(({ breaches }) => breaches > 0);
  // The refund that the bank forestalled is one that somebody has to look at.
  expect(wrong.map(({ name }) => name)).toEqual(['every refund that is owed is made']);
});
