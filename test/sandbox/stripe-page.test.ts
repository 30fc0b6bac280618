import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import {
  aLine,
  aRate,
  aSession,
  aShippedSession,
  type Bench,
  DAY,
  openBench,
  openSink,
  PUBLIC_URL,
} from './stripe-bench.ts';

const open = (bench: Bench, params = aSession()): Promise<Stripe.Checkout.Session> =>
  bench.stripe.checkout.sessions.create(params);

/** What a browser would send: the fields of a page as they are filled in. */
function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, tag = ''] of html.matchAll(/<input ([^>]*)>/g)) {
    const [, name = ''] = /name="([^"]*)"/.exec(tag) ?? [];
    const [, value = ''] = /value="([^"]*)"/.exec(tag) ?? [];
    if (!tag.includes('type="radio"') || tag.includes('checked=""')) fields[name] = value;
  }
  for (const [, name = '', options = ''] of html.matchAll(
    /<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs,
  )) {
    const selected =
      /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    fields[name] = selected?.[1] ?? '';
  }
  return fields;
}

const actionOf = (html: string): string => /<form method="post" action="([^"]*)"/.exec(html)?.[1] ?? '';

/** Opens a session's page and presses its button. @param changes what is entered before */
async function press(bench: Bench, { url }: Stripe.Checkout.Session, changes: Record<string, string> = {}) {
  const { html } = await bench.page(url ?? '');
  const path = new URL(actionOf(html), PUBLIC_URL).pathname.replace('/sandbox/stripe', '');
  return bench.page(path, { ...fieldsOf(html), ...changes });
}

const SUCCESS = 'https://shop.test/cart?session=';

test('the page shows what is bought, and pressing its button pays', async () => {
  await using bench = await openBench();
  await bench.control('/account', { name: 'Mug Heaven' });
  const session = await open(bench, aShippedSession({ line_items: [aLine({}, 2)], submit_type: 'pay' }));
  const { response, html } = await bench.page(session.url ?? '');
  expect(response.status).toBe(200);
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  expect(html).toContain('<h1>Pay Mug Heaven</h1>');
  for (const shown of ['Mug', '2 × $18.00', '$36.00', 'Parcel', '$4.90', 'Pay $40.90', 'Back to Mug Heaven'])
    expect(html).toContain(shown);
  expect(html).toContain('href="https://shop.test/cart"');
  expect(actionOf(html)).toBe(`/sandbox/stripe/pay/${session.id}`);
  const paid = await press(bench, session);
  expect(paid.response.status).toBe(303);
  expect(paid.response.headers.get('location')).toBe(`${SUCCESS}${session.id}`);
  expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    amount_total: 4_090,
    collected_information: { shipping_details: { address: { country: 'DE', city: 'Berlin' } } },
  });
});

test('people are sent on when the webhook was answered', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  await press(bench, await open(bench));
  expect(sink.types()).toContain('checkout.session.completed');
});

test('the page loads nothing, runs nothing, and leads only to itself and the shop', async () => {
  await using bench = await openBench();
  const session = await open(bench, aSession({ cancel_url: 'https://cart.test/back' }));
  const { response, html } = await bench.page(session.url ?? '');
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' https://shop.test https://cart.test; " +
      "base-uri 'none'; frame-ancestors 'none'",
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(html).not.toMatch(/<script|<link|<img|javascript:|\sstyle=| on\w+=/);
  expect(html.match(/<style>/g)).toHaveLength(1);
});

test('names are shown as they are, whatever is in them', async () => {
  await using bench = await openBench();
  const name = `<script>alert("x")</script> & 'Mug'`;
  const session = await open(
    bench,
    aShippedSession({
      line_items: [aLine({ product_data: { name } })],
      shipping_options: [aRate('<b>Parcel</b>', 490)],
      cancel_url: 'https://shop.test/?a=1&b="><script>',
      custom_text: { submit: { message: '<i>Thanks</i>' } },
    }),
  );
  await bench.control('/account', { name: '<u>Shop</u>' });
  const { html } = await bench.page(session.url ?? '');
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Mug&#39;');
  expect(html).not.toMatch(/<script>|<b>|<i>|<u>/);
  const { html: again } = await press(bench, session, { name: '', line1: '"><script>alert(1)</script>' });
  expect(again).not.toContain('<script>');
  expect(again).toContain('&quot;&gt;&lt;script&gt;');
});

