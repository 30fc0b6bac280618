import { beforeAll, expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { z } from 'zod';
import type { LedgerEntry } from '../../src/sandbox/ledger.ts';
import { COUNTRIES } from '../../src/sandbox/stripe/countries.ts';
import { EVENT_TYPES } from '../../src/sandbox/stripe/events.ts';
import { SESSION_NOT_SIMULATED, sessionParams } from '../../src/sandbox/stripe/session-params.ts';
import {
  aLine,
  aRate,
  aSession,
  aShippedSession,
  type Bench,
  clientOf,
  errorOf,
  idOf,
  openBench,
  openSink,
} from './stripe-bench.ts';
import { openContract, parameterNames, readFixtures, type Schema } from './stripe-contract.ts';

const found = openContract();
const contractTest = found ? test : test.skip;
const contract = found as NonNullable<typeof found>;

let ledger: LedgerEntry[] = [];
let events: Stripe.Event[] = [];

beforeAll(async () => {
  if (!found) return;
  await using sink = await openSink();
  await using bench = await openBench({ sink, connectSink: sink });
  await everything(bench);
  ledger = (await bench.control('/ledger')).body;
  events = sink.received.map(({ event }) => event);
}, 30_000);

const withoutIds = (path: string): string => path.replaceAll(/\b[a-z]+_\w{14,}/g, 'ID');

/** Makes every kind of object, in every state that it has here, and every kind of answer. */
async function everything({ stripe, control, url }: Bench): Promise<void> {
  const { sessions } = stripe.checkout;
  const create = async (changes: Stripe.Checkout.SessionCreateParams) => (await sessions.create(changes)).id;
  const expand = ['payment_intent.latest_charge', 'line_items.data.price.product', 'customer'];
  const rich = aShippedSession({
    line_items: [
      aLine({ product_data: { name: 'Mug', description: 'Blue', images: ['https://shop.test/mug.png'] } }, 2),
    ],
    shipping_options: [aRate('Parcel', 490), aRate('Express', 1_290)],
    shipping_address_collection: { allowed_countries: ['DE'] },
    customer_email: 'ada@example.com',
    client_reference_id: 'cart-7',
    metadata: { cart: '7' },
    payment_intent_data: {
      description: 'Cart 7',
      metadata: { cart: '7' },
      statement_descriptor_suffix: 'MUGS',
    },
    custom_text: { submit: { message: 'Thank you' } },
    allowed_payment_method_types: ['card', 'us_bank_account'],
    submit_type: 'pay',
    locale: 'de',
    expand: ['line_items'],
  });
  const paid = await create(rich);
  await sessions.retrieve(paid, { expand });
  await control(`/sessions/${paid}/pay`, { card: 'declined' });
  await sessions.retrieve(paid, { expand });
  await control(`/sessions/${paid}/pay`, { card: 'authentication_required' });
  await sessions.retrieve(paid, { expand });
  await control(`/sessions/${paid}/authenticate`, { result: 'fail' });
  await sessions.retrieve(paid, { expand });
  await control(`/sessions/${paid}/pay`, { card: 'ok', address: { country: 'DE' } });
  await sessions.retrieve(paid, { expand });
  const intent = idOf((await sessions.retrieve(paid)).payment_intent);
  for (const [currency, results] of [
    ['usd', ['succeeded']],
    ['eur', ['failed']],
    ['gbp', ['succeeded']],
  ] as const)
    for (const result of results) {
      const debit = await create(aSession({ line_items: [aLine({ currency })] }));
      await control(`/sessions/${debit}/pay`, { card: 'bank_debit' });
      await sessions.retrieve(debit, { expand });
      await control(`/sessions/${debit}/async`, { result });
      await sessions.retrieve(debit, { expand });
    }
  const free = await create(aSession({ line_items: [aLine({ unit_amount: 0 })] }));
  await control(`/sessions/${free}/pay`, {});
  await sessions.retrieve(free, { expand });
  await sessions.expire(await create(aSession()));
  const begun = await create(aSession());
  await control(`/sessions/${begun}/pay`, { card: 'insufficient_funds' });
  await sessions.expire(begun, { expand: ['payment_intent'] });

  await cards({ stripe, control });
  const account = await stripe.accounts.create({
    country: 'DE',
    controller: { stripe_dashboard: { type: 'express' }, losses: { payments: 'application' } },
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    metadata: { merchant: 'kiln' },
  });
  const pages = { refresh_url: 'https://shop.test/again', return_url: 'https://shop.test/back' };
  await stripe.accountLinks.create({ account: account.id, type: 'account_onboarding', ...pages });
  for (const progress of ['unfinished', 'checking', 'complete'])
    await control(`/accounts/${account.id}`, { progress });
  const split = await create(
    aShippedSession({
      line_items: [aLine({ tax_behavior: 'inclusive' })],
      shipping_options: [],
      automatic_tax: { enabled: true, liability: { type: 'account', account: account.id } },
      payment_intent_data: {
        on_behalf_of: account.id,
        transfer_data: { destination: account.id },
        application_fee_amount: 90,
      },
    }),
  );
  await control(`/sessions/${split}/pay`, { address: { country: 'DE' } });
  const taxed = await sessions.retrieve(split, {
    expand: ['line_items', 'payment_intent.latest_charge.transfer', 'payment_intent.on_behalf_of'],
  });
  await stripe.refunds.create({
    payment_intent: idOf(taxed.payment_intent),
    reverse_transfer: true,
    refund_application_fee: true,
    expand: ['charge.application_fee'],
  });
  await stripe.accounts.retrieve(account.id);
  await stripe.accounts.list();
  await control(`/accounts/${account.id}/deauthorize`, {}, 'POST');
  await errorOf(stripe.accounts.retrieve(account.id));

  const refund = await stripe.refunds.create({
    payment_intent: intent,
    amount: 100,
    reason: 'duplicate',
    metadata: { a: '1' },
  });
  await control('/settings', { refunds: 'pending' });
  const late = await stripe.refunds.create({
    payment_intent: intent,
    amount: 200,
    expand: ['charge', 'payment_intent'],
  });
  await control(`/refunds/${late.id}`, { status: 'failed' });
  await stripe.refunds.retrieve(late.id);
  await stripe.refunds.retrieve(refund.id, { expand: ['charge'] });

  const disputed = await create(aSession());
  await control(`/sessions/${disputed}/pay`, {});
  const { payment_intent } = await sessions.retrieve(disputed);
  for (const [status, ...next] of [
    ['warning_needs_response', 'needs_response', 'under_review', 'lost', 'won'],
    ['lost', 'appeal_needs_response', 'appeal_under_review', 'won'],
  ]) {
    const { body } = await control('/disputes', { payment_intent: idOf(payment_intent), status });
    for (const each of next) await control(`/disputes/${body.id}`, { status: each });
  }
  const { body: warning } = await control('/fraud-warnings', { payment_intent: idOf(payment_intent) });
  await control(`/fraud-warnings/${warning.id}/end`, {});

  const made = await stripe.webhookEndpoints.create({
    url: 'https://127.0.0.1:9/hooks',
    enabled_events: ['charge.refunded'],
  });
  await stripe.webhookEndpoints.list();
  await stripe.accounts.retrieveCurrent();
  await sessions.list({ limit: 100, expand: ['data.payment_intent'] });
  await sessions.listLineItems(paid);
  await stripe.paymentIntents.list({ limit: 100 });
  await stripe.paymentIntents.retrieve(intent, { expand: ['latest_charge'] });
  await stripe.refunds.list();
  const { data } = await stripe.events.list({ limit: 100 });
  await stripe.events.retrieve(data[0]?.id ?? '');

  await errorOf(sessions.create({ ...aSession(), colour: 'red' } as Stripe.Checkout.SessionCreateParams));
  await errorOf(sessions.retrieve(made.id));
  await errorOf(stripe.refunds.create({ payment_intent: intent, amount: 1_000_000 }));
  await errorOf(clientOf(Number(new URL(url).port), 'sk_test_other').accounts.retrieveCurrent());
  for (const kind of ['409', '429', '500', 'stored_500']) {
    await control('/faults', { kind, times: 1 });
    await errorOf(sessions.create(aSession()));
  }
}

/** Customers, kept cards, and payments with them. */
async function cards({ stripe, control }: Pick<Bench, 'stripe' | 'control'>): Promise<void> {
  const { sessions } = stripe.checkout;
  const customer = await stripe.customers.create({ metadata: { a: '1' } });
  await stripe.customers.update(customer.id, { email: 'ada@example.com' });
  await stripe.customers.retrieve(customer.id);
  const saving = await sessions.create(
    aSession({
      customer: customer.id,
      saved_payment_method_options: { payment_method_save: 'enabled' },
    }),
  );
  await control(`/sessions/${saving.id}/pay`, { save: true });
  await sessions.retrieve(saving.id, { expand: ['payment_intent', 'customer'] });
  const setup = async (): Promise<string> =>
    (
      await sessions.create({
        mode: 'setup',
        currency: 'usd',
        customer: customer.id,
        success_url: 'https://shop.test',
      })
    ).id;
  for (const card of ['ok', 'declines_later', 'authentication_required']) {
    const id = await setup();
    await control(`/sessions/${id}/pay`, { card });
    if (card === 'authentication_required')
      await control(`/sessions/${id}/authenticate`, { result: 'complete' });
    await sessions.retrieve(id, { expand: ['setup_intent'] });
  }
  await control(`/sessions/${await setup()}/pay`, { card: 'declined' });
  const { data } = await stripe.customers.listPaymentMethods(customer.id);
  await stripe.paymentMethods.list({ customer: customer.id, type: 'card' });
  await stripe.setupIntents.retrieve(String((await sessions.list({ limit: 2 })).data[1]?.setup_intent));
  for (const { id: payment_method } of data) {
    const charged = await stripe.paymentIntents
      .create({
        ...{ amount: 1_800, currency: 'usd', customer: customer.id, payment_method },
        ...{ confirm: true, off_session: true, allowed_payment_method_types: ['card'] },
        shipping: {
          name: 'Ada',
          address: { line1: 'Weg 1', city: 'Wien', postal_code: '1010', country: 'AT' },
        },
        ...{ description: 'Cart 7', metadata: { cart: '7' } },
      })
      .catch((error: Stripe.errors.StripeCardError) => error.payment_intent as Stripe.PaymentIntent);
    if (charged.status === 'requires_payment_method') await stripe.paymentIntents.cancel(charged.id);
    else await errorOf(stripe.paymentIntents.cancel(charged.id));
  }
  await control(`/payment_methods/${data[0]?.id}`, { brand: 'mastercard', last4: '4444' });
  await stripe.paymentMethods.retrieve(data[0]?.id ?? '');
  await stripe.paymentMethods.detach(data[0]?.id ?? '');
  await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.customers.del(customer.id);
  await errorOf(stripe.customers.retrieve(customer.id));
}

contractTest('every answer has the shape that Stripe describes', () => {
  expect(ledger.length).toBeGreaterThan(40);
  const faults = ledger.flatMap(({ method, path, status, answer }) => {
    const parsed: unknown = JSON.parse(answer ?? '');
    return contract
      .answerFaults(method, path, status, parsed)
      .map((fault) => `${method} ${withoutIds(path)} ${status}${fault}`);
  });
  expect([...new Set(faults)]).toEqual([]);
});

contractTest('what the stand-in takes, Stripe takes as well', () => {
  const faults = ledger
    .filter(({ status }) => status === 200)
    .flatMap(({ method, path, query, body }) =>
      contract
        .requestFaults(method, path, method === 'GET' ? query : body)
        .map((fault) => `${method} ${withoutIds(path)}${fault}`),
    );
  expect([...new Set(faults)]).toEqual([]);
});

contractTest('every event and the object in it have the shape that Stripe describes', () => {
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(EVENT_TYPES));
  const faults = events.flatMap((event) => {
    const { object } = event.data as { object: { object: string } };
    const isDescribed = contract.fieldsOf(object.object).length > 0;
    const faultsWithin = isDescribed ? contract.objectFaults(object.object, object) : [];
    return [...contract.objectFaults('event', event), ...faultsWithin].map(
      (fault) => `${event.type}${fault}`,
    );
  });
  expect([...new Set(faults)]).toEqual([]);
});

