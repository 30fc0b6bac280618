import { expect, test } from '@jest/globals';
import Stripe from 'stripe';
import {
  aSession,
  type Bench,
  DAY,
  HOUR,
  idOf,
  MINUTE,
  openBench,
  openSink,
  type Received,
  SECRET,
  until,
} from './stripe-bench.ts';

const open = async ({ stripe }: Bench): Promise<string> =>
  (await stripe.checkout.sessions.create(aSession())).id;

async function pay(bench: Bench, card = 'ok'): Promise<string> {
  const id = await open(bench);
  await bench.control(`/sessions/${id}/pay`, { card });
  return id;
}

const COMPLETED = 'checkout.session.completed';

/** Leaves only the completed sessions' events. */
const completed = (received: Received[]): Received[] =>
  received.filter(({ event }) => event.type === COMPLETED);
const idsOf = (received: Received[]): string[] => received.map(({ event }) => event.id);

/** The first delivery, as the control API tells it. */
const deliveryOf = async (bench: Bench) => (await bench.control('/webhooks')).body.deliveries[0];

test('webhooks are signed as npm stripe checks them', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const id = await pay(bench);
  const [received] = completed(sink.received);
  const { body = '', signature = '' } = received ?? {};
  const event = await bench.stripe.webhooks.constructEventAsync(body, signature, SECRET);
  expect(event).toMatchObject({
    object: 'event',
    api_version: '2026-10-28.endive',
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: { object: { id, object: 'checkout.session', status: 'complete', payment_status: 'paid' } },
  });
  await expect(bench.stripe.webhooks.constructEventAsync(body, signature, 'whsec_other')).rejects.toThrow(
    Stripe.errors.StripeSignatureVerificationError,
  );
  await expect(bench.stripe.webhooks.constructEventAsync(`${body} `, signature, SECRET)).rejects.toThrow();
});

test('each thing that happens has its events', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const told = async (happening: () => Promise<unknown>, ...types: string[]): Promise<void> => {
    sink.received.length = 0;
    await happening();
    await until(() => sink.received.length >= types.length);
    expect(sink.types().sort()).toEqual(types.sort());
  };
  const paid = ['charge.succeeded', 'payment_intent.succeeded', COMPLETED];
  await told(() => pay(bench), ...paid);
  await told(() => pay(bench, 'declined'), 'payment_intent.payment_failed');
  await told(
    async () => bench.stripe.checkout.sessions.expire(await open(bench)),
    'checkout.session.expired',
  );
  const [good, bad] = [await pay(bench, 'bank_debit'), await pay(bench, 'bank_debit')];
  await told(
    () => bench.control(`/sessions/${good}/async`, { result: 'succeeded' }),
    ...['charge.succeeded', 'payment_intent.succeeded', 'checkout.session.async_payment_succeeded'],
  );
  await told(
    () => bench.control(`/sessions/${bad}/async`, { result: 'failed' }),
    ...['payment_intent.payment_failed', 'checkout.session.async_payment_failed'],
  );
  const payment_intent = idOf((await bench.stripe.checkout.sessions.retrieve(good)).payment_intent);
  await bench.control('/settings', { refunds: 'pending' });
  let refund = '';
  await told(
    async () => {
      refund = (await bench.stripe.refunds.create({ payment_intent })).id;
    },
    ...['refund.created', 'charge.refunded'],
  );
  await told(() => bench.control(`/refunds/${refund}`, { status: 'succeeded' }), 'refund.updated');
  await told(
    () => bench.control(`/refunds/${refund}`, { status: 'failed' }),
    'refund.updated',
    'refund.failed',
  );
});

test('an event tells the request that caused it, and what was before', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const id = await open(bench);
  const { lastResponse } = await bench.stripe.checkout.sessions.expire(
    id,
    {},
    { idempotencyKey: 'expire-7' },
  );
  await until(() => sink.received.length === 1);
  expect(sink.received[0]?.event.request).toEqual({
    id: lastResponse.requestId,
    idempotency_key: 'expire-7',
  });
  const payment_intent = idOf(
    (await bench.stripe.checkout.sessions.retrieve(await pay(bench))).payment_intent,
  );
  const refund = await bench.stripe.refunds.create({ payment_intent });
  await bench.control(`/refunds/${refund.id}`, { status: 'failed' });
  const { data } = await bench.stripe.events.list({ type: 'refund.updated' });
  expect(data[0]?.data).toMatchObject({
    object: { status: 'failed' },
    previous_attributes: { status: 'succeeded' },
  });
});