test('every field has a label and says what browsers may fill in', async () => {
  await using bench = await openBench();
  const session = await open(
    bench,
    aShippedSession({ shipping_options: [aRate('Parcel', 490), aRate('Express', 1_290)] }),
  );
  const { html } = await bench.page(session.url ?? '');
  const ids = [...html.matchAll(/<(?:input|select) id="([^"]*)" name="[^"]*"[^>]*autocomplete="[^"]+"/g)].map(
    ([, id]) => id,
  );
  expect(ids).toEqual([
    'email',
    'name',
    'country',
    'line1',
    'line2',
    'postal_code',
    'city',
    'state',
    'method',
  ]);
  for (const id of ids) expect(html).toContain(`<label for="${id}">`);
  expect(html.match(/<h1>/g)).toHaveLength(1);
  expect(html.match(/<label class="choice"><input type="radio"/g)).toHaveLength(2);
});

test('an e-mail address that the shop gave stands fast', async () => {
  await using bench = await openBench();
  const session = await open(bench, aSession({ customer_email: 'ada@example.com' }));
  const { html } = await bench.page(session.url ?? '');
  expect(html).toMatch(/<input id="email"[^>]*value="ada@example.com"[^>]*readonly=""/);
  await press(bench, session, { email: 'mallory@example.com' });
  const { customer_details } = await bench.stripe.checkout.sessions.retrieve(session.id);
  expect(customer_details?.email).toBe('ada@example.com');
});

test('only the countries that the shop ships to can be chosen', async () => {
  await using bench = await openBench();
  const session = await open(bench, aShippedSession());
  const { html } = await bench.page(session.url ?? '');
  const [, select = ''] = /<select id="country".*?>(.*?)<\/select>/s.exec(html) ?? [];
  expect([...select.matchAll(/value="(\w+)"[^>]*>([^<]*)/g)].map(([, code, name]) => [code, name])).toEqual([
    ['AT', 'Austria'],
    ['DE', 'Germany'],
  ]);
  const { response, html: again } = await press(bench, session, { country: 'US' });
  expect(response.status).toBe(422);
  expect(again).toContain('Choose one of these countries.');
});

test('what is missing is named at the top and at its field, and the rest is kept', async () => {
  await using bench = await openBench();
  const session = await open(bench, aShippedSession());
  const { response, html } = await press(bench, session, {
    email: 'ada@',
    city: ' ',
    name: 'Ada',
    method: 'gold',
  });
  expect(response.status).toBe(422);
  expect(html).toContain('<title>Problem: ');
  expect(html).toMatch(/<div class="problems" role="alert"/);
  for (const field of ['email', 'city', 'method']) {
    expect(html).toContain(`<a href="#${field}">`);
    expect(html).toMatch(
      new RegExp(`id="${field}"[^>]*aria-invalid="true" aria-describedby="${field}-fault"`),
    );
  }
  expect(html).toContain('value="Ada"');
  expect(html).not.toContain('href="#name"');
  expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open' });
});

test('a postal code is asked for where there are any', async () => {
  await using bench = await openBench();
  const countries = { shipping_address_collection: { allowed_countries: ['HK', 'US'] as const } };
  const session = await open(
    bench,
    aShippedSession(countries as unknown as Stripe.Checkout.SessionCreateParams),
  );
  expect((await press(bench, session, { country: 'US', postal_code: '' })).response.status).toBe(422);
  expect((await press(bench, session, { country: 'HK', postal_code: '', state: '' })).response.status).toBe(
    303,
  );
  const { collected_information } = await bench.stripe.checkout.sessions.retrieve(session.id);
  expect(collected_information?.shipping_details?.address).toMatchObject({
    country: 'HK',
    postal_code: null,
    state: null,
  });
});

test('a declined card brings the page back with the reason', async () => {
  await using bench = await openBench();
  const session = await open(bench);
  const { response, html } = await press(bench, session, { method: 'insufficient_funds', name: 'Ada' });
  expect(response.status).toBe(402);
  expect(html).toContain('Your card has insufficient funds.');
  expect(html).toContain('You have not been charged');
  expect(fieldsOf(html)).toMatchObject({ name: 'Ada', method: 'insufficient_funds' });
  expect((await press(bench, session, { method: 'ok' })).response.status).toBe(303);
});

test('a bank that asks has a page of its own', async () => {
  await using bench = await openBench();
  const session = await open(bench);
  const url = `${PUBLIC_URL}/pay/${session.id}`;
  const early = await bench.page(`${url}/authenticate`);
  expect(early.response.headers.get('location')).toBe(url);
  const asked = await press(bench, session, { method: 'authentication_required' });
  expect(asked.response.status).toBe(303);
  expect(asked.response.headers.get('location')).toBe(`${url}/authenticate`);
  const bank = await bench.page(`${url}/authenticate`);
  expect(bank.html).toContain('is this you?');
  expect(bank.html).toContain('$18.00');
  expect(actionOf(bank.html)).toBe(`/sandbox/stripe/pay/${session.id}/authenticate`);
  expect(bank.html.match(/<button/g)).toHaveLength(2);
  const failed = await bench.page(`${url}/authenticate`, { result: 'fail' });
  expect(failed.response.status).toBe(402);
  expect(failed.html).toContain('unable to authenticate');
  expect(actionOf(failed.html)).toBe(`/sandbox/stripe/pay/${session.id}`);
  await press(bench, session, { method: 'authentication_required' });
  const passed = await bench.page(`${url}/authenticate`, { result: 'complete' });
  expect(passed.response.headers.get('location')).toBe(`${SUCCESS}${session.id}`);
});

