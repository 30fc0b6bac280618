import { expect, test } from '@jest/globals';
import { aSession, clientOf, errorOf, KEY, openBench } from './stripe-bench.ts';

const portOf = (url: string): number => Number(new URL(url).port);

test('only the secret key is let in', async () => {
  await using bench = await openBench();
  const wrong = await errorOf(clientOf(portOf(bench.url), 'sk_test_someoneelses').accounts.retrieveCurrent());
  expect(wrong).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' });
  expect(wrong.message).toMatch(/^Invalid API Key provided: sk_test_\*+lses$/);
  const none = await bench.raw('/v1/account');
  expect(none.status).toBe(401);
  expect(await none.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  const basic = { authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}` };
  expect((await bench.raw('/v1/account', { headers: basic })).status).toBe(200);
});

test('another version, another account and another address are refused', async () => {
  await using bench = await openBench();
  const asked = async (path: string, headers: Record<string, string> = {}) => {
    const response = await bench.raw(path, { headers: { authorization: `Bearer ${KEY}`, ...headers } });
    return { status: response.status, ...((await response.json()) as object) };
  };
  expect(await asked('/v1/account', { 'stripe-version': '2026-10-28.endive' })).toMatchObject({
    status: 200,
  });
  expect(await asked('/v1/account', { 'stripe-version': '2020-08-27' })).toMatchObject({
    status: 400,
    error: { message: expect.stringContaining('Invalid Stripe API version: 2020-08-27') },
  });
  expect(await asked('/v1/account', { 'stripe-account': 'acct_1Other' })).toMatchObject({
    status: 403,
    error: { code: 'account_invalid' },
  });
  expect(await asked('/v1/customers')).toMatchObject({
    status: 404,
    error: { message: expect.stringContaining('Unrecognized request URL (GET: /v1/customers)') },
  });
});

test('answers carry the id of their request and the version', async () => {
  await using bench = await openBench();
  const { lastResponse } = await bench.stripe.checkout.sessions.create(aSession());
  expect(lastResponse).toMatchObject({
    apiVersion: '2026-10-28.endive',
    requestId: expect.stringMatching(/^req_/),
  });
  const refused = await errorOf(bench.stripe.checkout.sessions.retrieve('cs_test_none'));
  expect(refused.requestId).toMatch(/^req_/);
  expect(refused.requestId).not.toBe(lastResponse.requestId);
});

test('POST requests must be forms', async () => {
  await using bench = await openBench();
  const response = await bench.raw('/v1/checkout/sessions', {
    method: 'POST',
    body: JSON.stringify(aSession()),
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
});

test('unknown ids are told apart by their kind', async () => {
  await using bench = await openBench();
  const { stripe } = bench;
  const asked: [Promise<unknown>, string][] = [
    [stripe.checkout.sessions.retrieve('cs_x'), "No such checkout.session: 'cs_x'"],
    [stripe.checkout.sessions.expire('cs_x'), "No such checkout.session: 'cs_x'"],
    [stripe.checkout.sessions.listLineItems('cs_x'), "No such checkout.session: 'cs_x'"],
    [stripe.paymentIntents.retrieve('pi_x'), "No such payment_intent: 'pi_x'"],
    [stripe.charges.retrieve('ch_x'), "No such charge: 'ch_x'"],
    [stripe.refunds.retrieve('re_x'), "No such refund: 're_x'"],
    [stripe.refunds.create({ payment_intent: 'pi_x' }), "No such payment_intent: 'pi_x'"],
    [stripe.refunds.create({ charge: 'ch_x' }), "No such charge: 'ch_x'"],
    [stripe.events.retrieve('evt_x'), "No such event: 'evt_x'"],
  ];
  for (const [request, message] of asked)
    expect(await errorOf(request)).toMatchObject({ statusCode: 404, code: 'resource_missing', message });
});

test('the account is one that charges, until that is changed', async () => {
  await using bench = await openBench();
  const { stripe } = bench;
  expect(await stripe.accounts.retrieveCurrent()).toMatchObject({
    charges_enabled: true,
    details_submitted: true,
    business_profile: { name: 'Sandbox shop' },
  });
  await bench.control('/account', { charges_enabled: false, name: 'Mug Heaven', country: 'DE' });
  expect(await stripe.accounts.retrieveCurrent()).toMatchObject({
    charges_enabled: false,
    country: 'DE',
    business_profile: { name: 'Mug Heaven' },
  });
  const refused = await errorOf(stripe.checkout.sessions.create(aSession()));
  expect(refused.message).toContain('cannot currently make charges');
});

test('webhook endpoints are made with a secret that is told once', async () => {
  await using bench = await openBench();
  const { webhookEndpoints } = bench.stripe;
  expect((await webhookEndpoints.list()).data).toEqual([]);
  const made = await webhookEndpoints.create({
    url: 'https://shop.test/webhooks',
    enabled_events: ['checkout.session.completed'],
    api_version: '2026-10-28.endive',
    description: 'Orders',
  });
  expect(made).toMatchObject({
    description: 'Orders',
    secret: expect.stringMatching(/^whsec_/),
    status: 'enabled',
  });
  const { data } = await webhookEndpoints.list();
  expect(data).toMatchObject([{ id: made.id, url: 'https://shop.test/webhooks' }]);
  expect(data[0]).not.toHaveProperty('secret');
});

test('webhook endpoints are refused without events, with other versions, and beyond sixteen', async () => {
  await using bench = await openBench();
  const { webhookEndpoints } = bench.stripe;
  const url = 'https://shop.test/webhooks';
  const made = (changes: object) => webhookEndpoints.create({ url, enabled_events: ['*'], ...changes });
  expect(await errorOf(made({ enabled_events: undefined }))).toMatchObject({ code: 'parameter_missing' });
  expect(await errorOf(made({ url: 'shop.test' }))).toMatchObject({ code: 'url_invalid' });
  expect(await errorOf(made({ api_version: '2020-08-27' }))).toMatchObject({ param: 'api_version' });
  expect(await errorOf(made({ enabled_events: ['Order paid!'] }))).toMatchObject({
    param: 'enabled_events[0]',
  });
  expect(await errorOf(made({ connect: 'yes' }))).toMatchObject({ param: 'connect' });
  for (let i = 0; i < 16; i++) await made({});
  expect((await errorOf(made({}))).message).toContain('maximum of 16');
});
