import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { aLine, aSession, type Bench, errorOf, openBench, openSink } from './stripe-bench.ts';

/** A customer with a card that behaves so. */
async function aCard({ stripe }: Bench, token = 'pm_card_visa'): Promise<{ customer: string; card: string }> {
  const customer = (await stripe.customers.create({ email: 'ada@example.com' })).id;
  const card = (await stripe.paymentMethods.attach(token, { customer })).id;
  return { customer, card };
}

const aPayment = (customer: string, payment_method: string): Stripe.PaymentIntentCreateParams => ({
  ...{ amount: 1_800, currency: 'usd', customer, payment_method, confirm: true, off_session: true },
  allowed_payment_method_types: ['card'],
  metadata: { checkout: '7' },
});

const listed = async ({ stripe }: Bench, customer: string) =>
  (await stripe.paymentMethods.list({ customer, type: 'card' })).data;

test('a kept card is charged while its owner is away, once under one key', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const { customer, card } = await aCard(bench);
  const pay = () => bench.stripe.paymentIntents.create(aPayment(customer, card), { idempotencyKey: 'buy-1' });
  const [paid, again] = [await pay(), await pay()];
  expect(again.id).toBe(paid.id);
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1_800, customer, payment_method: card });
  const { data } = await bench.stripe.paymentIntents.list({ customer });
  expect(data.map(({ id }) => id)).toEqual([paid.id]);
  const types = sink.received.map(({ event }) => event.type);
  expect(types.filter((type) => type === 'payment_intent.succeeded')).toHaveLength(1);
});

test.each([
  ['pm_card_authenticationRequired', 'authentication_required', 'authentication_required'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
])('%s: 402, and the intent is in the error', async (token, code, decline_code) => {
  await using bench = await openBench();
  const { customer, card } = await aCard(bench, token);
  const create = () =>
    bench.stripe.paymentIntents.create(aPayment(customer, card), { idempotencyKey: 'one' });
  const error = (await errorOf(create())) as Stripe.errors.StripeCardError;
  expect(error).toMatchObject({ statusCode: 402, type: 'StripeCardError', code, decline_code });
  const intent = error.payment_intent as Stripe.PaymentIntent;
  expect(intent).toMatchObject({ status: 'requires_payment_method', amount_received: 0 });
  expect(((await errorOf(create())) as Stripe.errors.StripeCardError).payment_intent?.id).toBe(intent.id);
  expect(await bench.stripe.paymentIntents.cancel(intent.id)).toMatchObject({ status: 'canceled' });
});

test('a payment that took its money cannot be canceled', async () => {
  await using bench = await openBench();
  const { customer, card } = await aCard(bench);
  const { id } = await bench.stripe.paymentIntents.create(aPayment(customer, card));
  expect(await errorOf(bench.stripe.paymentIntents.cancel(id))).toMatchObject({
    code: 'payment_intent_unexpected_state',
    payment_intent: { id, status: 'succeeded' },
  });
});

test('what Stripe refuses of cards and payments is refused', async () => {
  await using bench = await openBench();
  const { stripe } = bench;
  const [ada, bob] = [await aCard(bench), await aCard(bench)];
  const pay = (changes: object) =>
    errorOf(
      stripe.paymentIntents.create({
        ...aPayment(ada.customer, ada.card),
        ...changes,
      } as Stripe.PaymentIntentCreateParams),
    );
  expect(await pay({ customer: bob.customer })).toMatchObject({ code: 'resource_missing' });
  expect(await pay({ customer: undefined })).toMatchObject({
    message: expect.stringContaining('belongs to'),
  });
  expect(await pay({ customer: 'cus_none' })).toMatchObject({ code: 'resource_missing', param: 'customer' });
  expect(await pay({ confirm: false })).toMatchObject({ param: 'off_session' });
  expect(await pay({ amount: 49 })).toMatchObject({ code: 'amount_too_small' });
  expect(await pay({ payment_method_types: ['card'] })).toMatchObject({ code: 'parameter_unknown' });
  expect(await pay({ off_session: undefined, allowed_payment_method_types: undefined })).toMatchObject({
    param: 'return_url',
  });
  await stripe.paymentMethods.detach(ada.card);
  expect(await pay({})).toMatchObject({ message: expect.stringContaining('may not be used again') });
  expect(await errorOf(stripe.paymentMethods.detach(ada.card))).toMatchObject({
    code: 'payment_method_unexpected_state',
  });
  expect(await errorOf(stripe.paymentMethods.attach(bob.card, { customer: ada.customer }))).toMatchObject({
    code: 'payment_method_unexpected_state',
  });
});

test('a session keeps the card of a customer who asks for it, and shows it again', async () => {
  await using bench = await openBench();
  const { stripe, control } = bench;
  const customer = (await stripe.customers.create({ email: 'ada@example.com' })).id;
  const open = async () =>
    (
      await stripe.checkout.sessions.create(
        aSession({ customer, saved_payment_method_options: { payment_method_save: 'enabled' } }),
      )
    ).id;
  await control(`/sessions/${await open()}/pay`, {});
  expect(await listed(bench, customer)).toEqual([]);
  const saving = await open();
  await control(`/sessions/${saving}/pay`, { save: true });
  const [card] = await listed(bench, customer);
  expect(card).toMatchObject({ allow_redisplay: 'always', customer, card: { brand: 'visa', last4: '4242' } });
  const session = await stripe.checkout.sessions.retrieve(saving, { expand: ['payment_intent'] });
  expect(session).toMatchObject({ customer, payment_intent: { customer, payment_method: card?.id } });
  const third = await open();
  const page = await (await fetch(`${bench.url}/pay/${third}`)).text();
  expect(page).toContain('Saved: Visa ending in 4242');
  expect(page).toContain('value="ada@example.com"');
  await control(`/sessions/${third}/pay`, { card: card?.id });
  expect(await listed(bench, customer)).toHaveLength(1);
});

test('a session keeps a card without taking money: at once, after the bank has asked, or not at all', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const { stripe, control } = bench;
  const customer = (await stripe.customers.create({})).id;
  const open = async () =>
    stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer,
      success_url: 'https://shop.test',
    });
  const plain = await open();
  expect(plain).toMatchObject({ mode: 'setup', amount_total: null, payment_status: 'no_payment_required' });
  const page = await (await fetch(`${bench.url}/pay/${plain.id}`)).text();
  expect(page).toContain('<h1>Save a card for ');
  expect(page).not.toContain('$0.00');
  await control(`/sessions/${plain.id}/pay`, { email: 'ada@example.com' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ email: 'ada@example.com' });
  const challenged = (await open()).id;
  expect((await control(`/sessions/${challenged}/pay`, { card: 'asks_once' })).body).toMatchObject({
    outcome: 'requires_action',
  });
  await control(`/sessions/${challenged}/authenticate`, { result: 'complete' });
  const declined = (await open()).id;
  expect((await control(`/sessions/${declined}/pay`, { card: 'declined' })).body.outcome).toBe('declined');
  const cards = await listed(bench, customer);
  expect(cards.map(({ card }) => card?.last4)).toEqual(['3155', '4242']);
  expect(cards.map(({ allow_redisplay }) => allow_redisplay)).toEqual(['limited', 'limited']);
  const { setup_intent } = await stripe.checkout.sessions.retrieve(challenged, { expand: ['setup_intent'] });
  expect(setup_intent).toMatchObject({
    status: 'succeeded',
    payment_method: cards[0]?.id,
    usage: 'off_session',
  });
  const types = sink.received.map(({ event }) => event.type);
  expect(types).toEqual(expect.arrayContaining(['setup_intent.succeeded', 'setup_intent.setup_failed']));
  const charged = await stripe.paymentIntents.create(aPayment(customer, cards[0]?.id ?? ''));
  expect(charged.status).toBe('succeeded');
});