test('a bank debit sends people on before the money is there', async () => {
  await using bench = await openBench();
  const session = await open(bench);
  expect((await bench.page(session.url ?? '')).html).toContain('Bank debit');
  const { response } = await press(bench, session, { method: 'bank_debit' });
  expect(response.headers.get('location')).toBe(`${SUCCESS}${session.id}`);
  expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    payment_status: 'unpaid',
  });
  // Whoever opens the page again plays the bank, once.
  const { html } = await bench.page(session.url ?? '');
  expect(html).toContain('The bank is at it');
  for (const result of ['pay', 'refuse']) {
    const decided = await bench.page(`${session.url}/bank`, { result });
    expect(decided.response.headers.get('location')).toBe(`${SUCCESS}${session.id}`);
    expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: 'paid',
    });
  }
  expect((await bench.page(session.url ?? '')).html).toContain('This order is placed');
});

test('an order for nothing asks for no card', async () => {
  await using bench = await openBench();
  const session = await open(bench, aSession({ line_items: [aLine({ unit_amount: 0 })] }));
  const { html } = await bench.page(session.url ?? '');
  expect(html).toContain('Complete order');
  expect(html).not.toContain('id="method"');
  expect((await press(bench, session)).response.status).toBe(303);
});

test('nobody pays another total than the one shown', async () => {
  await using bench = await openBench();
  const options = { shipping_options: [aRate('Parcel', 490), aRate('Express', 1_290)] };
  const session = await open(bench, aShippedSession(options));
  const express = String(session.shipping_options[1]?.shipping_rate);
  const { response, html } = await press(bench, session, { shipping_rate: express });
  expect(response.status).toBe(422);
  expect(html).toContain('The total has changed');
  expect(html).toContain('Pay $30.90');
  const paid = await bench.page(`/pay/${session.id}`, fieldsOf(html));
  expect(paid.response.status).toBe(303);
  expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 3_090 });
});

test('a billing address is asked for where the shop wants one', async () => {
  await using bench = await openBench();
  const session = await open(bench, aSession({ billing_address_collection: 'required' }));
  expect((await bench.page(session.url ?? '')).html).toContain('Billing address');
  await press(bench, session);
  const { customer_details, collected_information } = await bench.stripe.checkout.sessions.retrieve(
    session.id,
  );
  expect(customer_details?.address?.line1).toBe('12 Example Street');
  expect(collected_information?.shipping_details).toBeNull();
});

test('a page that was paid leads to the shop, and pressing twice pays once', async () => {
  await using bench = await openBench();
  const session = await open(bench);
  const { html } = await bench.page(session.url ?? '');
  const [one, two] = await Promise.all([press(bench, session), press(bench, session)]);
  const late = await bench.page(session.url ?? '', fieldsOf(html));
  for (const { response } of [one, two, late])
    expect(response.headers.get('location')).toBe(`${SUCCESS}${session.id}`);
  expect((await bench.stripe.paymentIntents.list()).data).toHaveLength(1);
  const done = await bench.page(session.url ?? '');
  expect(done.response.status).toBe(200);
  expect(done.html).toContain('This order is placed');
  expect(done.html).toContain(`href="${SUCCESS}${session.id}"`);
});

test('a page that has expired says so, and takes no money', async () => {
  await using bench = await openBench();
  const session = await open(bench);
  const { html } = await bench.page(session.url ?? '');
  bench.clock.advance(DAY + 1_000);
  const expired = await bench.page(session.url ?? '');
  expect(expired.html).toContain('This checkout has expired');
  expect(expired.html).toContain('href="https://shop.test/cart"');
  const late = await bench.page(session.url ?? '', fieldsOf(html));
  expect(late.response.status).toBe(409);
  expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    payment_status: 'unpaid',
  });
});

test('there is no page for what is no session', async () => {
  await using bench = await openBench();
  const { response, html } = await bench.page('/pay/cs_test_none');
  expect(response.status).toBe(404);
  expect(html).toContain('There is no such checkout');
});
