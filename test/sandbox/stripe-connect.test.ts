import { afterAll, expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import {
  aLine,
  aRate,
  aSession,
  aShippedSession,
  errorOf,
  openBench,
  openSink,
  PUBLIC_URL,
} from './stripe-bench.ts';

const CAPABILITIES = { card_payments: { requested: true }, transfers: { requested: true } };
const LINK = {
  type: 'account_onboarding',
  refresh_url: 'https://shop.test/again',
  return_url: 'https://shop.test/back',
} as const;

const sink = await openSink();
const bench = await openBench({ sink });
afterAll(async () => {
  for (const part of [bench, sink]) await part[Symbol.asyncDispose]();
});
const { stripe, control } = bench;

async function anAccount(progress?: 'complete' | 'checking'): Promise<string> {
  const { id } = await stripe.accounts.create({
    country: 'DE',
    controller: { stripe_dashboard: { type: 'express' }, fees: { payer: 'application' } },
    capabilities: CAPABILITIES,
    metadata: { merchant: 'kiln' },
  });
  if (progress) await control(`/accounts/${id}`, { progress });
  return id;
}

const aSplit = (destination: string, fee?: number): Stripe.Checkout.SessionCreateParams =>
  aSession({
    payment_intent_data: {
      on_behalf_of: destination,
      transfer_data: { destination },
      ...(fee === undefined ? {} : { application_fee_amount: fee }),
    },
  });

test('an account begins without anything and is complete once its questions are answered', async () => {
  const id = await anAccount();
  expect(await stripe.accounts.retrieve(id)).toMatchObject({
    type: 'express',
    charges_enabled: false,
    details_submitted: false,
    capabilities: { card_payments: 'inactive', transfers: 'inactive' },
    requirements: { disabled_reason: 'requirements.past_due' },
  });
  const { url, expires_at, created } = await stripe.accountLinks.create({ account: id, ...LINK });
  expect(expires_at - created).toBeLessThanOrEqual(600);
  const first = await bench.page(url);
  expect(first.html).toContain(id);
  expect((await bench.page(url)).response.headers.get('location')).toBe(LINK.refresh_url);
  const answered = await bench.page(url, { result: 'complete' });
  expect(answered.response.headers.get('location')).toBe(LINK.return_url);
  expect(await stripe.accounts.retrieve(id)).toMatchObject({
    charges_enabled: true,
    payouts_enabled: true,
    details_submitted: true,
    capabilities: { card_payments: 'active', transfers: 'active' },
    requirements: { disabled_reason: null, currently_due: [] },
  });
  expect((await stripe.accounts.list()).data.map((account) => account.id)).toContain(id);
});

test('a link that is too old leads back to who made it', async () => {
  const { url } = await stripe.accountLinks.create({ account: await anAccount(), ...LINK });
  await control('/clock', { advance_ms: 10 * 60_000 });
  expect((await bench.page(url)).response.headers.get('location')).toBe(LINK.refresh_url);
  expect((await bench.page(`${PUBLIC_URL}/onboarding/none`)).response.status).toBe(404);
});

test('events of connected accounts go to their endpoints, and to no other', async () => {
  await using connected = await openSink();
  const endpoint = { url: connected.url, enabled_events: ['*' as const] };
  await stripe.webhookEndpoints.create({ ...endpoint, connect: true });
  const id = await anAccount('complete');
  await control(`/accounts/${id}/deauthorize`, {}, 'POST');
  await control('/webhooks/flush', {}, 'POST');
  expect(connected.received.map(({ event }) => [event.type, event.account])).toEqual([
    ['account.updated', id],
    ['account.application.deauthorized', id],
  ]);
  expect(sink.types().filter((type) => type.startsWith('account.'))).toEqual([]);
  const { data } = await stripe.events.list({ limit: 100 });
  expect(data.filter(({ type }) => type.startsWith('account.'))).toEqual([]);
  const error = await errorOf(stripe.accounts.retrieve(id));
  expect(error).toMatchObject({ statusCode: 403, code: 'account_invalid' });
});

test.each<[string, () => Promise<Stripe.Checkout.SessionCreateParams>, object]>([
  ['an unknown account', async () => aSplit('acct_1234567890123456'), { code: 'resource_missing' }],
  [
    'an account that takes no payments yet',
    async () => aSplit(await anAccount('checking')),
    { code: 'insufficient_capabilities_for_transfer' },
  ],
  [
    'a fee above the amount',
    async () => aSplit(await anAccount('complete'), 1_801),
    { param: 'payment_intent_data[application_fee_amount]' },
  ],
  [
    'a fee without an account',
    async () => aSession({ payment_intent_data: { application_fee_amount: 1 } }),
    { param: 'payment_intent_data[application_fee_amount]' },
  ],
  [
    'somebody else’s name',
    async () => aSession({ payment_intent_data: { on_behalf_of: await anAccount() } }),
    { param: 'payment_intent_data[on_behalf_of]' },
  ],
  [
    'tax without a word of whether prices have it',
    async () => aSession({ automatic_tax: { enabled: true } }),
    { param: 'line_items[0][price_data][tax_behavior]' },
  ],
  [
    'tax for an unknown account',
    async () =>
      aSession({
        line_items: [aLine({ tax_behavior: 'exclusive' })],
        automatic_tax: { enabled: true, liability: { type: 'account', account: 'acct_none' } },
      }),
    { code: 'resource_missing' },
  ],
])('a session is refused: %s', async (_name, params, refusal) => {
  expect(await errorOf(stripe.checkout.sessions.create(await params()))).toMatchObject({
    statusCode: 400,
    ...refusal,
  });
});

test('a payment is transferred whole, the fee comes out of that; refunds take back what is asked for', async () => {
  const destination = await anAccount('complete');
  const { id } = await stripe.checkout.sessions.create(aSplit(destination, 90));
  const { body } = await control(`/sessions/${id}/pay`, {});
  const payment_intent = body.session.payment_intent;
  const expand = ['latest_charge.transfer', 'latest_charge.application_fee'];
  const charge = async () =>
    (await stripe.paymentIntents.retrieve(payment_intent, { expand })).latest_charge as Stripe.Charge;
  expect(await charge()).toMatchObject({
    on_behalf_of: destination,
    application_fee_amount: 90,
    transfer: { amount: 1_800, destination, amount_reversed: 0, reversed: false },
    application_fee: { amount: 90, account: destination, amount_refunded: 0 },
  });
  await stripe.refunds.create({ payment_intent, amount: 100 });
  expect(await charge()).toMatchObject({
    transfer: { amount_reversed: 0 },
    application_fee: { amount_refunded: 0 },
  });
  const part = await stripe.refunds.create({
    payment_intent,
    amount: 900,
    reverse_transfer: true,
    refund_application_fee: true,
    expand: ['transfer_reversal'],
  });
  expect(part.transfer_reversal).toMatchObject({ amount: 900, source_refund: part.id });
  await stripe.refunds.create({ payment_intent, reverse_transfer: true, refund_application_fee: true });
  expect(await charge()).toMatchObject({
    refunded: true,
    transfer: { amount_reversed: 1_700, reversed: false },
    application_fee: { amount_refunded: 90, refunded: true },
  });
});

test('what never went out is not taken back', async () => {
  const { id } = await stripe.checkout.sessions.create(aSession());
  const { body } = await control(`/sessions/${id}/pay`, {});
  const { payment_intent } = body.session;
  for (const wish of ['reverse_transfer', 'refund_application_fee'] as const)
    expect(await errorOf(stripe.refunds.create({ payment_intent, [wish]: true }))).toMatchObject({
      statusCode: 400,
      param: wish,
    });
});

const aTaxed = (tax_behavior: 'exclusive' | 'inclusive', tax_code = 'txcd_99999999') => {
  const rate = aRate('Parcel', 1_000)
    .shipping_rate_data as Stripe.Checkout.SessionCreateParams.ShippingOption.ShippingRateData;
  return aShippedSession({
    automatic_tax: { enabled: true },
    line_items: [aLine({ tax_behavior, product_data: { name: 'Mug', tax_code } }, 2)],
    shipping_options: [{ shipping_rate_data: { ...rate, tax_behavior } }],
    shipping_address_collection: { allowed_countries: ['DE', 'CH'] },
  });
};

test.each([
  ['on top', aTaxed('exclusive'), 'DE', { amount_tax: 874, amount_total: 5_474 }],
  ['within the prices', aTaxed('inclusive'), 'DE', { amount_tax: 735, amount_total: 4_600 }],
  ['where there is no registration', aTaxed('exclusive'), 'CH', { amount_tax: 0, amount_total: 4_600 }],
  ['of shipping alone', aTaxed('exclusive', 'txcd_00000000'), 'DE', { amount_tax: 190, amount_total: 4_790 }],
])(
  'tax %s is found when it is known where to',
  async (_name, params, country, { amount_tax, amount_total }) => {
    const created = await stripe.checkout.sessions.create(params);
    expect(created).toMatchObject({
      amount_total: 4_600,
      automatic_tax: { enabled: true, liability: { type: 'self' }, status: 'requires_location_inputs' },
    });
    await control(`/sessions/${created.id}/pay`, { address: { country } });
    expect(await stripe.checkout.sessions.retrieve(created.id)).toMatchObject({
      amount_subtotal: 3_600,
      amount_total,
      total_details: { amount_tax, amount_shipping: 1_000 },
      automatic_tax: { status: 'complete' },
      payment_status: 'paid',
    });
  },
);

test('the page shows the tax of the country that is chosen, and nobody pays another total', async () => {
  const { url, id } = await stripe.checkout.sessions.create(aTaxed('exclusive'));
  const { html } = await bench.page(String(url));
  expect(html).toContain('Pay $54.74');
  const form = {
    ...{ email: 'a@b.example', name: 'A', line1: '1', city: 'B', postal_code: '1', country: 'CH' },
    ...{
      method: 'ok',
      total: '5474',
      shipping_rate: /name="shipping_rate" value="(\w+)"/.exec(html)?.[1] ?? '',
    },
  };
  const changed = await bench.page(String(url), form);
  expect([changed.response.status, changed.html]).toEqual([422, expect.stringContaining('Pay $46.00')]);
  expect((await bench.page(String(url), { ...form, total: '4600' })).response.status).toBe(303);
  expect((await stripe.checkout.sessions.retrieve(id)).amount_total).toBe(4_600);
});
