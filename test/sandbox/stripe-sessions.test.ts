import { expect, test } from '@jest/globals';
import {
  aLine,
  aRate,
  aSession,
  aShippedSession,
  DAY,
  errorOf,
  idOf,
  MINUTE,
  openBench,
  PUBLIC_URL,
} from './stripe-bench.ts';

test('a session adds up its lines and the first shipping rate', async () => {
  await using bench = await openBench();
  const session = await bench.stripe.checkout.sessions.create(
    aShippedSession({
      line_items: [
        aLine({ unit_amount: 1_800 }, 2),
        aLine({ unit_amount: 250, product_data: { name: 'Pin' } }, 3),
      ],
      shipping_options: [aRate('Parcel', 490), aRate('Express', 1_290)],
      client_reference_id: 'cart-7',
      customer_email: 'ada@example.com',
      metadata: { cart: '7', empty: '' },
    }),
  );
  expect(session).toMatchObject({
    object: 'checkout.session',
    amount_subtotal: 4_350,
    amount_total: 4_840,
    total_details: { amount_discount: 0, amount_shipping: 490, amount_tax: 0 },
    shipping_cost: { amount_subtotal: 490, amount_tax: 0, amount_total: 490 },
    client_reference_id: 'cart-7',
    collected_information: null,
    currency: 'usd',
    customer_details: { email: 'ada@example.com', name: null },
    customer_email: 'ada@example.com',
    livemode: false,
    metadata: { cart: '7' },
    mode: 'payment',
    payment_intent: null,
    payment_status: 'unpaid',
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    status: 'open',
  });
  expect(session.id).toMatch(/^cs_test_/);
  expect(session.url).toBe(`${PUBLIC_URL}/pay/${session.id}`);
  expect(session.shipping_options.map((option) => option.shipping_amount)).toEqual([490, 1_290]);
  expect(session.shipping_cost?.shipping_rate).toBe(session.shipping_options[0]?.shipping_rate);
  expect(session.line_items).toBeUndefined();
});

test('a session lasts a day unless it says otherwise', async () => {
  await using bench = await openBench();
  const usual = await bench.stripe.checkout.sessions.create(aSession());
  expect(usual.expires_at - usual.created).toBe(DAY / 1000);
  const expires_at = Math.floor(bench.clock.now().getTime() / 1000) + 45 * 60;
  const short = await bench.stripe.checkout.sessions.create(aSession({ expires_at }));
  expect(short.expires_at).toBe(expires_at);
});

test('a session with nothing to pay says so', async () => {
  await using bench = await openBench();
  const session = await bench.stripe.checkout.sessions.create(
    aSession({ line_items: [aLine({ unit_amount: 0 })] }),
  );
  expect(session).toMatchObject({ amount_total: 0, payment_status: 'no_payment_required', status: 'open' });
});

test('lines are listed page by page, with their product when asked for', async () => {
  await using bench = await openBench();
  const { sessions } = bench.stripe.checkout;
  const names = Array.from({ length: 12 }, (_, i) => `Thing ${i}`);
  const session = await sessions.create(
    aSession({
      line_items: names.map((name) => aLine({ product_data: { name, metadata: { sku: name } } }, 2)),
    }),
  );
  const all = await sessions.listLineItems(session.id, { limit: 100 }).autoPagingToArray({ limit: 100 });
  expect(all.map((item) => item.description)).toEqual(names);
  const [first] = all;
  expect(first).toMatchObject({
    object: 'item',
    quantity: 2,
    amount_total: 3_600,
    price: { unit_amount: 1_800 },
  });
  const few = await sessions.retrieve(session.id, { expand: ['line_items.data.price.product'] });
  expect(few.line_items?.data).toHaveLength(10);
  expect(few.line_items?.has_more).toBe(true);
  expect(few.line_items?.data[0]?.price?.product).toMatchObject({
    object: 'product',
    metadata: { sku: 'Thing 0' },
  });
  const rest = await sessions.listLineItems(session.id, { starting_after: few.line_items?.data.at(-1)?.id });
  expect(rest.data.map((item) => item.description)).toEqual(['Thing 10', 'Thing 11']);
  expect(rest.has_more).toBe(false);
});

