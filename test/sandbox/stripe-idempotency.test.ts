import { expect, test } from '@jest/globals';
import Stripe from 'stripe';
import { aSession, type Bench, DAY, errorOf, HOUR, idOf, KEY, openBench, until } from './stripe-bench.ts';

const idempotencyKey = 'checkout-7';

const create = (bench: Bench, params = aSession(), key = idempotencyKey) =>
  bench.stripe.checkout.sessions.create(params, { idempotencyKey: key });

const sessionsOf = async (bench: Bench) => (await bench.stripe.checkout.sessions.list({ limit: 100 })).data;

test('the same request under the same key is answered again, not done again', async () => {
  await using bench = await openBench();
  const first = await create(bench);
  const second = await create(bench);
  expect(second).toEqual(first);
  expect(second.lastResponse.headers).toMatchObject({
    'idempotent-replayed': 'true',
    'original-request': first.lastResponse.requestId,
    'idempotency-key': idempotencyKey,
  });
  expect(first.lastResponse.headers).not.toHaveProperty('idempotent-replayed');
  expect(await sessionsOf(bench)).toHaveLength(1);
});

test('the order of the parameters does not matter', async () => {
  await using bench = await openBench();
  const send = async (...pairs: [string, string][]) => {
    const response = await bench.raw('/v1/checkout/sessions', {
      method: 'POST',
      body: new URLSearchParams(pairs),
      headers: { authorization: `Bearer ${KEY}`, 'idempotency-key': idempotencyKey },
    });
    return { status: response.status, id: ((await response.json()) as { id: string }).id };
  };
  const pairs: [string, string][] = [
    ['mode', 'payment'],
    ['success_url', 'https://shop.test/'],
    ['line_items[0][quantity]', '1'],
    ['line_items[0][price_data][currency]', 'usd'],
    ['line_items[0][price_data][unit_amount]', '1800'],
    ['line_items[0][price_data][product_data][name]', 'Mug'],
  ];
  const first = await send(...pairs);
  expect(first.status).toBe(200);
  expect(await send(...pairs.toReversed())).toEqual(first);
});

test('another request under the same key is refused', async () => {
  await using bench = await openBench();
  const { id } = await create(bench);
  const changed = await errorOf(create(bench, aSession({ client_reference_id: 'cart-8' })));
  expect(changed).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  expect(changed.statusCode).toBe(400);
  const elsewhere = errorOf(bench.stripe.checkout.sessions.expire(id, {}, { idempotencyKey }));
  expect(await elsewhere).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  expect(await sessionsOf(bench)).toMatchObject([{ id, status: 'open' }]);
});

test('a request whose parameters were wrong leaves its key unused', async () => {
  await using bench = await openBench();
  expect(await errorOf(create(bench, aSession({ mode: undefined })))).toMatchObject({
    code: 'parameter_missing',
  });
  const soon = Math.floor(bench.clock.now().getTime() / 1000) + 60;
  expect(await errorOf(create(bench, aSession({ expires_at: soon })))).toMatchObject({ param: 'expires_at' });
  expect(await create(bench)).toMatchObject({ status: 'open' });
});

test('a refusal of a request that was at work is answered again', async () => {
  await using bench = await openBench();
  const { id } = await create(bench);
  await bench.control(`/sessions/${id}/pay`, {});
  const payment_intent = idOf((await bench.stripe.checkout.sessions.retrieve(id)).payment_intent);
  const refund = await bench.stripe.refunds.create({ payment_intent });
  const again = () =>
    errorOf(bench.stripe.refunds.create({ payment_intent }, { idempotencyKey: 'refund-7' }));
  expect(await again()).toMatchObject({ code: 'charge_already_refunded' });
  await bench.control(`/refunds/${refund.id}`, { status: 'failed' });
  const replayed = await again();
  expect(replayed).toMatchObject({
    code: 'charge_already_refunded',
    headers: { 'idempotent-replayed': 'true' },
  });
  expect(await bench.stripe.refunds.create({ payment_intent })).toMatchObject({ status: 'succeeded' });
});