contractTest('a session is opened with the parameters that Stripe has, and no others', () => {
  const taken = parameterNames(
    z.toJSONSchema(sessionParams, { io: 'input', unrepresentable: 'any' }) as Schema,
  );
  const known = contract.parametersOf('POST', '/v1/checkout/sessions').filter((name) => name !== 'expand');
  const isNamed = (name: string): boolean =>
    taken.includes(name) || SESSION_NOT_SIMULATED.some((one) => name === one || name.startsWith(`${one}.`));
  expect(known.filter((name) => !isNamed(name))).toEqual([]);
  expect([...taken, ...SESSION_NOT_SIMULATED].filter((name) => !known.includes(name))).toEqual([]);
});

contractTest('the countries to ship to are those of Stripe', () => {
  const schema = contract.schemaOf(
    'POST',
    '/v1/checkout/sessions',
    'shipping_address_collection.allowed_countries',
  );
  expect([...COUNTRIES]).toEqual(schema.items?.enum);
});

contractTest('objects have no fields that those of Stripe do not have', () => {
  const answers = ledger.filter(({ status }) => status === 200).map(({ answer }) => JSON.parse(answer ?? ''));
  const objects = answers.flatMap((answer) => (answer.object === 'list' ? answer.data : [answer]));
  const extra = objects.flatMap(({ object, ...fields }) => {
    const known = contract.fieldsOf(fields.deleted ? `deleted_${object}` : object);
    return Object.keys(fields)
      .filter((field) => !known.includes(field))
      .map((field) => `${object}.${field}`);
  });
  expect([...new Set(extra)]).toEqual([]);
});

contractTest("Stripe's own sample objects pass the same checks", () => {
  const faults = Object.entries(readFixtures()).flatMap(([kind, object]) =>
    contract.objectFaults(kind, object),
  );
  expect(faults).toEqual([]);
});
