import { expect, test } from '@jest/globals';
import Stripe from 'stripe';
import { aSession, clientOf, errorOf, openBench } from './stripe-bench.ts';

test.each([
  ['409', 'StripeAPIError', 'idempotency_key_in_use'],
  ['429', 'StripeRateLimitError', 'rate_limit'],
  ['500', 'StripeAPIError', undefined],
] as const)('%s befalls as many requests as it was told to, without effect', async (kind, type, code) => {
  await using bench = await openBench();
  await bench.control('/faults', { kind, times: 2 });
  for (let i = 0; i < 2; i++)
    expect(await errorOf(bench.stripe.checkout.sessions.create(aSession()))).toMatchObject({
      statusCode: Number(kind),
      type,
      code,
    });
  expect((await bench.stripe.checkout.sessions.list()).data).toEqual([]);
});

test.each(['409', '500', 'reset_before', 'reset_after'])(
  'a client that retries gets over %s',
  async (kind) => {
    await using bench = await openBench();
    await bench.control('/faults', { kind, times: 1, method: 'POST' });
    const patient = clientOf(Number(new URL(bench.url).port), undefined, 1);
    const { id } = await patient.checkout.sessions.create(aSession());
    expect((await bench.stripe.checkout.sessions.list()).data.map((session) => session.id)).toEqual([id]);
  },
);

test('a request that gets no answer has no effect', async () => {
  await using bench = await openBench();
  await bench.control('/faults', { kind: 'timeout', times: 2 });
  const options = { timeout: 50, maxNetworkRetries: 0 };
  const created = await errorOf(bench.stripe.checkout.sessions.create(aSession(), options));
  expect(created).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  const listed = await errorOf(bench.stripe.checkout.sessions.list({}, options));
  expect(listed).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  expect((await bench.stripe.checkout.sessions.list()).data).toEqual([]);
});

test('faults befall the path and method that they are for, and can be taken back', async () => {
  await using bench = await openBench();
  const { sessions } = bench.stripe.checkout;
  const fault = { kind: '500', times: 5, path: '/v1/checkout/sessions', method: 'POST' };
  expect((await bench.control('/faults', fault)).body).toEqual({ data: [fault] });
  expect((await sessions.list()).data).toEqual([]);
  expect(await bench.stripe.accounts.retrieveCurrent()).toMatchObject({ object: 'account' });
  expect(await errorOf(sessions.create(aSession()))).toMatchObject({ statusCode: 500 });
  expect((await bench.control('/faults')).body).toEqual({ data: [{ ...fault, times: 4 }] });
  await bench.control('/faults', undefined, 'DELETE');
  expect(await sessions.create(aSession())).toMatchObject({ status: 'open' });
});

test('the control API says what is wrong with what it was sent', async () => {
  await using bench = await openBench();
  const refused = async (path: string, body: object) => {
    const answer = await bench.control(path, body);
    expect(answer.body).toMatchObject({ error: { message: expect.any(String) } });
    return answer.status;
  };
  expect(await refused('/faults', { kind: 'flood', times: 1 })).toBe(400);
  expect(await refused('/faults', { kind: '500' })).toBe(400);
  expect(await refused('/webhooks', { duplicates: 1 })).toBe(400);
  expect(await refused('/webhooks', { retry_delays_ms: [] })).toBe(400);
  expect(await refused('/webhooks', { secret: 'whsec_1' })).toBe(409);
  expect(await refused('/settings', { refunds: 'never' })).toBe(400);
  expect(await refused('/account', { charges_enabled: 'no' })).toBe(400);
  expect(await refused('/clock', { advance_ms: -1 })).toBe(400);
  expect(await refused('/events/evt_none/resend', {})).toBe(404);
  const notJson = await bench.raw('/control/clock', { method: 'POST', body: '{' });
  expect(notJson.status).toBe(400);
});

test('only programs on the same machine control it', async () => {
  await using bench = await openBench();
  const asked = async (headers: Record<string, string>) =>
    (await bench.raw('/control/sessions', { headers })).status;
  expect(await asked({})).toBe(200);
  expect(await asked({ origin: 'https://evil.example' })).toBe(403);
  expect(await asked({ 'x-forwarded-for': '203.0.113.7' })).toBe(403);
});

test('a request to the API is in the ledger, with its answer', async () => {
  await using bench = await openBench();
  const { id } = await bench.stripe.checkout.sessions.create(aSession(), { idempotencyKey: 'checkout-7' });
  const { body } = await bench.control('/ledger');
  expect(body).toMatchObject([
    {
      method: 'POST',
      path: '/v1/checkout/sessions',
      status: 200,
      body: expect.stringContaining('mode=payment'),
      headers: { 'idempotency-key': 'checkout-7' },
      answer: expect.stringContaining(id),
    },
  ]);
});
