import { expect, test } from '@jest/globals';
import Stripe from 'stripe';
import { openCheckout } from '../src/actions/open-checkout.ts';
import { dueMails } from '../src/db/mails.ts';
import { openEvents } from '../src/db/stripe-events.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, newPostId, POST } from './harness/builders.ts';
import { aCart, aLink, type Held } from './harness/carts.ts';
import { cartOf, deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop();
const { context, app } = shop;
const { db, config } = context;

/** Presses the button on the cart page. Returns the session's id. */
async function checkOut({ path }: Held): Promise<string> {
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  await page.submit('/checkout');
  const id = /cs_test_\w+/.exec(page.url)?.[0];
  if (!id) throw new Error(`no payment page, but ${page.url}: ${page.text}`);
  return id;
}

const pay = (session_id: string, body: object = {}) =>
  shop.control(shop.stripe, `/sessions/${session_id}/pay`, body);
const record = (session_id: string) => recordPayment(context, { session_id });
const ordersOf = (held: Held) =>
  db.selectFrom('orders').selectAll().where('shopper_id', '=', held.shopper_id).execute();
const refundsOf = (session_id: string) =>
  db
    .selectFrom('refunds')
    .innerJoin('payments', 'payments.id', 'payment_id')
    .innerJoin('checkouts', 'checkouts.id', 'checkout_id')
    .select([
      'refunds.id',
      'refunds.status',
      'refunds.reason',
      'refunds.amount',
      'refunds.stripe_id',
      'payment_id',
    ])
    .where('session_id', '=', session_id)
    .execute();
const soldOf = async (sku: string): Promise<number> =>
  (
    await db
      .selectFrom('variants')
      .select('sold')
      .where('merchant_id', '=', 'shop')
      .where('sku', '=', sku)
      .executeTakeFirstOrThrow()
  ).sold;
const stock = (sku: string, left: number) => setStock(context, sku, left, 'first_paid');

test('one order, whatever comes how often and in which order: events, return pages, jobs', async () => {
  const held = await aCart(shop, [{ to: POST.ebook }]);
  const session = await checkOut(held);
  await pay(session);
  const page = `${config.PUBLIC_URL}${held.path}?session=${session}`;
  await Promise.all([...Array(8)].flatMap(() => [record(session), shop.visitor().open(page)]));
  expect(await ordersOf(held)).toHaveLength(1);
  const mails = await db.selectFrom('mails').select('kind').where('order_id', 'is not', null).execute();
  expect(mails.map((mail) => mail.kind).sort()).toEqual(['delivery', 'order', 'receipt']);
  expect((await shop.visitor().open(page)).text).toContain('Thank you, it is yours');
});

test('pressing twice opens one payment page; nothing is charged twice', async () => {
  const held = await aCart(shop);
  const sessions = await Promise.all([checkOut(held), checkOut(held), checkOut(held)]);
  expect(new Set(sessions).size).toBe(1);
  expect(await checkOut(held)).toBe(sessions[0]);
});

test('the answer to opening a session is lost: the next press finds the same session', async () => {
  const held = await aCart(shop);
  await shop.control(shop.stripe, '/faults', {
    kind: 'reset_after',
    path: '/v1/checkout/sessions',
    method: 'POST',
    times: 10,
  });
  await expect(
    openCheckout(context, held.cart_id, 2290, {
      returnUrl: `${config.PUBLIC_URL}${held.path}`,
      shippingLabel: 'Shipping',
      language: 'en',
    }),
  ).rejects.toThrow();
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
  const session = await checkOut(held);
  const { data } = await shop.control<{ data: Array<{ id: string; client_reference_id: string }> }>(
    shop.stripe,
    '/sessions',
  );
  expect(data.filter((each) => each.client_reference_id === held.cart_id).map((each) => each.id)).toEqual([
    session,
  ]);
});

test('Stripe fails, and would say so for a day to every try under the same key: the next press begins anew', async () => {
  const held = await aCart(shop);
  const path = '/v1/checkout/sessions';
  await shop.control(shop.stripe, '/faults', { kind: 'stored_500', path, method: 'POST', times: 1 });
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await page.submit('/checkout');
  expect(page.status).toBe(500);
  await pay(await checkOut(held));
});

test('the answer is lost, and the next press comes by another link: it finds a page all the same', async () => {
  const held = await aCart(shop);
  await shop.control(shop.stripe, '/faults', {
    kind: 'reset_after',
    path: '/v1/checkout/sessions',
    method: 'POST',
    times: 3,
  });
  const lost = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  expect((await lost.submit('/checkout')).status).toBe(500);
  const session = await checkOut({ ...held, path: await aLink(shop, held.cart_id) });
  await pay(session);
  await record(session);
  expect(await ordersOf(held)).toHaveLength(1);
});

test('a cart that changed while its payment page was open: the old page is closed, and the new one asks for the new total', async () => {
  const held = await aCart(shop);
  const old = await checkOut(held);
  await deliver(context, aReply({ author: held.shopper_id, text: '#AddToCart x2' }));
  const next = await checkOut(held);
  expect(next).not.toBe(old);
  await expect(pay(old)).rejects.toThrow('409');
  await pay(next);
  await record(next);
  expect(await ordersOf(held)).toMatchObject([{ subtotal: 3600, total: 4090 }]);
});

test('what was put into the cart after the payment page was opened waits in a new cart', async () => {
  const held = await aCart(shop);
  const session = await checkOut(held);
  await deliver(
    context,
    aReply({ author: held.shopper_id, text: '#AddToCart x3' }),
    aReply({ author: held.shopper_id, to: POST.ebook }),
  );
  await pay(session);
  await record(session);
  expect(await ordersOf(held)).toMatchObject([{ subtotal: 1800 }]);
  expect(await cartOf(context, held.shopper_id)).toEqual({ 'shop MUG': 2, 'shop EBOOK': 1 });
});

test('the old page is paid in the very moment in which it is replaced: that payment counts', async () => {
  const held = await aCart(shop);
  const old = await checkOut(held);
  await deliver(context, aReply({ author: held.shopper_id, text: '#AddToCart x2' }));
  await pay(old);
  const result = await openCheckout(context, held.cart_id, 4090, {
    returnUrl: `${config.PUBLIC_URL}${held.path}`,
    shippingLabel: 'Shipping',
    language: 'en',
  });
  expect(result).toEqual({ kind: 'paid' });
  await record(old);
  expect(await ordersOf(held)).toMatchObject([{ subtotal: 1800 }]);
  expect(await cartOf(context, held.shopper_id)).toEqual({ 'shop MUG': 1 });
});

test('a second payment for a paid cart goes back in full, once, and is shown', async () => {
  const held = await aCart(shop);
  const first = await checkOut(held);
  // A second page for the same cart that nobody closed: as when a tab was open while Stripe could not be reached.
  await db.updateTable('checkouts').set({ status: 'expired' }).where('session_id', '=', first).execute();
  const second = await checkOut(held);
  expect(second).not.toBe(first);
  await Promise.all([pay(first), pay(second)]);
  await record(first);
  await record(second);
  expect(await ordersOf(held)).toHaveLength(1);
  const [refund] = await refundsOf(second);
  expect(refund).toMatchObject({ status: 'due', reason: 'cart_already_paid', amount: 2290 });
  await Promise.all([...Array(4)].map(() => giveRefund(context, { refund_id: refund?.id as string })));
  await giveRefund(context, { refund_id: refund?.id as string });
  expect(await refundsOf(second)).toMatchObject([{ status: 'succeeded' }]);
  const stripe = await context.stripe.refunds.list({ payment_intent: refund?.payment_id as string });
  expect(stripe.data.map((each) => each.amount)).toEqual([2290]);
  expect((await shop.visitor().open(`${config.PUBLIC_URL}${held.path}?session=${second}`)).text).toContain(
    'Your payment was given back We have given $22.90 back',
  );
  expect((await shop.visitor().open(`${config.PUBLIC_URL}${held.path}?session=${first}`)).text).toContain(
    'Thank you',
  );
});

test('the answer to a refund is lost: it is not made twice', async () => {
  const held = await aCart(shop, [{ to: POST.sticker }]);
  const session = await checkOut(held);
  await stock('STICKER', 0);
  await pay(session);
  await record(session);
  const [refund] = await refundsOf(session);
  await shop.control(shop.stripe, '/faults', { kind: 'reset_after', path: '/v1/refunds', times: 10 });
  await expect(giveRefund(context, { refund_id: refund?.id as string })).rejects.toThrow();
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
  await giveRefund(context, { refund_id: refund?.id as string });
  const stripe = await context.stripe.refunds.list({ payment_intent: refund?.payment_id as string });
  expect(stripe.data).toHaveLength(1);
  await stock('STICKER', 1_000);
});

test('the last piece: one order, everybody else is refused before paying or gets the money back', async () => {
  await stock('STICKER', 1);
  const shoppers = await Promise.all([...Array(12)].map(() => aCart(shop, [{ to: POST.sticker }])));
  const sessions = await Promise.all(shoppers.slice(0, 8).map(checkOut));
  await Promise.all(sessions.map((session) => pay(session)));
  await Promise.all(sessions.map(record));
  const orders = (await Promise.all(shoppers.map(ordersOf))).flat();
  expect(orders).toHaveLength(1);
  expect(await soldOf('STICKER')).toBe(1);
  const refunds = (await Promise.all(sessions.map(refundsOf))).flat();
  expect(refunds).toHaveLength(7);
  expect(refunds.every((refund) => refund.reason === 'sold_out' && refund.amount === 740)).toBe(true);
  const late = await shop.visitor().open(`${config.PUBLIC_URL}${shoppers[9]?.path}`);
  expect(late.text).toContain('sold out');
  expect(
    await openCheckout(context, shoppers[9]?.cart_id as string, 740, {
      returnUrl: 'https://x.example',
      shippingLabel: 'S',
      language: 'en',
    }),
  ).toEqual({ kind: 'unavailable' });
  await stock('STICKER', 1_000);
});

test('a price that changed between looking and paying is shown, and nothing is paid', async () => {
  const held = await aCart(shop);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await db.updateTable('products').set({ price: 2000 }).where('sku', '=', 'MUG').execute();
  await page.submit('/checkout');
  expect(page.text).toContain('The total was $22.90; it is $24.90 now.');
  expect(page.text).toContain('was $18.00 when you replied');
  expect(await db.selectFrom('checkouts').select('id').where('cart_id', '=', held.cart_id).execute()).toEqual(
    [],
  );
  await page.submit('/checkout');
  expect(page.url).toContain(shop.stripe);
  await db.updateTable('products').set({ price: 1800 }).where('sku', '=', 'MUG').execute();
});

test.each([
  ['an open page at the old price is closed', 2500],
  ['a form with a total of its own decides nothing', 1],
])('%s', async (_name, total) => {
  const held = await aCart(shop);
  const old = await checkOut(held);
  await db.updateTable('products').set({ price: 2100 }).where('sku', '=', 'MUG').execute();
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await page.submit('/checkout', { total: String(total) });
  expect(page.text).toContain('Please look once more');
  const next = await checkOut(held);
  await expect(pay(old)).rejects.toThrow('409');
  expect((await context.stripe.checkout.sessions.retrieve(next)).amount_total).toBe(2590);
  await db.updateTable('products').set({ price: 1800 }).where('sku', '=', 'MUG').execute();
});

test('a way to pay that tells later: no order until it has told', async () => {
  for (const result of ['succeeded', 'failed'] as const) {
    const held = await aCart(shop);
    const session = await checkOut(held);
    await pay(session, { card: 'bank_debit' });
    await record(session);
    expect(await ordersOf(held)).toEqual([]);
    expect((await shop.visitor().open(`${config.PUBLIC_URL}${held.path}?session=${session}`)).text).toContain(
      'Your bank is still working on it',
    );
    await shop.control(shop.stripe, `/sessions/${session}/async`, { result });
    await record(session);
    expect(await ordersOf(held)).toHaveLength(result === 'succeeded' ? 1 : 0);
  }
});

test('a declined card leaves everything as it was', async () => {
  const held = await aCart(shop);
  const session = await checkOut(held);
  await pay(session, { card: 'declined' });
  await record(session);
  expect(await ordersOf(held)).toEqual([]);
  expect(await checkOut(held)).toBe(session);
});

test('an expired page is replaced by a new one', async () => {
  const held = await aCart(shop);
  const session = await checkOut(held);
  await context.stripe.checkout.sessions.expire(session);
  await record(session);
  const next = await checkOut(held);
  expect(next).not.toBe(session);
  await record(session); // late news of the old one changes nothing
  await pay(next);
  await record(next);
  expect(await ordersOf(held)).toHaveLength(1);
});

test('a digital product: no address is asked, and a mail brings the download', async () => {
  const held = await aCart(shop, [{ to: POST.ebook }], 'reader@mail.example');
  const session = await checkOut(held);
  expect(await context.stripe.checkout.sessions.retrieve(session)).toMatchObject({
    shipping_address_collection: null,
    amount_total: 900,
  });
  await pay(session);
  await record(session);
  await sendMails(context, { mail_ids: await dueMails(db, 500) });
  const mails = (await shop.mails()).filter((mail) => mail.to.includes('reader@mail.example'));
  expect(mails.some(({ subject }) => subject.includes('Receipt'))).toBe(true);
  const address = mails.map(({ text }) => /http\S+\/d\/\S+/.exec(text)?.[0]).find((each) => each) as string;
  const page = await shop.visitor().open(address);
  expect(page.text).toContain('Pottery at home (e-book)');
});

const signed = (payload: string, secret = config.STRIPE_WEBHOOK_SECRET, timestamp?: number) =>
  new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret, timestamp });