test('an endpoint gets the types that it asked for', async () => {
  await using sink = await openSink();
  await using bench = await openBench();
  await bench.stripe.webhookEndpoints.create({
    url: sink.url,
    enabled_events: [COMPLETED, 'refund.created'],
  });
  await pay(bench);
  expect(sink.types()).toEqual([COMPLETED]);
});

test('a session that expires by the clock is told of, without anybody asking', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const id = await open(bench);
  bench.clock.advance(DAY + 1_000);
  await until(() => sink.received.length > 0);
  expect(sink.received).toMatchObject([
    {
      event: { type: 'checkout.session.expired', data: { object: { id, url: null } }, request: { id: null } },
    },
  ]);
});

test('a webhook is sent again until it is answered with 2xx', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await bench.control('/webhooks', { retry_delays_ms: [1, 2] });
  sink.answers.push(500, 302, 404);
  await bench.stripe.checkout.sessions.expire(await open(bench));
  await until(() => sink.received.length === 4);
  expect(new Set(idsOf(sink.received)).size).toBe(1);
  await until(async () => (await bench.stripe.events.list()).data[0]?.pending_webhooks === 0);
  const { body } = await bench.control('/webhooks');
  expect(body.deliveries[0]).toMatchObject({ state: 'delivered', type: 'checkout.session.expired' });
  expect(body.deliveries[0].attempts.map(({ status }: { status: number }) => status)).toEqual([
    500, 302, 404, 200,
  ]);
});

test('the waits between attempts grow, by the clock', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await bench.control('/webhooks', { retry_delays_ms: [HOUR, DAY] });
  sink.answers.push(503, 503, 503);
  const id = await open(bench);
  await bench.stripe.checkout.sessions.expire(id);
  const arrived = async (count: number) => {
    await until(async () => (await deliveryOf(bench)).attempts.length === count);
    expect(sink.received).toHaveLength(count);
  };
  await arrived(1);
  await bench.control('/clock', { advance_ms: HOUR - MINUTE });
  await arrived(1);
  await bench.control('/clock', { advance_ms: MINUTE });
  await arrived(2);
  await bench.control('/clock', { advance_ms: HOUR });
  await arrived(2);
  await bench.control('/clock', { advance_ms: DAY - HOUR });
  await arrived(3);
  bench.clock.advance(DAY);
  await arrived(4);
  await until(async () => (await deliveryOf(bench)).state === 'delivered');
});

test('after three days nothing is sent any more', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await bench.control('/webhooks', { retry_delays_ms: [DAY] });
  sink.answers.push(...Array.from({ length: 10 }, () => 500));
  await bench.stripe.checkout.sessions.expire(await open(bench));
  let state = 'pending';
  for (let day = 0; state === 'pending' && day < 10; day++) {
    await until(() => sink.received.length === day + 1);
    await bench.control('/clock', { advance_ms: DAY });
    ({ state } = await deliveryOf(bench));
  }
  expect(sink.received.length).toBeLessThanOrEqual(4);
  await until(async () => (await deliveryOf(bench)).state === 'given_up');
  expect((await bench.control('/webhooks/flush', {})).body).toEqual({ sent: 0 });
  const { data } = await bench.stripe.events.list({ delivery_success: false });
  expect(data).toMatchObject([{ type: 'checkout.session.expired', pending_webhooks: 1 }]);
});

test('webhooks can arrive more than once', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await bench.control('/webhooks', { duplicate: 2 });
  await pay(bench);
  const received = completed(sink.received);
  expect(received).toHaveLength(3);
  expect(new Set(idsOf(received)).size).toBe(1);
});

test('two distinct events can tell of the same thing', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await bench.control('/webhooks', { twoEvents: true });
  const id = await pay(bench);
  const received = completed(sink.received);
  expect(received).toMatchObject([
    { event: { data: { object: { id } } } },
    { event: { data: { object: { id } } } },
  ]);
  expect(new Set(idsOf(received)).size).toBe(2);
});

