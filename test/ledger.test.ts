import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { adoptRefund } from '../src/actions/adopt-refund.ts';
import { compareWithStripe } from '../src/actions/compare-with-stripe.ts';
import { connectMerchant } from '../src/actions/connect-merchant.ts';
import { examine } from '../src/actions/examine.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { inviteStaff } from '../src/actions/staff-access.ts';
import { acceptDifference, openDifferences } from '../src/db/comparison.ts';
import type { Db } from '../src/db/database.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { movedByKind } from '../src/db/ledger.ts';
import { setFee } from '../src/db/payees.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { aShop } from './harness/shop.ts';
import { tried } from './harness/tried.ts';

const shop = await aShop();
const { context } = shop;
const { db, stripe } = context;
const config = { ...context.config, LOG_LEVEL: 'silent' as const };
const ledger = (...args: string[]) => replycart(config, 'ledger', ...args);
const check = () => compareWithStripe(context, { upToNow: true });
const STAFF = { restock: false, by: 'kim@shop.example' };

/** A paid order of one mug: 22.90 USD. */
async function anOrder(email?: string) {
  const held = await aCart(shop, [{}], email);
  await pays(shop, held);
  return db
    .selectFrom('orders')
    .select(['id', 'payment_id', 'cart_id'])
    .where('cart_id', '=', held.cart_id)
    .executeTakeFirstOrThrow();
}

/** A payment page that was paid, and nobody has told us. */
async function paidUnheard() {
  const held = await aCart(shop);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await page.submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
  return { ...held, session_id };
}

const entriesOf = (payment_id: string, from: Db = db) =>
  from
    .selectFrom('ledger_entries')
    .select(['kind', 'taken_from', 'given_to', 'amount', 'currency'])
    .where('payment_id', '=', payment_id)
    .orderBy('booked_at')
    .orderBy('kind')
    .execute();

test('a payment and what is given back of it are booked with them, once', async () => {
  const { id, payment_id } = await anOrder();
  const { refund_id } = await refundOrder(context, id, { ...STAFF, amount: 500 });
  await Promise.all([giveRefund(context, { refund_id }), giveRefund(context, { refund_id })]);
  expect(await entriesOf(payment_id)).toEqual([
    { kind: 'payment', taken_from: 'shoppers', given_to: 'platform', amount: 2290, currency: 'USD' },
    { kind: 'refund', taken_from: 'platform', given_to: 'shoppers', amount: 500, currency: 'USD' },
  ]);
});

test('with an account of the merchant’s: all goes there and the percentage comes back, and the other way round', async () => {
  const { payment_id } = await anOrder();
  const payment = await db
    .selectFrom('payments')
    .selectAll()
    .where('id', '=', payment_id)
    .executeTakeFirstOrThrow();
  const id = `${payment_id}x`;
  await tried(db, async (tx) => {
    await tx
      .updateTable('checkouts')
      .set({ fee: 101, destination: 'acct_1' })
      .where('id', '=', payment.checkout_id)
      .execute();
    await tx
      .insertInto('payments')
      .values({ ...payment, id })
      .execute();
    expect(await entriesOf(id, tx)).toEqual([
      { kind: 'payment', taken_from: 'shoppers', given_to: 'platform', amount: 2290, currency: 'USD' },
      { kind: 'transfer', taken_from: 'platform', given_to: 'merchant', amount: 2290, currency: 'USD' },
      { kind: 'fee', taken_from: 'merchant', given_to: 'fees', amount: 101, currency: 'USD' },
    ]);
    for (const [n, amount] of [763, 763, 764].entries())
      await tx
        .insertInto('refunds')
        .values({
          ...{ payment_id: id, reason: 'requested', status: 'succeeded', amount, currency: 'USD' },
          stripe_id: `re_${n}`,
        })
        .execute();
    const entries = await entriesOf(id, tx);
    const amounts = (kind: string) =>
      entries
        .filter((entry) => entry.kind === kind)
        .map(({ amount }) => amount)
        .sort();
    expect(amounts('reversal')).toEqual([763, 763, 764]);
    // Rounded together: when all is given back, all of the percentage is.
    expect(amounts('fee_refund')).toEqual([33, 34, 34]);
    const balances = await tx
      .selectFrom('ledger_sides')
      .select(['account', ({ fn }) => fn.sum<string>('amount').as('balance')])
      .where('payment_id', '=', id)
      .groupBy('account')
      .execute();
    expect(balances.map(({ balance }) => Number(balance))).toEqual([0, 0, 0, 0]);
  });
});