const send = (payload: string, signature: string) =>
  app.request(`${config.PUBLIC_URL}/webhooks/stripe`, {
    method: 'POST',
    body: payload,
    headers: { 'stripe-signature': signature },
  });
const anEvent = (
  id: string,
  session_id: string,
  type = 'checkout.session.completed',
  more: object = {},
): string =>
  JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: 1,
    type,
    livemode: false,
    data: { object: { id: session_id, object: 'checkout.session' } },
    ...more,
  });
const stored = async (id: string): Promise<number> =>
  (await db.selectFrom('stripe_events').select('id').where('id', '=', id).execute()).length;

test('an event that comes five times at once is stored once; reversed and repeated events make one order', async () => {
  const held = await aCart(shop);
  const session = await checkOut(held);
  await pay(session);
  const events = [
    anEvent('evt_a', session),
    anEvent('evt_b', session, 'checkout.session.expired'),
    anEvent('evt_c', session),
  ];
  const answers = await Promise.all(
    events.flatMap((event) => [...Array(5)].map(() => send(event, signed(event)))),
  );
  expect(answers.every((answer) => answer.status === 200)).toBe(true);
  expect(await Promise.all(['evt_a', 'evt_b', 'evt_c'].map(stored))).toEqual([1, 1, 1]);
  for (const event_id of ['evt_b', 'evt_c', 'evt_a', 'evt_b']) await readStripeEvent(context, { event_id });
  expect(await ordersOf(held)).toHaveLength(1);
  expect(await openEvents(db, 10)).toEqual([]);
});