test('webhooks can arrive in reverse, when flushed or when enough are held back', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const expire = async () => bench.stripe.checkout.sessions.expire(await open(bench));
  await bench.control('/webhooks', { reorder: true });
  for (let i = 0; i < 3; i++) await expire();
  expect(sink.received).toEqual([]);
  expect((await bench.control('/webhooks/flush', {})).body).toEqual({ sent: 3 });
  const inOrder = (await bench.stripe.events.list()).data.map(({ id }) => id);
  expect(idsOf(sink.received)).toEqual(inOrder);
  sink.received.length = 0;
  await bench.control('/webhooks', { hold: 2 });
  for (let i = 0; i < 2; i++) await expire();
  await until(() => sink.received.length === 2);
  expect(idsOf(sink.received)).toEqual(
    (await bench.stripe.events.list({ limit: 2 })).data.map(({ id }) => id),
  );
  await expire();
  expect(sink.received).toHaveLength(2);
  await bench.control('/webhooks', { reorder: false });
  expect(sink.received).toHaveLength(3);
});

test('webhooks can be lost on the way, and late', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await bench.control('/webhooks', { drop: 3, retry_delays_ms: [HOUR] });
  await pay(bench);
  expect(sink.received).toEqual([]);
  expect((await bench.control('/webhooks/flush', {})).body).toEqual({ sent: 3 });
  expect(sink.received).toHaveLength(3);
  await bench.control('/webhooks', { delay_ms: HOUR });
  await pay(bench);
  expect(sink.received).toHaveLength(3);
  await bench.control('/clock', { advance_ms: HOUR });
  await until(() => sink.received.length === 6);
});

test('an event can be sent once more, delivered or not', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await pay(bench);
  const [first] = completed(sink.received);
  const { body } = await bench.control(`/events/${first?.event.id}/resend`, {});
  expect(body.deliveries).toMatchObject([{ state: 'delivered', attempts: [{ status: 200 }] }]);
  expect(idsOf(completed(sink.received))).toEqual([first?.event.id, first?.event.id]);
});

test('where webhooks go and how they are signed can be changed', async () => {
  await using sink = await openSink();
  await using bench = await openBench();
  await pay(bench);
  const { body } = await bench.control('/webhooks', { url: sink.url, secret: 'whsec_new' });
  expect(body.endpoints).toMatchObject([{ url: sink.url, status: 'enabled' }]);
  expect((await bench.stripe.webhookEndpoints.list()).data).toHaveLength(1);
  await pay(bench);
  const { body: sent = '', signature = '' } = sink.received[0] ?? {};
  await bench.stripe.webhooks.constructEventAsync(sent, signature, 'whsec_new');
  expect(completed(sink.received)).toHaveLength(1);
});

test('what is remembered survives a restart, and what was not delivered is sent', async () => {
  await using sink = await openSink();
  const before = await openBench({ sink });
  await before.control('/webhooks', { retry_delays_ms: [HOUR] });
  sink.answers.push(500, 500, 500);
  const paid = await pay(before);
  const left = await open(before);
  await before[Symbol.asyncDispose]();
  sink.received.length = 0;
  before.clock.advance(HOUR);
  await using after = await openBench({ memory: before.memory, clock: before.clock, sink });
  await until(() => sink.received.length === 3);
  expect(sink.types()).toContain(COMPLETED);
  const { sessions } = after.stripe.checkout;
  expect(await sessions.retrieve(paid, { expand: ['payment_intent'] })).toMatchObject({
    payment_status: 'paid',
    payment_intent: { status: 'succeeded' },
  });
  expect((await after.control(`/sessions/${left}/pay`, {})).body).toMatchObject({ outcome: 'paid' });
  expect((await after.stripe.webhookEndpoints.list()).data).toHaveLength(1);
});

test('events are listed by type and time, for thirty days', async () => {
  await using bench = await openBench();
  const { events } = bench.stripe;
  await pay(bench);
  const listed = async (params: Stripe.EventListParams) =>
    (await events.list(params)).data.map(({ type }) => type);
  expect(await listed({})).toEqual([COMPLETED, 'payment_intent.succeeded', 'charge.succeeded']);
  expect(await listed({ type: COMPLETED })).toEqual([COMPLETED]);
  expect(await listed({ type: 'checkout.*' })).toEqual([COMPLETED]);
  expect(await listed({ types: ['charge.succeeded', COMPLETED] })).toEqual([COMPLETED, 'charge.succeeded']);
  expect(await listed({ limit: 1 })).toEqual([COMPLETED]);
  const [newest] = (await events.list()).data;
  expect(await events.retrieve(newest?.id ?? '')).toEqual(newest);
  expect(await listed({ created: { gt: newest?.created } })).toEqual([]);
  await expect(events.list({ type: COMPLETED, types: [COMPLETED] })).rejects.toThrow('only specify one');
  bench.clock.advance(31 * DAY);
  expect(await listed({})).toEqual([]);
});
