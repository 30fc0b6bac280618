import { expect, test } from '@jest/globals';
import { aSession, type Bench, errorOf, idOf, openBench } from './stripe-bench.ts';

/** Pays 18.00 USD. @returns the PaymentIntent's id */
async function pay(bench: Bench): Promise<string> {
  const { id } = await bench.stripe.checkout.sessions.create(aSession());
  await bench.control(`/sessions/${id}/pay`, {});
  return idOf((await bench.stripe.checkout.sessions.retrieve(id)).payment_intent);
}

const chargeOf = async (bench: Bench, payment_intent: string) =>
  (await bench.stripe.paymentIntents.retrieve(payment_intent, { expand: ['latest_charge'] })).latest_charge;

test('a payment is given back as a whole', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  const refund = await bench.stripe.refunds.create({ payment_intent, metadata: { order: '7' } });
  expect(refund).toMatchObject({
    object: 'refund',
    amount: 1_800,
    currency: 'usd',
    metadata: { order: '7' },
    payment_intent,
    status: 'succeeded',
  });
  expect(await chargeOf(bench, payment_intent)).toMatchObject({ amount_refunded: 1_800, refunded: true });
  expect(await bench.stripe.refunds.retrieve(refund.id)).toEqual(refund);
  expect(await errorOf(bench.stripe.refunds.create({ payment_intent }))).toMatchObject({
    statusCode: 400,
    code: 'charge_already_refunded',
  });
});

test('a payment is given back in parts, and never more than it was', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  const { refunds } = bench.stripe;
  const first = await refunds.create({ payment_intent, amount: 500, reason: 'requested_by_customer' });
  expect(await chargeOf(bench, payment_intent)).toMatchObject({ amount_refunded: 500, refunded: false });
  const over = await errorOf(refunds.create({ payment_intent, amount: 1_301 }));
  expect(over).toMatchObject({ statusCode: 400, param: 'amount' });
  expect(over.message).toBe('Refund amount ($13.01) is greater than unrefunded amount on charge ($13.00)');
  const charge = idOf(await chargeOf(bench, payment_intent));
  const second = await refunds.create({ charge });
  expect(second.amount).toBe(1_300);
  expect((await refunds.list({ payment_intent })).data.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect((await refunds.list({ charge, limit: 1 })).data).toEqual([second]);
  expect((await refunds.list({ payment_intent: 'pi_other' })).data).toEqual([]);
});

test('refunds that raced each other do not add up to more than was paid', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  const tries = await Promise.allSettled(
    Array.from({ length: 5 }, () => bench.stripe.refunds.create({ payment_intent, amount: 700 })),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect(await chargeOf(bench, payment_intent)).toMatchObject({ amount_refunded: 1_400 });
});

test('refunds can be left pending, to succeed or fail later', async () => {
  await using bench = await openBench();
  await bench.control('/settings', { refunds: 'pending' });
  const payment_intent = await pay(bench);
  const { refunds } = bench.stripe;
  const one = await refunds.create({ payment_intent, amount: 800 });
  const two = await refunds.create({ payment_intent, amount: 1_000 });
  expect([one.status, two.status]).toEqual(['pending', 'pending']);
  expect(one.pending_reason).toBe('processing');
  expect((await bench.control(`/refunds/${one.id}`, { status: 'succeeded' })).status).toBe(200);
  expect(await refunds.retrieve(one.id)).toMatchObject({ status: 'succeeded' });
  expect((await bench.control(`/refunds/${two.id}`, { status: 'failed' })).status).toBe(200);
  expect(await refunds.retrieve(two.id)).toMatchObject({ status: 'failed', failure_reason: 'unknown' });
  expect(await chargeOf(bench, payment_intent)).toMatchObject({ amount_refunded: 800, refunded: false });
  expect((await bench.control(`/refunds/${two.id}`, { status: 'succeeded' })).status).toBe(409);
  expect((await bench.control(`/refunds/${one.id}`, { status: 'pending' })).status).toBe(409);
  expect((await bench.control('/refunds/re_none', { status: 'failed' })).status).toBe(404);
  await bench.control('/settings', { refunds: 'instant' });
  expect(await refunds.create({ payment_intent })).toMatchObject({ amount: 1_000, status: 'succeeded' });
});

test('even a refund that succeeded can come back', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  const refund = await bench.stripe.refunds.create({ payment_intent });
  await bench.control(`/refunds/${refund.id}`, { status: 'failed' });
  expect(await chargeOf(bench, payment_intent)).toMatchObject({ amount_refunded: 0, refunded: false });
});

test('refunds are refused without a payment that was made', async () => {
  await using bench = await openBench();
  const { refunds, checkout } = bench.stripe;
  expect(await errorOf(refunds.create({}))).toMatchObject({
    code: 'parameter_missing',
    param: 'payment_intent',
  });
  const { id } = await checkout.sessions.create(aSession());
  await bench.control(`/sessions/${id}/pay`, { card: 'declined' });
  const session = await checkout.sessions.retrieve(id);
  const unpaid = await errorOf(refunds.create({ payment_intent: idOf(session.payment_intent) }));
  expect(unpaid).toMatchObject({ statusCode: 400, param: 'payment_intent' });
  expect(unpaid.message).toContain('does not have a successful charge to refund');
  const failed = idOf(await chargeOf(bench, idOf(session.payment_intent)));
  expect(await errorOf(refunds.create({ charge: failed }))).toMatchObject({
    statusCode: 400,
    param: 'charge',
  });
});

test('refunds are refused with wrong parameters', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  const other = idOf(await chargeOf(bench, await pay(bench)));
  const { refunds } = bench.stripe;
  const refused = (changes: object) => errorOf(refunds.create({ payment_intent, ...changes }));
  expect(await refused({ amount: 0 })).toMatchObject({ code: 'parameter_invalid_integer', param: 'amount' });
  expect(await refused({ amount: 1.5 })).toMatchObject({ code: 'parameter_invalid_integer' });
  expect(await refused({ reason: 'regret' })).toMatchObject({ param: 'reason' });
  expect(await refused({ colour: 'red' })).toMatchObject({ code: 'parameter_unknown' });
  expect(await refused({ origin: 'customer_balance' })).toMatchObject({ code: 'not_simulated' });
  expect(await refused({ metadata: { k: 'v'.repeat(501) } })).toMatchObject({ param: 'metadata' });
  expect(await refused({ charge: other })).toMatchObject({ param: 'charge' });
  expect((await refunds.list()).data).toEqual([]);
});