test.each<[string, (payload: string) => Response | Promise<Response>]>([
  ['forged', (payload) => send(payload, 't=1,v1=00')],
  ['signed with another secret', (payload) => send(payload, signed(payload, 'whsec_other'))],
  ['changed by one byte', (payload) => send(payload.replace('cs_', 'cx_'), signed(payload))],
  [
    'older than five minutes',
    (payload) => send(payload, signed(payload, undefined, Math.floor(Date.now() / 1000) - 400)),
  ],
  ['without a signature', (payload) => send(payload, '')],
])('an event that is %s is refused, and nothing of it is kept', async (name, refuse) => {
  const id = `evt_${name.replace(/\W/g, '')}`;
  expect((await refuse(anEvent(id, 'cs_test_1'))).status).toBe(400);
  expect(await stored(id)).toBe(0);
});

test('an event of the other mode is left aside', async () => {
  const payload = anEvent('evt_live', 'cs_test_1', undefined, { livemode: true });
  expect((await send(payload, signed(payload))).status).toBe(200);
  expect(await stored('evt_live')).toBe(0);
});

test('a session that is not ours is not ours to care about', async () => {
  const { id } = await context.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      { quantity: 1, price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'Other' } } },
    ],
    success_url: 'https://other.example',
  });
  await pay(id);
  await record(id);
  expect(await db.selectFrom('payments').select('id').where('amount', '=', 500).execute()).toEqual([]);
});

test('an older reply that arrives after the payment changes nothing', async () => {
  const late = newPostId();
  const held = await aCart(shop, [{ to: POST.ebook }]);
  const session = await checkOut(held);
  await pay(session);
  await record(session);
  const reply = aReply({ id: late, author: held.shopper_id, to: POST.ebook });
  await db.updateTable('products').set({ purchase_limit: null }).where('sku', '=', 'EBOOK').execute();
  await deliver(context, reply);
  expect(await cartOf(context, held.shopper_id)).toEqual({});
});
