import { afterEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openCheckout } from '../src/actions/open-checkout.ts';
import { readReplyPrices } from '../src/db/support-case.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { aReply, newPostId, POST } from './harness/builders.ts';
import { aCart, type Held } from './harness/carts.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { deliver } from './harness/replies.ts';
import { mugAt, sells } from './harness/selling.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const PROMISED = 'price_policy: promised\n        promised_hours: 48';
const LOWER = 'price_policy: lower_of';

afterEach(() => sells(context));

const open = (address: string) => shop.visitor().open(new URL(address, config.PUBLIC_URL).href);

/** Presses the button that pays. @returns the session's id */
async function checksOut({ path }: Held): Promise<string> {
  const page = await (await open(path)).submit('/checkout');
  const id = /cs_test_\w+/.exec(page.url)?.[0];
  if (!id) throw new Error(`no payment page, but ${page.url}: ${page.text}`);
  return id;
}

const pay = (session_id: string) => shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
const ordersOf = ({ shopper_id }: Held) =>
  db.selectFrom('orders').selectAll().where('shopper_id', '=', shopper_id).execute();

/** For the promises, time passes. */
const letHoursPass = (hours: number) =>
  sql`update cart_lines set priced_at = priced_at - ${hours} * interval '1 hour'`.execute(db);

async function newestMailTo(email: string): Promise<{ text: string; link: string }> {
  await sendAll(context);
  const [mail] = await mailsTo(shop, email);
  const link = /http:\S+\/c\/\S+/.exec(mail?.text ?? '')?.[0];
  if (!mail || !link) throw new Error(`no mail with a link to ${email}`);
  return { text: mail.text, link };
}

test('the mail and the page say until when a price is promised, and it is paid', async () => {
  await sells(context, ...mugAt('18.00', { policy: PROMISED }));
  const held = await aCart(shop, [{}], 'promised@mail.example');
  const { text, link } = await newestMailTo('promised@mail.example');
  expect(text).toMatch(/This price is promised until \w+ \d+, 20\d\d, \d+:\d\d/);
  await sells(context, ...mugAt('21.00', { policy: PROMISED }));
  const page = await open(link);
  expect(page.text).toMatch(/This price is promised until .* To others it costs \$21\.00 today\./);
  expect(page.text).not.toContain('Another price than before');
  const session = await checksOut(held);
  await pay(session);
  await recordPayment(context, { session_id: session });
  expect(await ordersOf(held)).toMatchObject([{ subtotal: 1800 }]);
});

test('the lower of two prices: the mail says so, and whichever way it goes the lower one is asked', async () => {
  await sells(context, ...mugAt('18.00', { policy: LOWER }));
  const held = await aCart(shop, [{}], 'lower@mail.example');
  const { text, link } = await newestMailTo('lower@mail.example');
  expect(text).toContain('You pay $18.00 or the price of the day, whichever is lower.');
  await sells(context, ...mugAt('15.00', { policy: LOWER }));
  expect((await open(link)).text).toContain(
    'Stoneware mug: was $18.00, is $15.00; the lower of the two prices counts, as promised.',
  );
  await letHoursPass(10_000);
  await sells(context, ...mugAt('30.00', { policy: LOWER }));
  expect((await open(held.path)).text).toContain('Total $22.90'); // with the shipping
});

test('what a price was, is, and why comes first on the page that the mail opens', async () => {
  await aCart(shop, [{}, { to: POST.ebook }], 'moved@mail.example');
  const { link } = await newestMailTo('moved@mail.example');
  expect((await open(link)).text).not.toContain('Another price');
  await sells(context, ...mugAt('20.00'));
  const { text } = await open(link);
  expect(text).toMatch(
    /Your cart at Acme Stoneware Another price than before Stoneware mug: was \$18\.00, is \$20\.00; the merchant has changed it since, and the price of the day you pay counts\. Before: in our mail of/,
  );
});

test('who comes without a mail reads what it was at the reply; setting the line anew settles that', async () => {
  const held = await aCart(shop);
  await sells(context, ...mugAt('20.00'));
  const page = await open(held.path);
  expect(page.text).toContain('Stoneware mug: was $18.00, is $20.00; the merchant has changed it since');
  await page.submit('/items', { quantity: '2' });
  expect(page.text).not.toContain('Another price than before');
});

test('a promise survives changes of the line, by reply and on the page, with its end', async () => {
  await sells(context, ...mugAt('18.00', { policy: PROMISED }));
  const held = await aCart(shop);
  await letHoursPass(40);
  await sells(context, ...mugAt('20.00', { policy: PROMISED }));
  await (await open(held.path)).submit('/items', { quantity: '2' });
  const id = newPostId(new Date(Date.now() + 1000));
  await deliver(context, aReply({ author: held.shopper_id, text: '#AddToCart x3', id }));
  expect((await open(held.path)).text).toContain('$54.00');
  await letHoursPass(8);
  expect((await open(held.path)).text).toContain(
    'was $18.00, is $20.00; the time for which the price was promised is over.',
  );
});

test('taken out and put back within the promise, a line costs what it did', async () => {
  await sells(context, ...mugAt('18.00', { policy: PROMISED }));
  const held = await aCart(shop);
  await sells(context, ...mugAt('20.00', { policy: PROMISED }));
  const page = await open(held.path);
  await page.submit('/items', { quantity: '0' });
  expect(page.text).toContain('Put back 1');
  await page.submit('/items');
  expect(page.text).toContain('Total $22.90');
});