test('what Stripe did with the merchant’s share, the percentage and both ways back is what is booked', async () => {
  const { url } = await connectMerchant(context, 'rival');
  await (await shop.visitor().open(url)).submit('', { result: 'complete' });
  await setFee(db, 'rival', 333);
  const held = await aCart(shop, [{ to: POST.rivalCup, text: '#AddToCart x3' }]);
  await pays(shop, held);
  const order = await db
    .selectFrom('orders')
    .selectAll()
    .where('cart_id', '=', held.cart_id)
    .executeTakeFirstOrThrow();
  for (const amount of [1001, 999, undefined]) {
    const { refund_id } = await refundOrder(context, order.id, { ...STAFF, amount });
    expect(await check()).toMatchObject({ differences: 0 });
    await giveRefund(context, { refund_id });
    expect(await check()).toMatchObject({ differences: 0 });
  }
  const moved = await movedByKind(db, { merchant_id: 'rival' });
  // 3.33 % of 33.00; of 37.90 that were paid, with the shipping, all came back.
  expect(moved.map(({ kind, entries, amount }) => [kind, entries, amount])).toEqual([
    ['payment', 1, 3790],
    ['transfer', 1, 3790],
    ['fee', 1, 110],
    ['refund', 3, 3790],
    ['reversal', 3, 3790],
    ['fee_refund', 3, 110],
  ]);
  // A payment that was not split as we have booked it.
  const sendTo = (destination: string | null) =>
    db.updateTable('checkouts').set({ destination }).where('id', '=', order.checkout_id).execute();
  await sendTo('acct_other');
  await check();
  const [found] = (await openDifferences(db)).filter(({ about }) => about === order.payment_id);
  expect(found).toMatchObject({
    what: 'split',
    ours: '37.90 USD to acct_other, 37.90 USD of it back, fee 1.10 USD, 1.10 USD of it back',
  });
  await sendTo(order.destination);
});

test('what a bank takes, and returns, is booked as often as it does; what we were not told of is found', async () => {
  const { payment_id } = await anOrder();
  const { id } = await shop.control<{ id: string }>(shop.stripe, '/disputes', { payment_intent: payment_id });
  // Its events are fetched, and the dispute is asked about at once.
  expect(await check()).toMatchObject({ late: expect.any(Number), differences: 0 });
  const disputed = async () =>
    (await entriesOf(payment_id))
      .filter(({ kind }) => kind !== 'payment')
      .map(({ kind, taken_from, given_to, amount }) => [kind, taken_from, given_to, amount]);
  const { moved } = await db
    .selectFrom('disputes')
    .select('moved')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(moved).toBeLessThanOrEqual(-2290);
  expect(await disputed()).toEqual([['dispute', 'platform', 'disputes', -moved]]);
  await shop.control(shop.stripe, `/disputes/${id}`, { status: 'won' });
  await check();
  const [, returned, ...others] = await disputed();
  expect(returned).toEqual(['dispute_won', 'disputes', 'platform', expect.any(Number)]);
  expect(others).toEqual([]);
  expect(
    (await checkInvariants(db)).filter(({ name, breaches }) => /ledger/.test(name) && breaches > 0),
  ).toEqual([]);
  await db.updateTable('disputes').set({ status: 'lost' }).where('id', '=', id).execute();
  await check();
  const row = await db.selectFrom('disputes').select('status').where('id', '=', id).executeTakeFirst();
  expect(row).toEqual({ status: 'won' });
});

