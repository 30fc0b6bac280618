import { expect, test } from '@jest/globals';
import { checkInvariants } from '../src/db/invariants.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { POST } from './harness/builders.ts';
import { aCart, type Held } from './harness/carts.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const DAY_MS = 86_400_000;

/** Pays at Stripe's page in a way that takes days. Returns the session's id. */
async function paysLate({ path }: Held): Promise<string> {
  const page = await (await shop.visitor().open(`${config.PUBLIC_URL}${path}`)).submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, { card: 'bank_debit' });
  await recordPayment(context, { session_id });
  return session_id;
}

async function ends(session_id: string, result: 'succeeded' | 'failed'): Promise<void> {
  await shop.control(shop.stripe, `/sessions/${session_id}/async`, { result });
  await Promise.all([1, 2].map(() => recordPayment(context, { session_id })));
}

const statusOf = async (session_id: string) =>
  (
    await db
      .selectFrom('checkouts')
      .select('status')
      .where('session_id', '=', session_id)
      .executeTakeFirstOrThrow()
  ).status;
const keptUntil = async ({ shopper_id }: Held) =>
  (await db.selectFrom('holds').select('until').where('shopper_id', '=', shopper_id).executeTakeFirst())
    ?.until;
const ordersOf = ({ cart_id }: Held) =>
  db.selectFrom('orders').select(['id', 'payment_id']).where('cart_id', '=', cart_id).execute();
const booksAreRight = async () =>
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);

test('while the bank is at it the page says so, and what is short is kept; then it is one order', async () => {
  const held = await aCart(shop, [{ to: POST.mug }], 'late@mail.example');
  const session_id = await paysLate(held);
  expect(await statusOf(session_id)).toBe('processing');
  expect(((await keptUntil(held)) as Date).getTime()).toBeGreaterThan(Date.now() + 20 * DAY_MS);
  const visitor = shop.visitor();
  const back = `${config.PUBLIC_URL}${held.path}?session=${session_id}`;
  expect((await visitor.open(back)).text).toContain('Your bank is still working on it');
  await visitor.open(`${config.PUBLIC_URL}${held.path}`);
  expect(visitor.text).toContain('A payment of $22.90 for this cart is under way.');
  expect(await ordersOf(held)).toEqual([]);
  // News that come late, or twice, change nothing.
  await recordPayment(context, { session_id });
  await ends(session_id, 'succeeded');
  expect(await ordersOf(held)).toHaveLength(1);
  expect(await statusOf(session_id)).toBe('paid');
  expect((await visitor.open(back)).text).toContain('Thank you, it is yours');
  await booksAreRight();
});

test('where the bank refuses, the cart is open again, and the shopper hears of it, once', async () => {
  const held = await aCart(shop, [{ to: POST.mug }], 'broke@mail.example');
  const session_id = await paysLate(held);
  await ends(session_id, 'failed');
  expect(await statusOf(session_id)).toBe('failed');
  expect(((await keptUntil(held)) as Date).getTime()).toBeLessThan(Date.now() + 2 * DAY_MS);
  await sendAll(context);
  const mails = (await mailsTo(shop, 'broke@mail.example')).filter(({ subject }) =>
    subject.includes('has refused the payment'),
  );
  expect(mails).toHaveLength(1);
  const link = /http:\S+\/c\/[\w-]+/.exec(mails[0]?.text ?? '')?.[0] as string;
  const visitor = await shop.visitor().open(link);
  expect(visitor.text).not.toContain('under way');
  await pays(shop, held);
  expect(await ordersOf(held)).toHaveLength(1);
  await booksAreRight();
});

test('who pays once more meanwhile has been warned, and gets one of the two back', async () => {
  const held = await aCart(shop, [{ to: POST.ebook }], 'twice@mail.example');
  const session_id = await paysLate(held);
  await pays(shop, held);
  await ends(session_id, 'succeeded');
  const [order, ...others] = await ordersOf(held);
  expect(others).toEqual([]);
  const back = await db
    .selectFrom('refunds as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .innerJoin('checkouts as k', 'k.id', 'p.checkout_id')
    .select(['r.id', 'r.reason', 'r.amount', 'p.id as payment_id'])
    .where('k.cart_id', '=', held.cart_id)
    .execute();
  expect(back).toMatchObject([{ reason: 'cart_already_paid', amount: 900 }]);
  expect(back[0]?.payment_id).not.toBe(order?.payment_id);
  await giveRefund(context, { refund_id: back[0]?.id as string });
  await booksAreRight();
});

test('a refusal that is read after the money has come changes nothing', async () => {
  const held = await aCart(shop, [{ to: POST.ebook }]);
  const session_id = await paysLate(held);
  await ends(session_id, 'succeeded');
  const event = {
    ...{ id: `evt_refusal_${session_id}`, type: 'checkout.session.async_payment_failed' },
    ...{ object_id: session_id, livemode: false, payload: '{}' },
  };
  await db.insertInto('stripe_events').values(event).execute();
  await readStripeEvent(context, { event_id: event.id });
  expect(await statusOf(session_id)).toBe('paid');
  expect(await ordersOf(held)).toHaveLength(1);
});
