import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { aLine, aRate, aSession, aShippedSession, errorOf, openBench } from './stripe-bench.ts';

type Params = Stripe.Checkout.SessionCreateParams;

/** What the types of npm stripe do not let pass, and JavaScript does. */
const loose = (params: object): Params => params as Params;

const inSeconds = (minutes: number): number => Math.floor(Date.now() / 1000) + minutes * 60;

const withPrice = (changes: object): Params => aSession({ line_items: [aLine(changes)] });
const withMetadata = (metadata: Record<string, string>): Params => aSession({ metadata });

const cases: [string, Params, { code?: string; param?: string; message?: RegExp }][] = [
  [
    'an unknown parameter',
    loose({ ...aSession(), colour: 'red' }),
    { code: 'parameter_unknown', param: 'colour' },
  ],
  [
    'payment_method_types, which endive has removed',
    loose({ ...aSession(), payment_method_types: ['card'] }),
    { code: 'parameter_unknown', param: 'payment_method_types' },
  ],
  [
    'an unknown parameter of a line',
    loose({ ...aSession(), line_items: [{ ...aLine(), name: 'Mug' }] }),
    { code: 'parameter_unknown', param: 'line_items[0][name]' },
  ],
  [
    'an unknown parameter of a price',
    withPrice({ amount: 5 }),
    { code: 'parameter_unknown', param: 'line_items[0][price_data][amount]' },
  ],
  [
    'an unknown parameter of a product',
    withPrice({ product_data: { name: 'Mug', sku: 'm1' } }),
    { code: 'parameter_unknown', param: 'line_items[0][price_data][product_data][sku]' },
  ],
  [
    'an unknown parameter of a payment',
    loose({ ...aSession(), payment_intent_data: { amount: 5 } }),
    { code: 'parameter_unknown', param: 'payment_intent_data[amount]' },
  ],
  [
    'an unknown parameter of a shipping rate',
    loose({
      ...aSession(),
      shipping_options: [{ shipping_rate_data: { display_name: 'A', fixed_amount: { sum: 1 } } }],
    }),
    { code: 'parameter_unknown', param: 'shipping_options[0][shipping_rate_data][fixed_amount][sum]' },
  ],
  [
    'several unknown parameters',
    loose({ ...aSession(), colour: 'red', size: 'L' }),
    { code: 'parameter_unknown', message: /Received unknown parameters: colour, size/ },
  ],
  ['no mode', aSession({ mode: undefined }), { code: 'parameter_missing', param: 'mode' }],
  ['no lines', aSession({ line_items: undefined }), { code: 'parameter_missing', param: 'line_items' }],
  [
    'no success_url',
    aSession({ success_url: undefined }),
    { code: 'parameter_missing', param: 'success_url' },
  ],
  [
    'no currency',
    withPrice({ currency: undefined }),
    { code: 'parameter_missing', param: 'line_items[0][price_data][currency]' },
  ],
  [
    'no price',
    withPrice({ unit_amount: undefined }),
    { code: 'parameter_missing', param: 'line_items[0][price_data][unit_amount]' },
  ],
  [
    'no name',
    withPrice({ product_data: { description: 'A mug' } }),
    { code: 'parameter_missing', param: 'line_items[0][price_data][product_data][name]' },
  ],
  [
    'no product',
    withPrice({ product_data: undefined }),
    { code: 'parameter_missing', param: 'line_items[0][price_data]' },
  ],
  [
    'no quantity',
    aSession({ line_items: [{ ...aLine(), quantity: undefined }] }),
    { code: 'parameter_missing', param: 'line_items[0][quantity]' },
  ],
  [
    'no price of a line at all',
    aSession({ line_items: [{ quantity: 1 }] }),
    { code: 'parameter_missing', param: 'line_items[0]' },
  ],
  [
    'no countries to ship to',
    loose({ ...aSession(), shipping_address_collection: { countries: 1 } }),
    { code: 'parameter_unknown' },
  ],
  [
    'another mode',
    loose({ ...aSession(), mode: 'donation' }),
    { param: 'mode', message: /must be one of payment/ },
  ],
  ['subscriptions', loose({ ...aSession(), mode: 'subscription' }), { code: 'not_simulated', param: 'mode' }],
  ['lines where a card is only kept', loose({ ...aSession(), mode: 'setup' }), { param: 'line_items' }],
  ['embedded pages', aSession({ ui_mode: 'embedded_page' }), { code: 'not_simulated', param: 'ui_mode' }],
  [
    'the old name of ui_mode',
    loose({ ...aSession(), ui_mode: 'hosted' }),
    { param: 'ui_mode', message: /must be one/ },
  ],
  ['discounts', aSession({ discounts: [{ coupon: 'X' }] }), { code: 'not_simulated', param: 'discounts' }],
  [
    'recurring prices',
    withPrice({ recurring: { interval: 'month' } }),
    { code: 'not_simulated', param: 'line_items[0][price_data][recurring]' },
  ],
  [
    'a stored price',
    aSession({ line_items: [{ price: 'price_1', quantity: 1 }] }),
    { code: 'resource_missing' },
  ],
  [
    'a stored and an inline price',
    aSession({ line_items: [{ ...aLine(), price: 'price_1' }] }),
    { code: 'parameters_exclusive', param: 'line_items[0]' },
  ],
  [
    'a stored product',
    withPrice({ product: 'prod_1', product_data: undefined }),
    { code: 'resource_missing', param: 'line_items[0][price_data][product]' },
  ],
  [
    'a stored and an inline product',
    withPrice({ product: 'prod_1' }),
    { code: 'parameters_exclusive', param: 'line_items[0][price_data]' },
  ],
  [
    'a price with a fraction',
    withPrice({ unit_amount: 19.99 }),
    { code: 'parameter_invalid_integer', param: 'line_items[0][price_data][unit_amount]', message: /19\.99/ },
  ],
  ['a price below zero', withPrice({ unit_amount: -1 }), { code: 'parameter_invalid_integer' }],
  ['a price above eight digits', withPrice({ unit_amount: 100_000_000 }), { code: 'amount_too_large' }],
  [
    'a total above eight digits',
    aSession({ line_items: [aLine({ unit_amount: 99_999_999 }, 2)] }),
    { code: 'amount_too_large' },
  ],
  ['a quantity of none', aSession({ line_items: [aLine({}, 0)] }), { code: 'parameter_invalid_integer' }],
  ['half a quantity', aSession({ line_items: [aLine({}, 1.5)] }), { code: 'parameter_invalid_integer' }],
  [
    'a total below 0.50 USD',
    withPrice({ unit_amount: 49 }),
    { code: 'amount_too_small', message: /\$0\.50 usd/ },
  ],
  ['a total below 0.30 GBP', withPrice({ currency: 'gbp', unit_amount: 29 }), { code: 'amount_too_small' }],
  [
    'a total below 50 JPY',
    withPrice({ currency: 'jpy', unit_amount: 49 }),
    { code: 'amount_too_small', message: /¥50/ },
  ],
  [
    'a total below 175 HUF',
    withPrice({ currency: 'huf', unit_amount: 17_499 }),
    { code: 'amount_too_small' },
  ],
  [
    'hundredths of a króna',
    withPrice({ currency: 'isk', unit_amount: 15_050 }),
    { message: /multiples of 100/ },
  ],
  [
    'the third decimal of a dinar',
    withPrice({ currency: 'kwd', unit_amount: 5_124 }),
    { message: /multiples of 10/ },
  ],
  ['an unknown currency', withPrice({ currency: 'btc' }), { message: /Invalid currency: btc/ }],
  [
    'two currencies',
    aSession({ line_items: [aLine(), aLine({ currency: 'eur' })] }),
    { param: 'line_items[1][price_data][currency]' },
  ],
  ['a session in another currency', aSession({ currency: 'eur' }), { param: 'currency' }],
  [
    'shipping in another currency',
    aShippedSession({ shipping_options: [aRate('Parcel', 490, 'eur')] }),
    { param: 'shipping_options[0][shipping_rate_data][fixed_amount][currency]' },
  ],
  [
    'more than five shipping options',
    aShippedSession({ shipping_options: Array.from({ length: 6 }, () => aRate('Parcel', 490)) }),
    { param: 'shipping_options', message: /exceeded maximum 5/ },
  ],
  [
    'a stored shipping rate',
    aShippedSession({ shipping_options: [{ shipping_rate: 'shr_1' }] }),
    { code: 'resource_missing' },
  ],
  [
    'a shipping rate without amount',
    aShippedSession({ shipping_options: [{ shipping_rate_data: { display_name: 'Parcel' } }] }),
    { code: 'parameter_missing', param: 'shipping_options[0][shipping_rate_data][fixed_amount]' },
  ],
  [
    'a long name of a shipping rate',
    aShippedSession({ shipping_options: [aRate('x'.repeat(101), 490)] }),
    { message: /at most 100 characters/ },
  ],
  [
    'more than a hundred lines',
    aSession({ line_items: Array.from({ length: 101 }, () => aLine()) }),
    { param: 'line_items', message: /exceeded maximum 100/ },
  ],
  [
    'countries that Stripe does not ship to',
    loose({ ...aSession(), shipping_address_collection: { allowed_countries: ['DE', 'KP'] } }),
    { param: 'shipping_address_collection[allowed_countries][1]' },
  ],
  [
    'a customer and an e-mail address',
    aSession({ customer: 'cus_1', customer_email: 'ada@example.com' }),
    { code: 'parameters_exclusive' },
  ],
  ['an unknown customer', aSession({ customer: 'cus_1' }), { code: 'resource_missing', param: 'customer' }],
  [
    'what is no e-mail address',
    aSession({ customer_email: 'ada@' }),
    { code: 'email_invalid', param: 'customer_email' },
  ],
  [
    'what is no address',
    aSession({ success_url: 'shop.test/thanks' }),
    { code: 'url_invalid', param: 'success_url' },
  ],
  ['an empty text', aSession({ cancel_url: '' }), { code: 'parameter_invalid_empty', param: 'cancel_url' }],
  ['a hash where a text belongs', loose({ ...aSession(), cancel_url: { a: 'b' } }), { param: 'cancel_url' }],
  [
    'a text where a hash belongs',
    loose({ ...aSession(), payment_intent_data: 'x' }),
    { param: 'payment_intent_data' },
  ],
  ['a text where a list belongs', loose({ ...aSession(), line_items: 'x' }), { param: 'line_items' }],
  [
    'a long client_reference_id',
    aSession({ client_reference_id: 'x'.repeat(201) }),
    { message: /at most 200/ },
  ],
  ['a long name', withPrice({ product_data: { name: 'x'.repeat(5_001) } }), { message: /at most 5000/ }],
  [
    'a long description of a payment',
    aSession({ payment_intent_data: { description: 'x'.repeat(1_001) } }),
    { message: /at most 1000/ },
  ],
  [
    'a session shorter than 30 minutes',
    aSession({ expires_at: inSeconds(29) }),
    { param: 'expires_at', message: /at least 30 minutes/ },
  ],
  [
    'a session longer than a day',
    aSession({ expires_at: inSeconds(24 * 60 + 5) }),
    { param: 'expires_at', message: /less than 24 hours/ },
  ],
  [
    'an end that is no moment',
    loose({ ...aSession(), expires_at: 'soon' }),
    { code: 'parameter_invalid_integer' },
  ],
  [
    'more than fifty metadata',
    withMetadata(Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v']))),
    { param: 'metadata', message: /up to 50 keys/ },
  ],
  ['long names of metadata', withMetadata({ ['k'.repeat(41)]: 'v' }), { message: /up to 40 characters/ }],
  ['long values of metadata', withMetadata({ k: 'v'.repeat(501) }), { message: /up to 500 characters/ }],
  [
    'brackets in names of metadata',
    withMetadata({ 'a[b]': 'v' }),
    { param: 'metadata', message: /square brackets/ },
  ],
  [
    'metadata limits of a payment',
    aSession({ payment_intent_data: { metadata: { k: 'v'.repeat(501) } } }),
    { param: 'payment_intent_data[metadata]' },
  ],
  [
    'no payment method that could be used',
    aSession({ excluded_payment_method_types: ['card', 'us_bank_account'] }),
    { message: /No valid payment method types/ },
  ],
  ['an unknown locale', loose({ ...aSession(), locale: 'tlh' }), { param: 'locale' }],
];

test.each(cases)('a session is refused: %s', async (_, params, { message, ...expected }) => {
  await using bench = await openBench();
  const refused = await errorOf(bench.stripe.checkout.sessions.create(params));
  expect(refused).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', ...expected });
  if (message) expect(refused.message).toMatch(message);
  expect((await bench.stripe.checkout.sessions.list()).data).toEqual([]);
});

test('what is at the limits is taken', async () => {
  await using bench = await openBench();
  const now = Math.floor(bench.clock.now().getTime() / 1000);
  const metadata = Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [`k${i}`.padEnd(40, '_'), 'v'.repeat(500)]),
  );
  const taken: Params[] = [
    aSession({ expires_at: now + 30 * 60 + 5 }),
    aSession({ expires_at: now + 24 * 60 * 60 }),
    aSession({ line_items: Array.from({ length: 100 }, () => aLine()) }),
    aShippedSession({ shipping_options: Array.from({ length: 5 }, () => aRate('x'.repeat(100), 0)) }),
    aSession({ client_reference_id: 'x'.repeat(200), metadata }),
    withPrice({ unit_amount: 50 }),
    withPrice({ unit_amount: 99_999_999 }),
    withPrice({ currency: 'jpy', unit_amount: 50 }),
    withPrice({ currency: 'isk', unit_amount: 15_000 }),
    withPrice({ currency: 'kwd', unit_amount: 5_120 }),
    withPrice({ currency: 'EUR' }),
    aSession({
      automatic_tax: { enabled: false },
      allow_promotion_codes: false,
      adaptive_pricing: { enabled: false },
    }),
    aSession({
      locale: 'de',
      submit_type: 'pay',
      billing_address_collection: 'auto',
      ui_mode: 'hosted_page',
    }),
  ];
  for (const params of taken)
    expect(await bench.stripe.checkout.sessions.create(params)).toMatchObject({ status: 'open' });
});