test('what a bank takes is booked in the currency of the balance; what was booked in another one goes back', async () => {
  const { payment_id } = await anOrder();
  const inDisputes = async () =>
    (await entriesOf(payment_id))
      .filter(({ kind }) => kind !== 'payment')
      .map(({ kind, amount, currency }) => `${kind} ${amount} ${currency}`);
  const balanceIn = (default_currency: string) => shop.control(shop.stripe, '/account', { default_currency });
  await balanceIn('eur');
  const { id } = await shop.control<{ id: string }>(shop.stripe, '/disputes', { payment_intent: payment_id });
  await check();
  await balanceIn('usd');
  const [taken] = (await stripe.disputes.retrieve(id)).balance_transactions;
  expect(taken?.currency).toBe('eur');
  expect(await inDisputes()).toEqual([`dispute ${-(taken?.net as number)} EUR`]);
  const row = () => db.selectFrom('disputes').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(await row()).toMatchObject({ currency: 'USD', moved: taken?.net, moved_currency: 'EUR' });
  const broken = async () =>
    (await checkInvariants(db)).filter(({ name, breaches }) => /ledger/.test(name) && breaches > 0);
  expect(await broken()).toEqual([]);
  // As it was booked once: in the currency of the charge.
  await db.updateTable('disputes').set({ moved_currency: 'USD' }).where('id', '=', id).execute();
  expect((await inDisputes()).slice(1)).toEqual(
    expect.arrayContaining([`dispute_won ${-(taken?.net as number)} EUR`]),
  );
  expect(await check()).toMatchObject({ differences: 0 });
  expect(await row()).toMatchObject({ moved_currency: 'EUR' });
  expect(await inDisputes()).toHaveLength(5);
  expect(await broken()).toEqual([]);
  expect(await check()).toMatchObject({ late: 0, differences: 0 });
});