test('a failure at work is stored, one before it is not', async () => {
  await using bench = await openBench();
  await bench.control('/faults', { kind: 'stored_500', times: 1, path: '/v1/checkout/sessions' });
  expect(await errorOf(create(bench))).toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
  expect(await errorOf(create(bench))).toMatchObject({
    statusCode: 500,
    headers: { 'idempotent-replayed': 'true' },
  });
  expect(await sessionsOf(bench)).toEqual([]);
  await bench.control('/faults', { kind: '500', times: 1 });
  expect(await errorOf(create(bench, aSession(), 'checkout-8'))).toMatchObject({ statusCode: 500 });
  expect(await create(bench, aSession(), 'checkout-8')).toMatchObject({ status: 'open' });
});

test('a failure after the work is stored as well, and the work is done', async () => {
  await using bench = await openBench();
  await bench.control('/faults', { kind: 'stored_500_after', times: 1, path: '/v1/checkout/sessions' });
  for (const replayed of [undefined, 'true']) {
    const { statusCode, headers } = (await errorOf(create(bench))) as Stripe.errors.StripeAPIError;
    expect([statusCode, headers?.['idempotent-replayed']]).toEqual([500, replayed]);
  }
  expect(await sessionsOf(bench)).toHaveLength(1);
});

test('a key is in use until its request is answered or given up', async () => {
  await using bench = await openBench();
  await bench.control('/faults', { kind: 'timeout', times: 1, method: 'POST' });
  const giveUp = new AbortController();
  const hanging = bench.raw('/v1/checkout/sessions', {
    method: 'POST',
    body: new URLSearchParams({ mode: 'payment' }),
    headers: { authorization: `Bearer ${KEY}`, 'idempotency-key': idempotencyKey },
    signal: giveUp.signal,
  });
  await until(async () => (await bench.control('/faults')).body.data.length === 0);
  expect(await errorOf(create(bench))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  expect(await create(bench, aSession(), 'checkout-8')).toMatchObject({ status: 'open' });
  giveUp.abort();
  await expect(hanging).rejects.toThrow();
  await until(() =>
    create(bench).then(
      () => true,
      () => false,
    ),
  );
  expect(await sessionsOf(bench)).toHaveLength(2);
});

test('a connection that breaks tells nothing of the effect: the key does', async () => {
  await using bench = await openBench();
  // npm stripe tries once more by itself after a reset.
  await bench.control('/faults', { kind: 'reset_before', times: 2, method: 'POST' });
  expect(await errorOf(create(bench))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  expect(await sessionsOf(bench)).toEqual([]);
  await bench.control('/faults', { kind: 'reset_after', times: 2, method: 'POST' });
  expect(await errorOf(create(bench))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  const [made] = await sessionsOf(bench);
  const again = await create(bench);
  expect(again.id).toBe(made?.id);
  expect(again.lastResponse.headers).toHaveProperty('idempotent-replayed', 'true');
  expect(await sessionsOf(bench)).toHaveLength(1);
});

test('answers are kept for a day by the clock, whatever has become of the object', async () => {
  await using bench = await openBench();
  const first = await create(bench);
  await bench.stripe.checkout.sessions.expire(first.id);
  bench.clock.advance(DAY - HOUR);
  expect(await create(bench)).toMatchObject({ id: first.id, status: 'open' });
  bench.clock.advance(2 * HOUR);
  expect((await create(bench)).id).not.toBe(first.id);
});

test('keys are limited, and of no meaning to requests that change nothing', async () => {
  await using bench = await openBench();
  expect(await errorOf(create(bench, aSession(), 'k'.repeat(256)))).toMatchObject({ statusCode: 400 });
  const { id } = await create(bench, aSession(), 'k'.repeat(255));
  const read = () => bench.stripe.checkout.sessions.retrieve(id, {}, { idempotencyKey });
  const before = await read();
  await bench.stripe.checkout.sessions.expire(id);
  const after = await read();
  expect([before.status, after.status]).toEqual(['open', 'expired']);
});

test('kept answers survive a restart', async () => {
  const before = await openBench();
  const first = await create(before);
  await before[Symbol.asyncDispose]();
  await using after = await openBench({ memory: before.memory, clock: before.clock });
  const again = await create(after);
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers).toHaveProperty('idempotent-replayed', 'true');
});
