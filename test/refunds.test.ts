import { expect, test } from '@jest/globals';
import { cancelOrder } from '../src/actions/cancel-order.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { shipOrder } from '../src/actions/ship-order.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { dueMails } from '../src/db/mails.ts';
import { ordersToSend } from '../src/db/orders-to-send.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, aLink } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { deliver, outcomeOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const STAFF = { restock: false, by: 'kim@shop.example' };

/** A paid order of two mugs: $36.00 and $4.90 for shipping. */
async function anOrder(): Promise<{ id: string; payment_id: string }> {
  const held = await aCart(shop, [{ text: '#AddToCart x2' }]);
  const page = await (await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`)).submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
  await recordPayment(context, { session_id });
  return db
    .selectFrom('orders')
    .select(['id', 'payment_id'])
    .where('cart_id', '=', held.cart_id)
    .executeTakeFirstOrThrow();
}

const orderNow = (id: string) =>
  db
    .selectFrom('orders')
    .innerJoin('payments', 'payments.id', 'payment_id')
    .select(['orders.status', 'payments.status as payment', 'returned_at'])
    .where('orders.id', '=', id)
    .executeTakeFirstOrThrow();
const soldMugs = async () =>
  (await db.selectFrom('variants').select('sold').where('sku', '=', 'MUG').executeTakeFirstOrThrow()).sold;
const atStripe = async (payment_intent: string) =>
  (await context.stripe.refunds.list({ payment_intent })).data.map(({ amount }) => amount).sort();
async function give(refund_id: string): Promise<void> {
  await Promise.all([1, 2].map(() => giveRefund(context, { refund_id })));
}
const booksAreRight = async () =>
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);

test('Stripe fails after it has given the money back, and says so for a day: its list tells', async () => {
  const { id, payment_id } = await anOrder();
  const { refund_id } = await refundOrder(context, id, STAFF);
  const fault = { kind: 'stored_500_after', path: '/v1/refunds', method: 'POST', times: 1 };
  await shop.control(shop.stripe, '/faults', fault);
  await giveRefund(context, { refund_id });
  expect([await orderNow(id), await atStripe(payment_id)]).toMatchObject([{ status: 'refunded' }, [4090]]);
});

test('Stripe fails to give the money back, and says so for a day: it is given minutes later, once', async () => {
  const { id, payment_id } = await anOrder();
  const { refund_id } = await refundOrder(context, id, STAFF);
  await shop.control(shop.stripe, '/faults', {
    kind: 'stored_500',
    path: '/v1/refunds',
    method: 'POST',
    times: 1,
  });
  // What was made in spite of it might not show in Stripe's list at once.
  for (let tries = 0; tries < 2; tries++) await expect(giveRefund(context, { refund_id })).rejects.toThrow();
  const minutesAgo = new Date(Date.now() - 11 * 60_000);
  await db.updateTable('refunds').set({ created_at: minutesAgo }).where('id', '=', refund_id).execute();
  await give(refund_id);
  expect([await orderNow(id), await atStripe(payment_id)]).toMatchObject([{ status: 'refunded' }, [4090]]);
});

test('a part is given back, then the rest; the shopper hears of each, and the books stay right', async () => {
  const { id, payment_id } = await anOrder();
  const first = await refundOrder(context, id, { ...STAFF, amount: 500 });
  await give(first.refund_id);
  expect(await orderNow(id)).toMatchObject({ status: 'paid', payment: 'ordered', returned_at: null });
  await booksAreRight();
  const sold = await soldMugs();
  const rest = await refundOrder(context, id, { ...STAFF, restock: true });
  expect(rest.amount).toBe(4090 - 500);
  expect(await orderNow(id)).toMatchObject({ status: 'paid', payment: 'refunding' });
  await give(rest.refund_id);
  expect(await orderNow(id)).toMatchObject({
    status: 'refunded',
    payment: 'refunded',
    returned_at: expect.any(Date),
  });
  expect(await soldMugs()).toBe(sold - 2);
  expect(await atStripe(payment_id)).toEqual([3590, 500].sort());
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  const texts = (await shop.mails()).map(({ text }) => text).join();
  expect(texts).toContain('We have given $5.00 of your payment back.');
  expect(texts).toContain('We have given $35.90 of your payment back.');
  await booksAreRight();
});

test('never more than was paid, however many try at once', async () => {
  const { id, payment_id } = await anOrder();
  const tries = await Promise.allSettled(
    [...Array(5)].map(() => refundOrder(context, id, { ...STAFF, amount: 3000 })),
  );
  const made = tries.filter((each) => each.status === 'fulfilled');
  expect(made).toHaveLength(1);
  for (const { value } of made) await give(value.refund_id);
  await expect(refundOrder(context, id, { ...STAFF, amount: 2000 })).rejects.toThrow('at most $10.90');
  await expect(refundOrder(context, id, { ...STAFF, amount: 0 })).rejects.toThrow('at most $10.90');
  await give((await refundOrder(context, id, STAFF)).refund_id);
  await expect(refundOrder(context, id, STAFF)).rejects.toThrow('was given back already');
  expect(await atStripe(payment_id)).toEqual([1090, 3000]);
  await expect(refundOrder(context, '999999', STAFF)).rejects.toThrow('there is no order 999999');
});

test('a piece that was given back may be bought again: it does not count towards the limit', async () => {
  const { id } = await anOrder();
  const { shopper_id } = await db
    .selectFrom('orders')
    .select('shopper_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const author = shopper_id as string;
  const five = () => aReply({ author, to: POST.mug, text: '#AddToCart x5' });
  const [before, after] = [five(), five()];
  await deliver(context, before);
  expect(await outcomeOf(context, before)).toBe('refused: over_limit');
  await give((await refundOrder(context, id, { of: [{ sku: 'MUG', pieces: 1 }], ...STAFF })).refund_id);
  await deliver(context, after);
  expect(await outcomeOf(context, after)).toBe('added');
  const open = db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', author)
    .where('status', '=', 'open');
  const path = await aLink(shop, (await open.executeTakeFirstOrThrow()).id);
  const page = await (await shop.visitor().open(`${config.PUBLIC_URL}${path}`)).submit('/checkout');
  expect(page.url).toContain('cs_test_');
});

test('pieces that are named go back into the stock by themselves, are not sent, and keep the line as it is', async () => {
  const { id } = await anOrder();
  const sold = await soldMugs();
  const one = await refundOrder(context, id, {
    of: [{ sku: 'MUG', pieces: 1 }],
    restock: true,
    by: STAFF.by,
  });
  expect(one.amount).toBe(1800);
  expect(await ordersToSend(db, 'shop', { order_id: id, limit: 1 })).toMatchObject([
    { lines: [{ sku: 'MUG', quantity: 1 }] },
  ]);
  await give(one.refund_id);
  expect(await soldMugs()).toBe(sold - 1);
  await booksAreRight();
  // Broken: it is given back, and cannot be sold again.
  const other = await refundOrder(context, id, { of: [{ sku: 'MUG' }], ...STAFF });
  expect(await ordersToSend(db, 'shop', { order_id: id, limit: 1 })).toEqual([]);
  await expect(shipOrder(context, id, { carrier: null, tracking: null, by: STAFF.by })).rejects.toThrow(
    'has nothing to send',
  );
  await give(other.refund_id);
  // What is left is the shipping: with it the order ends, and the broken piece stays away.
  expect(await cancelOrder(context, id, STAFF.by)).toMatchObject({ kind: 'cancelled', amount: 490 });
  expect(await soldMugs()).toBe(sold - 1);
  await booksAreRight();
});

test('the command says what it would do, and does it when told to', async () => {
  const { id } = await anOrder();
  const refund = (...args: string[]) =>
    replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', 'refund', ...args);
  expect(await refund(id, '--amount', '1.50')).toMatchObject({
    code: 0,
    stdout: `would give $1.50 of order ${id} back: add --yes to do it\n`,
  });
  expect(await db.selectFrom('refunds').select('id').where('amount', '=', 150).execute()).toEqual([]);
  expect(await refund(id, '--amount', '1.50', '--yes')).toMatchObject({
    code: 0,
    stdout: `$1.50 of order ${id} are given back\n`,
  });
  expect(await refund(id, '--amount', '1.505')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no amount of USD'),
  });
  expect(await refund(id, '--amount', '99')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('at most $39.40'),
  });
  const audit = await db
    .selectFrom('audit')
    .select(['action', 'subject'])
    .where('subject', '=', id)
    .execute();
  expect(audit).toEqual([{ action: 'refund $1.50', subject: id }]);
});

test('an answer that was lost a day ago is found again: nothing is given back twice', async () => {
  const { id, payment_id } = await anOrder();
  const { refund_id } = await refundOrder(context, id, STAFF);
  await give(refund_id);
  // As if the answer had never come, and Stripe had forgotten the key since.
  await db
    .updateTable('refunds')
    .set({
      status: 'due',
      stripe_id: null,
      settled_at: null,
      created_at: new Date(Date.now() - 2 * 86_400_000),
    })
    .where('id', '=', refund_id)
    .execute();
  await shop.control(shop.stripe, '/clock', { advance_ms: 2 * 86_400_000 });
  await give(refund_id);
  expect(await atStripe(payment_id)).toEqual([4090]);
  expect(await orderNow(id)).toMatchObject({ status: 'refunded' });
});