test.each([
  ['the price has changed', () => sells(context, ...mugAt('20.00', { policy: 'price_policy: current' }))],
  [
    'the promise has ended',
    async () => {
      await sells(context, ...mugAt('20.00', { policy: PROMISED }));
      await letHoursPass(48);
    },
  ],
  ['the offer has ended', () => sells(context, ...mugAt('20.00', { policy: PROMISED.replace('48', '1') }))],
])(
  '%s while a payment page is open: it is closed before another opens, and the new one asks for the new price',
  async (name, change) => {
    await sells(
      context,
      ...mugAt('18.00', name.includes('offer') ? { offer: '16.00' } : { policy: PROMISED }),
    );
    const held = await aCart(shop);
    const old = await checksOut(held);
    await change();
    if (name.includes('offer')) await letHoursPass(2);
    // Whoever still had the cart's page open is shown the difference first.
    const seen = await open(held.path);
    expect(seen.text).toContain('is $20.00');
    const next = await checksOut(held);
    expect(next).not.toBe(old);
    await expect(pay(old)).rejects.toThrow('409');
    await pay(next);
    await recordPayment(context, { session_id: next });
    expect(await ordersOf(held)).toMatchObject([{ subtotal: 2000, total: 2490 }]);
  },
);

test('who presses the button of a page that shows another price pays nothing, and sees the difference', async () => {
  const held = await aCart(shop);
  const page = await open(held.path);
  await sells(context, ...mugAt('20.00'));
  await page.submit('/checkout');
  expect(page.text).toMatch(/Another price than before .* The total was \$22\.90; it is \$24\.90 now\./);
  expect(await db.selectFrom('checkouts').selectAll().where('cart_id', '=', held.cart_id).execute()).toEqual(
    [],
  );
});

test('the old page is paid in the very moment in which the price changes: that payment is honoured, recorded and told', async () => {
  const held = await aCart(shop, [{}], 'moment@mail.example');
  const old = await checksOut(held);
  await sells(context, ...mugAt('20.00'));
  await pay(old);
  const result = await openCheckout(context, held.cart_id, 2490, {
    returnUrl: `${config.PUBLIC_URL}${held.path}`,
    shippingLabel: 'Shipping',
    language: 'en',
  });
  expect(result).toEqual({ kind: 'paid' });
  await recordPayment(context, { session_id: old });
  expect(await ordersOf(held)).toMatchObject([{ subtotal: 1800, total: 2290 }]);
  await sendAll(context);
  const [receipt] = await mailsTo(shop, 'moment@mail.example');
  expect(receipt?.text).toContain('Stoneware mug: $18.00');
});

test('both pages are paid, at the old price and at the new: one is the order, the other goes back whole', async () => {
  const held = await aCart(shop);
  const old = await checksOut(held);
  // Stripe could not be reached when the old page was to be closed.
  await db.updateTable('checkouts').set({ status: 'expired' }).where('session_id', '=', old).execute();
  await sells(context, ...mugAt('20.00'));
  const next = await checksOut(held);
  for (const session_id of [next, old]) {
    await pay(session_id);
    await recordPayment(context, { session_id });
  }
  expect(await ordersOf(held)).toMatchObject([{ subtotal: 2000 }]);
  const refunds = await db
    .selectFrom('refunds')
    .innerJoin('payments', 'payments.id', 'refunds.payment_id')
    .innerJoin('checkouts', 'checkouts.id', 'payments.checkout_id')
    .select(['refunds.id', 'refunds.amount', 'refunds.reason'])
    .where('cart_id', '=', held.cart_id)
    .execute();
  expect(refunds).toMatchObject([{ amount: 2290, reason: 'cart_already_paid' }]);
  await giveRefund(context, { refund_id: refunds[0]?.id as string });
  expect((await open(`${held.path}?session=${old}`)).text).toContain('We have given $22.90 back');
});

test('what was bought in the last day is told before it is paid again, and not after that', async () => {
  const held = await aCart(shop);
  const session = await checksOut(held);
  await pay(session);
  await recordPayment(context, { session_id: session });
  await deliver(
    context,
    aReply({ author: held.shopper_id }),
    aReply({ author: held.shopper_id, to: POST.ebook }),
  );
  const { id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', held.shopper_id)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  await db.updateTable('cart_links').set({ cart_id: id }).where('cart_id', '=', held.cart_id).execute();
  const boughtAgo = (hours: number) =>
    sql`update orders set created_at = now() - ${hours} * interval '1 hour' where shopper_id = ${held.shopper_id}`.execute(
      db,
    );
  await boughtAgo(3.5);
  expect((await open(held.path)).text).toContain('You bought this 3 hours ago: Stoneware mug.');
  expect((await open(held.path)).text).not.toContain('ago: Pottery');
  await boughtAgo(24);
  expect((await open(held.path)).text).not.toContain('You bought');
});

test('staff read what a line cost, costs, and why', async () => {
  const held = await aCart(shop);
  await sells(context, ...mugAt('20.00'));
  const { post_id } = await db
    .selectFrom('cart_lines')
    .select('post_id')
    .where('cart_id', '=', held.cart_id)
    .executeTakeFirstOrThrow();
  expect(await readReplyPrices(db, post_id as string)).toEqual([
    {
      ...{ sku: 'MUG', currency: 'USD', at_reply: 1800, now: 2000 },
      ...{ price_why: 'changed', promise: null, offer_post_id: null },
    },
  ]);
});