test.each([
  [{ line_items: [aLine()] }, 'line_items'],
  [{ payment_intent_data: {} as object, submit_type: 'pay' }, 'submit_type'],
  [{ currency: undefined }, 'currency'],
])('a session that keeps a card refuses what is about payments: %j', async (changes, param) => {
  await using bench = await openBench();
  const params = { mode: 'setup', currency: 'usd', success_url: 'https://shop.test', ...changes };
  const error = await errorOf(
    bench.stripe.checkout.sessions.create(params as Stripe.Checkout.SessionCreateParams),
  );
  expect(error).toMatchObject({ statusCode: 400, param });
});

test('a renewed card is told of; a deleted customer has no cards any more', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const { customer, card } = await aCard(bench);
  await bench.control(`/payment_methods/${card}`, { brand: 'mastercard', last4: '4444' });
  expect(await bench.stripe.paymentMethods.retrieve(card)).toMatchObject({
    card: { brand: 'mastercard', last4: '4444' },
  });
  await bench.stripe.customers.del(customer);
  expect(await errorOf(bench.stripe.paymentIntents.create(aPayment(customer, card)))).toMatchObject({
    code: 'resource_missing',
  });
  await expect(bench.stripe.paymentMethods.retrieve(card)).resolves.toMatchObject({ customer: null });
  const events = sink.received.map(({ event }) => event);
  const updated = events.find(({ type }) => type === 'payment_method.automatically_updated');
  expect(updated?.data).toMatchObject({ previous_attributes: { card: { brand: 'visa', last4: '4242' } } });
  expect(events.find(({ type }) => type === 'payment_method.detached')?.data).toMatchObject({
    previous_attributes: { customer },
  });
});