test.each([`update ledger_entries set amount = 1`, `delete from ledger_entries`, `truncate ledger_entries`])(
  'what is booked stays as it is: %s',
  async (statement) => {
    await anOrder();
    await expect(tried(db, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(
      'the ledger is only added to',
    );
  },
);

test('where both say the same, the difference is 0', async () => {
  const { id } = await anOrder();
  const { refund_id } = await refundOrder(context, id, STAFF);
  await giveRefund(context, { refund_id });
  expect(await check()).toMatchObject({ differences: 0 });
  expect(await check()).toMatchObject({ late: 0, differences: 0 });
});

test('a comparison of a later span alone leaves what lies before it to the next', async () => {
  await anOrder();
  await check();
  // As if nothing had been compared for two days.
  await sql`update ledger_checks set since = since - interval '2 days', until = until - interval '2 days'`.execute(
    db,
  );
  await compareWithStripe(context, { since: new Date(Date.now() - 600_000) });
  const [next, after] = [await check(), await check()];
  const hoursBack = ({ since }: typeof next) => (Date.now() - since.getTime()) / 3_600_000;
  expect(hoursBack(next)).toBeGreaterThan(48);
  expect(hoursBack(after)).toBeLessThan(2);
});

test('a payment that nobody has told us of is found, is late and no fault, and becomes an order', async () => {
  await check();
  const { cart_id, session_id } = await paidUnheard();
  expect(await check()).toMatchObject({ late: expect.any(Number), differences: 0 });
  const open = await openDifferences(db);
  expect(open).toContainEqual(
    expect.objectContaining({
      about: session_id,
      ours: '22.90 USD, open',
      theirs: '22.90 USD, paid',
      late: true,
    }),
  );
  // Its event is here now as if it had come: what reads events does what follows.
  const event = await db
    .selectFrom('stripe_events')
    .select('id')
    .where('object_id', '=', session_id)
    .executeTakeFirstOrThrow();
  await readStripeEvent(context, { event_id: event.id });
  const orders = await db.selectFrom('orders').select('id').where('cart_id', '=', cart_id).execute();
  expect(orders).toHaveLength(1);
  expect(await check()).toMatchObject({ late: 0, differences: 0 });
  expect(await openDifferences(db)).toEqual([]);
});

test('what is late at one comparison and still is at one much later is a difference', async () => {
  const { session_id } = await paidUnheard();
  await check();
  await sql`update ledger_differences set first_seen_at = now() - interval '1 hour'`.execute(db);
  const { differences } = await check();
  expect(differences).toBeGreaterThan(0);
  await recordPayment(context, { session_id });
  for (const { id } of await db.selectFrom('stripe_events').select('id').execute())
    await readStripeEvent(context, { event_id: id });
  expect(await check()).toMatchObject({ late: 0, differences: 0 });
});

test('another amount is named, with what cures it: by the command, the doctor and the support page, until it is accepted', async () => {
  const { payment_id } = await anOrder();
  await db.updateTable('payments').set({ amount: 2291 }).where('id', '=', payment_id).execute();
  const wrong = await ledger('check', '--up-to-now');
  expect(wrong.code).toBe(1);
  expect(wrong.stdout).toContain(
    `fail  payment ${payment_id}: here 22.91 USD, ordered; at Stripe 22.90 USD, succeeded. Cure: look at both: replycart carts show ${payment_id}`,
  );
  expect(wrong.stderr).toContain('the books and Stripe’s differ in 1');
  const books = (await examine(context)).find(({ name }) => name === 'ledger');
  expect(books).toMatchObject({ state: 'fail', message: expect.stringContaining(payment_id) });
  const token = await inviteStaff(context, 'kim@shop.example', 'viewer', 'test');
  const staff = await shop.visitor().open(`${config.PUBLIC_URL}/support/welcome/${token}`);
  await staff.submit(token, { password: 'a long enough sentence' });
  expect(staff.text).toContain(
    `payment ${payment_id} : here 22.91 USD, ordered, at Stripe 22.90 USD, succeeded.`,
  );
  expect((await ledger('accept', payment_id, '--reason', 'a cent for luck')).code).toBe(0);
  const right = await ledger('check', '--up-to-now');
  expect(right.code).toBe(0);
  expect(right.stdout).toMatch(/ compared, \d+ late, difference 0\n$/);
  const audit = await db.selectFrom('audit').select('reason').where('subject', '=', payment_id).execute();
  expect(audit).toEqual([{ reason: 'a cent for luck' }]);
  await db.updateTable('payments').set({ amount: 2292 }).where('id', '=', payment_id).execute();
  expect(await check()).toMatchObject({ differences: 1 });
  await db.updateTable('payments').set({ amount: 2290 }).where('id', '=', payment_id).execute();
  expect(await check()).toMatchObject({ differences: 0 });
  expect(await acceptDifference(db, payment_id)).toBe(false);
});

test('a row without its object at Stripe is named', async () => {
  const { payment_id } = await anOrder();
  const { checkout_id } = await db
    .selectFrom('payments')
    .select('checkout_id')
    .where('id', '=', payment_id)
    .executeTakeFirstOrThrow();
  await db
    .updateTable('checkouts')
    .set({ session_id: 'cs_test_nobody' })
    .where('id', '=', checkout_id)
    .execute();
  await check();
  expect(await openDifferences(db)).toContainEqual(
    expect.objectContaining({ about: 'cs_test_nobody', ours: '22.90 USD, paid', theirs: null, late: false }),
  );
});

test('a refund of Stripe’s dashboard is named, and adopted: the shopper hears of it, and the books are right', async () => {
  const { payment_id, id } = await anOrder('back@mail.example');
  const refund = await stripe.refunds.create({ payment_intent: payment_id, amount: 700 });
  await check();
  expect(await openDifferences(db)).toContainEqual(
    expect.objectContaining({
      ...{ about: refund.id, ours: null, theirs: '7.00 USD, succeeded', late: false },
      cure: `note it: replycart ledger adopt ${refund.id}`,
    }),
  );
  expect((await ledger('adopt', refund.id)).stdout).toBe(`$7.00 given back by ${refund.id} are noted\n`);
  expect((await ledger('adopt', refund.id)).stdout).toBe(
    `$7.00 given back by ${refund.id} are noted already\n`,
  );
  const row = await db
    .selectFrom('refunds')
    .select('id')
    .where('stripe_id', '=', refund.id)
    .executeTakeFirstOrThrow();
  await giveRefund(context, { refund_id: row.id });
  await sendAll(context);
  expect((await mailsTo(shop, 'back@mail.example')).map(({ text }) => text).join()).toContain('$7.00');
  await check();
  expect((await openDifferences(db)).filter(({ about }) => about === refund.id)).toEqual([]);
  await expect(refundOrder(context, id, { ...STAFF, amount: 2000 })).rejects.toThrow('at most $15.90');
  await expect(adoptRefund(context, 're_nobody', STAFF)).rejects.toThrow('Stripe has no refund re_nobody');
});

test('who adopts a refund of ours of which only the answer was lost has it go on as ours, and not twice', async () => {
  const { id, payment_id } = await anOrder();
  const { refund_id } = await refundOrder(context, id, { ...STAFF, amount: 300 });
  await shop.control(shop.stripe, '/faults', { kind: 'reset_after', path: '/v1/refunds', times: 3 });
  await expect(giveRefund(context, { refund_id })).rejects.toThrow();
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
  const made = (await stripe.refunds.list({ payment_intent: payment_id })).data[0]?.id as string;
  expect(await adoptRefund(context, made, STAFF)).toMatchObject({ refund_id, isNew: false });
  await giveRefund(context, { refund_id });
  const rows = await db
    .selectFrom('refunds')
    .select(['status', 'stripe_id'])
    .where('payment_id', '=', payment_id)
    .execute();
  expect(rows).toEqual([{ status: 'succeeded', stripe_id: made }]);
});

test('a refund that the bank sends back after it had succeeded is named', async () => {
  const { id } = await anOrder();
  const { refund_id } = await refundOrder(context, id, STAFF);
  await giveRefund(context, { refund_id });
  const { stripe_id } = await db
    .selectFrom('refunds')
    .select('stripe_id')
    .where('id', '=', refund_id)
    .executeTakeFirstOrThrow();
  await shop.control(shop.stripe, `/refunds/${stripe_id}`, { status: 'failed' });
  await check();
  expect(await openDifferences(db)).toContainEqual(
    expect.objectContaining({ about: stripe_id, ours: '22.90 USD, succeeded', theirs: '22.90 USD, failed' }),
  );
});

test('what others sell on the same account is no difference, however many pages there are of it', async () => {
  await Promise.all(
    [...Array(130)].map(() =>
      stripe.checkout.sessions.create({
        mode: 'payment',
        success_url: 'https://other.example',
        line_items: [
          { quantity: 1, price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'other' } } },
        ],
      }),
    ),
  );
  const { compared } = await check();
  expect(compared).toBeGreaterThan(130);
  expect((await openDifferences(db)).map(({ theirs }) => theirs)).not.toContain('5.00 USD, open');
});

test('what moved is shown by merchant and month, and exported', async () => {
  await anOrder();
  const shown = (await ledger('show', '--merchant', 'shop')).stdout;
  expect(shown).toMatch(/^shop, USD\n {2}paid by shoppers: \$[\d.,]+ \(\d+\)\n {2}given back to shoppers: /m);
  expect(shown).toMatch(/balances: shoppers -\$[\d.,]+, platform \$[\d.,]+, disputes \$15.00\n$/);
  expect((await ledger('show', '--month', '2001-01')).stdout).toBe('nothing has moved\n');
  const rows = parse((await ledger('export', '--merchant', 'shop')).stdout, { columns: true }) as object[];
  expect(rows[0]).toMatchObject({
    kind: 'payment',
    taken_from: 'shoppers',
    amount: '22.90',
    currency: 'USD',
  });
  const all = await db
    .selectFrom('ledger_entries')
    .select('kind')
    .where('merchant_id', '=', 'shop')
    .execute();
  expect(rows).toHaveLength(all.length);
});
