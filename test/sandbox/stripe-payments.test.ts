import { expect, test } from '@jest/globals';
import {
  aLine,
  aRate,
  aSession,
  aShippedSession,
  type Bench,
  DAY,
  errorOf,
  idOf,
  openBench,
} from './stripe-bench.ts';

const open = async (bench: Bench, params = aSession()): Promise<string> =>
  (await bench.stripe.checkout.sessions.create(params)).id;

const read = (bench: Bench, id: string) =>
  bench.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });

test('a paid session has a payment, a charge and what the shopper entered', async () => {
  await using bench = await openBench();
  const id = await open(
    bench,
    aShippedSession({
      payment_intent_data: { description: 'Cart 7', metadata: { cart: '7' }, receipt_email: 'a@b.co' },
    }),
  );
  const address = { line1: 'Weg 1', city: 'Wien', postal_code: '1010', country: 'AT' };
  const { status, body } = await bench.control(`/sessions/${id}/pay`, {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    address,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ outcome: 'paid', session: { id, status: 'complete' } });
  const session = await read(bench, id);
  const whole = { ...address, line2: null, state: null };
  expect(session).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    url: null,
    amount_total: 2_290,
    customer_details: { email: 'ada@example.com', name: 'Ada Lovelace', address: whole },
    collected_information: { shipping_details: { name: 'Ada Lovelace', address: whole } },
    payment_intent: {
      amount: 2_290,
      amount_received: 2_290,
      currency: 'usd',
      description: 'Cart 7',
      metadata: { cart: '7' },
      receipt_email: 'a@b.co',
      shipping: { name: 'Ada Lovelace', address: whole },
      status: 'succeeded',
      latest_charge: {
        amount: 2_290,
        amount_captured: 2_290,
        captured: true,
        paid: true,
        refunded: false,
        status: 'succeeded',
        billing_details: { email: 'ada@example.com', name: 'Ada Lovelace' },
        payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
      },
    },
  });
  const intent = await bench.stripe.paymentIntents.retrieve(idOf(session.payment_intent));
  expect((await bench.stripe.paymentIntents.list()).data).toEqual([intent]);
  expect(await bench.stripe.charges.retrieve(idOf(intent.latest_charge))).toMatchObject({
    payment_intent: intent.id,
  });
});

test('a session without shipping asks for no address', async () => {
  await using bench = await openBench();
  const id = await open(bench, aSession({ customer_email: 'ada@example.com' }));
  await bench.control(`/sessions/${id}/pay`, { email: 'someone@else.example' });
  const session = await read(bench, id);
  expect(session.customer_details?.email).toBe('ada@example.com');
  expect(session.collected_information?.shipping_details).toBeNull();
  expect(session.customer_details?.address?.line1).toBeNull();
});

test('the shipping rate that the shopper chooses counts', async () => {
  await using bench = await openBench();
  const created = await bench.stripe.checkout.sessions.create(
    aShippedSession({ shipping_options: [aRate('Parcel', 490), aRate('Express', 1_290)] }),
  );
  const express = created.shipping_options[1]?.shipping_rate;
  await bench.control(`/sessions/${created.id}/pay`, { shipping_rate: express });
  expect(await read(bench, created.id)).toMatchObject({
    amount_total: 3_090,
    shipping_cost: { amount_total: 1_290, shipping_rate: express },
    total_details: { amount_shipping: 1_290 },
    payment_intent: { amount: 3_090 },
  });
});

test.each([
  ['declined', 'generic_decline', '0002'],
  ['insufficient_funds', 'insufficient_funds', '9995'],
] as const)('a card that is %s leaves the session open for another', async (card, decline_code, last4) => {
  await using bench = await openBench();
  const id = await open(bench);
  const refused = await bench.control(`/sessions/${id}/pay`, { card });
  expect(refused.body).toMatchObject({ outcome: 'declined', message: expect.stringMatching(/^Your card /) });
  const session = await read(bench, id);
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: {
      status: 'requires_payment_method',
      amount_received: 0,
      last_payment_error: { type: 'card_error', code: 'card_declined', decline_code },
      latest_charge: {
        status: 'failed',
        paid: false,
        failure_code: 'card_declined',
        payment_method_details: { card: { last4 } },
      },
    },
  });
  expect(session.url).not.toBeNull();
  const paid = await bench.control(`/sessions/${id}/pay`, { card: 'ok' });
  expect(paid.body).toMatchObject({ outcome: 'paid' });
  const after = await read(bench, id);
  expect(after.payment_intent).toMatchObject({ status: 'succeeded', last_payment_error: null });
  expect(idOf(after.payment_intent)).toBe(idOf(session.payment_intent));
});

test('a bank that asks is answered before the money moves', async () => {
  await using bench = await openBench();
  const id = await open(bench);
  const asked = await bench.control(`/sessions/${id}/pay`, { card: 'authentication_required' });
  expect(asked.body).toMatchObject({
    outcome: 'requires_action',
    url: expect.stringContaining(`/pay/${id}/auth`),
  });
  expect(await read(bench, id)).toMatchObject({
    status: 'open',
    payment_intent: {
      status: 'requires_action',
      next_action: { type: 'redirect_to_url' },
      latest_charge: null,
    },
  });
  const failed = await bench.control(`/sessions/${id}/authenticate`, { result: 'fail' });
  expect(failed.body).toMatchObject({ outcome: 'declined' });
  expect(await read(bench, id)).toMatchObject({
    status: 'open',
    payment_intent: {
      status: 'requires_payment_method',
      next_action: null,
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    },
  });
  expect((await bench.control(`/sessions/${id}/authenticate`, { result: 'complete' })).status).toBe(409);
  await bench.control(`/sessions/${id}/pay`, { card: 'authentication_required' });
  const passed = await bench.control(`/sessions/${id}/authenticate`, { result: 'complete' });
  expect(passed.body).toMatchObject({ outcome: 'paid' });
  expect(await read(bench, id)).toMatchObject({
    status: 'complete',
    payment_intent: { status: 'succeeded' },
  });
});