test('sessions are listed newest first, in pages and by filters', async () => {
  await using bench = await openBench();
  const { sessions } = bench.stripe.checkout;
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    ids.unshift((await sessions.create(aSession())).id);
    bench.clock.advance(MINUTE);
  }
  await sessions.expire(ids[0] ?? '');
  await bench.control(`/sessions/${ids[1]}/pay`, {});
  const listed = async (params: object) => (await sessions.list(params)).data.map(({ id }) => id);
  expect(await listed({})).toEqual(ids);
  expect(await listed({ limit: 2 })).toEqual(ids.slice(0, 2));
  expect(await listed({ limit: 2, starting_after: ids[1] })).toEqual(ids.slice(2));
  expect(await listed({ ending_before: ids[2] })).toEqual(ids.slice(0, 2));
  expect(await listed({ status: 'expired' })).toEqual([ids[0]]);
  expect(await listed({ status: 'complete' })).toEqual([ids[1]]);
  expect(await listed({ status: 'open' })).toEqual(ids.slice(2));
  const { created } = await sessions.retrieve(ids[2] ?? '');
  expect(await listed({ created: { gt: created } })).toEqual(ids.slice(0, 2));
  expect(await listed({ created: { lte: created } })).toEqual(ids.slice(2));
  expect(await listed({ created })).toEqual([ids[2]]);
  const paid = await sessions.retrieve(ids[1] ?? '');
  expect(await listed({ payment_intent: idOf(paid.payment_intent) })).toEqual([ids[1]]);
  expect((await sessions.list({ limit: 3 })).has_more).toBe(true);
  expect(await sessions.list().autoPagingToArray({ limit: 10 })).toHaveLength(4);
});

test('lists refuse what is no cursor and no limit', async () => {
  await using bench = await openBench();
  const { sessions } = bench.stripe.checkout;
  expect(await errorOf(sessions.list({ starting_after: 'cs_test_x' }))).toMatchObject({
    code: 'resource_missing',
  });
  expect(await errorOf(sessions.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
  expect(await errorOf(sessions.list({ limit: 0 }))).toMatchObject({ param: 'limit' });
  expect(await errorOf(sessions.list({ created: { gte: 'soon' as unknown as number } }))).toMatchObject({
    param: 'created',
  });
});

test('an open session can be expired, and only once', async () => {
  await using bench = await openBench();
  const { sessions } = bench.stripe.checkout;
  const { id } = await sessions.create(aSession());
  expect(await sessions.expire(id)).toMatchObject({
    id,
    status: 'expired',
    url: null,
    payment_status: 'unpaid',
  });
  const again = await errorOf(sessions.expire(id));
  expect(again).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError' });
  expect(again.message).toContain('Only Checkout Sessions with a status in ["open"] can be expired');
});

test('a session expires when its time has come, whoever moves the clock', async () => {
  await using bench = await openBench();
  const { id } = await bench.stripe.checkout.sessions.create(aSession());
  bench.clock.advance(DAY - MINUTE);
  expect(await bench.stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
  bench.clock.advance(2 * MINUTE);
  expect(await bench.stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'expired', url: null });
});

test('objects come expanded when asked for, and not otherwise', async () => {
  await using bench = await openBench();
  const { sessions } = bench.stripe.checkout;
  const { id } = await sessions.create(
    aSession({ payment_intent_data: { description: 'Cart 7', metadata: { cart: '7' } } }),
  );
  await bench.control(`/sessions/${id}/pay`, {});
  const plain = await sessions.retrieve(id);
  expect(plain.payment_intent).toMatch(/^pi_/);
  const expanded = await sessions.retrieve(id, {
    expand: ['payment_intent.latest_charge', 'line_items', 'customer'],
  });
  expect(expanded.payment_intent).toMatchObject({
    object: 'payment_intent',
    description: 'Cart 7',
    metadata: { cart: '7' },
    latest_charge: { object: 'charge', amount: 1_800, metadata: { cart: '7' } },
  });
  expect(expanded.line_items?.data).toHaveLength(1);
  const { data } = await sessions.list({ expand: ['data.payment_intent'] });
  expect(data[0]?.payment_intent).toMatchObject({ object: 'payment_intent' });
});

test('what cannot be expanded is refused', async () => {
  await using bench = await openBench();
  const { sessions } = bench.stripe.checkout;
  const { id } = await sessions.create(aSession());
  const refused = async (...expand: string[]) => (await errorOf(sessions.retrieve(id, { expand }))).message;
  expect(await refused('metadata')).toContain('This property cannot be expanded (metadata)');
  expect(await refused('payment_intent.nothing')).toContain('cannot be expanded');
  expect(await refused('line_items.data.price.product.default_price')).toContain('more than 4 levels');
  expect((await errorOf(sessions.list({ expand: ['payment_intent'] }))).message).toContain(
    "'data.payment_intent'",
  );
});