test.each([
  ['succeeded', 'paid', 'succeeded', 'succeeded'],
  ['failed', 'unpaid', 'requires_payment_method', 'failed'],
] as const)('a bank debit that later has %s', async (result, payment_status, status, charge) => {
  await using bench = await openBench();
  const id = await open(bench);
  const { body } = await bench.control(`/sessions/${id}/pay`, { card: 'bank_debit' });
  expect(body).toMatchObject({ outcome: 'processing' });
  const waiting = await read(bench, id);
  expect(waiting).toMatchObject({
    status: 'complete',
    payment_status: 'unpaid',
    payment_intent: {
      status: 'processing',
      amount_received: 0,
      latest_charge: { status: 'pending', paid: false },
    },
  });
  const early = await errorOf(bench.stripe.refunds.create({ payment_intent: idOf(waiting.payment_intent) }));
  expect(early.message).toContain('does not have a successful charge to refund');
  expect((await bench.control(`/sessions/${id}/async`, { result })).status).toBe(200);
  expect(await read(bench, id)).toMatchObject({
    status: 'complete',
    payment_status,
    payment_intent: { status, latest_charge: { status: charge } },
  });
  expect((await bench.control(`/sessions/${id}/async`, { result })).status).toBe(409);
});

test('a bank debit is for currencies that have one, and can be left out', async () => {
  await using bench = await openBench();
  const yen = await open(bench, aSession({ line_items: [aLine({ currency: 'jpy' })] }));
  const cardsOnly = await open(bench, aSession({ allowed_payment_method_types: ['card'] }));
  for (const id of [yen, cardsOnly]) {
    expect((await bench.control(`/sessions/${id}/pay`, { card: 'bank_debit' })).status).toBe(422);
    expect((await read(bench, id)).payment_method_types).toEqual(['card']);
  }
});

test('an order for nothing is placed without a payment', async () => {
  await using bench = await openBench();
  const id = await open(bench, aSession({ line_items: [aLine({ unit_amount: 0 })] }));
  await bench.control(`/sessions/${id}/pay`, {});
  expect(await read(bench, id)).toMatchObject({
    status: 'complete',
    payment_status: 'no_payment_required',
    payment_intent: null,
  });
});

test('what is paid or expired cannot be paid', async () => {
  await using bench = await openBench();
  const paid = await open(bench);
  await bench.control(`/sessions/${paid}/pay`, {});
  const twice = await bench.control(`/sessions/${paid}/pay`, {});
  expect(twice).toMatchObject({ status: 409, body: { outcome: 'closed', session: { status: 'complete' } } });
  const expired = await open(bench);
  await bench.stripe.checkout.sessions.expire(expired);
  expect((await bench.control(`/sessions/${expired}/pay`, {})).status).toBe(409);
  const late = await open(bench);
  await bench.control('/clock', { advance_ms: DAY + 1_000 });
  expect((await bench.control(`/sessions/${late}/pay`, {})).body).toMatchObject({
    session: { status: 'expired' },
  });
  expect((await bench.stripe.paymentIntents.list()).data).toHaveLength(1);
});

test('of paying and expiring at the same time, one comes first', async () => {
  await using bench = await openBench();
  for (let i = 0; i < 10; i++) {
    const id = await open(bench);
    const [paid, expired] = await Promise.allSettled([
      bench.control(`/sessions/${id}/pay`, {}),
      bench.stripe.checkout.sessions.expire(id),
    ]);
    const session = await read(bench, id);
    if (expired.status === 'fulfilled') {
      expect(session).toMatchObject({ status: 'expired', payment_status: 'unpaid', payment_intent: null });
      expect(paid).toMatchObject({ value: { status: 409 } });
    } else {
      expect(session).toMatchObject({ status: 'complete', payment_status: 'paid' });
      expect(expired.reason).toMatchObject({ statusCode: 400 });
    }
  }
});

test('a session that expires takes a begun payment with it', async () => {
  await using bench = await openBench();
  const id = await open(bench);
  await bench.control(`/sessions/${id}/pay`, { card: 'authentication_required' });
  await bench.stripe.checkout.sessions.expire(id);
  expect((await bench.control(`/sessions/${id}/authenticate`, { result: 'complete' })).status).toBe(409);
  expect(await read(bench, id)).toMatchObject({
    status: 'expired',
    payment_intent: { status: 'canceled', cancellation_reason: 'expired' },
  });
});

test('the control API fills in a form as people do, and is refused as they are', async () => {
  await using bench = await openBench();
  const id = await open(bench, aShippedSession());
  const refused = async (body: object) => (await bench.control(`/sessions/${id}/pay`, body)).status;
  expect(await refused({ address: { country: 'US' } })).toBe(422);
  expect(await refused({ address: { line1: '' } })).toBe(422);
  expect(await refused({ email: 'nobody' })).toBe(422);
  expect(await refused({ shipping_rate: 'shr_other' })).toBe(422);
  expect(await refused({ card: 'stolen' })).toBe(400);
  expect(await refused({ cards: 'ok' })).toBe(400);
  expect((await bench.control('/sessions/cs_none/pay', {})).status).toBe(404);
  expect((await bench.control('/sessions')).body.data).toMatchObject([{ id, status: 'open' }]);
});
