import { expect, test } from '@jest/globals';
import { checkInvariants } from '../src/db/invariants.ts';
import { buyNow } from '../workers/buy-now.ts';
import { POST } from './harness/builders.ts';
import {
  anEnrolled,
  cartPathOf,
  chargedTo,
  letRepliesBuy,
  newestOutcome,
  ordersOf,
  purchaseOf,
  says,
  timePasses,
} from './harness/buying.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { aShopper, cartOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
await letRepliesBuy(context);

const hrefIn = (html: string, path: RegExp): string => {
  const href = [...html.matchAll(/href="([^"]+)"/g)]
    .map(([, each]) => each as string)
    .find((each) => path.test(each));
  if (!href) throw new Error(`no link to ${path} in ${html}`);
  return href;
};

test('a reply buys: told first, charged once after the time to undo, one order', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  expect(await newestOutcome(shop, post)).toMatchObject({ outcome: 'added' });
  await sendAll(context);
  const [mail] = await mailsTo(shop, sam.email);
  expect(mail?.text).toContain('60 seconds after this mail we charge your Visa •••• 4242');
  expect(mail?.text).toContain('7 Test Lane');
  await buyNow(context, { post_id: post });
  expect(await chargedTo(shop, sam.customer)).toEqual([]);
  await timePasses(shop);
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290]);
  expect(await ordersOf(shop, sam.id)).toMatchObject([
    { total: 2_290, ship_to: { address: { line1: '7 Test Lane' } }, email: sam.email },
  ]);
  expect(await newestOutcome(shop, post)).toMatchObject({
    outcome: 'bought',
    detail: { lines: [{ sku: 'MUG', quantity: 1 }] },
  });
  expect(await cartOf(context, sam.id)).toEqual({});
  await sendAll(context);
  expect((await mailsTo(shop, sam.email)).map(({ subject }) => subject)[0]).toMatch(/Order|order/);
});

test('only what the reply names is bought: what else is in the cart waits', async () => {
  const sam = await anEnrolled(shop);
  await says(shop, sam, '#AddToCart x3');
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await says(shop, sam, '#BuyNow');
  await timePasses(shop);
  expect(await ordersOf(shop, sam.id)).toMatchObject([{ subtotal: 1_800 }]);
  expect(await cartOf(context, sam.id)).toEqual({ 'shop MUG': 2, 'shop EBOOK': 1 });
});

test('undone by the link in the mail: nothing is charged, and it waits in the cart', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  await sendAll(context);
  const [mail] = await mailsTo(shop, sam.email);
  const page = await shop.visitor().open(hrefIn(mail?.html ?? '', /\/buying\//));
  expect(page.text).toContain('You can undo it until');
  await page.submit('/undo');
  expect(page.text).toContain('Nothing is charged');
  await timePasses(shop);
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['undone', []]);
  expect(await cartOf(context, sam.id)).toEqual({ 'shop MUG': 1 });
});

test.each([
  ['a reply that removes it', '#RemoveFromCart', {}],
  ['another number', '#AddToCart x2', { 'shop MUG': 2 }],
  ['removed and added again', '#RemoveFromCart', { 'shop MUG': 1 }],
])('undone by a later word: %s', async (what, text, left) => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  await says(shop, sam, text);
  if (what.endsWith('again')) await says(shop, sam, '#AddToCart');
  await timePasses(shop);
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['undone', []]);
  expect(await cartOf(context, sam.id)).toEqual(left);
});

test('undone in the last moment, at the same time as it is due: either, and never both', async () => {
  for (let round = 0; round < 5; round++) {
    const sam = await anEnrolled(shop);
    const post = await says(shop, sam);
    await sendAll(context);
    const path = await cartPathOf(shop, sam.id);
    const page = await shop.visitor().open(`${config.PUBLIC_URL}${path}/buying/${post}`);
    await Promise.all([timePasses(shop), page.submit('/undo')]);
    const charged = await chargedTo(shop, sam.customer);
    expect([await purchaseOf(shop, post), charged.length]).toEqual(
      charged.length === 1 ? ['bought', 1] : ['undone', 0],
    );
    expect(await ordersOf(shop, sam.id)).toHaveLength(charged.length);
  }
});

test('who has not agreed finds it in the cart, and an invitation in the mail', async () => {
  const email = 'newcomer@mail.example';
  const id = await aShopper(context, email);
  const post = await says(shop, { id });
  await sendAll(context);
  const [mail] = await mailsTo(shop, email);
  expect(mail?.text).toContain('You asked to buy at once');
  expect(hrefIn(mail?.html ?? '', /\/buy-now\/shop$/)).toBe(`${config.PUBLIC_URL}/buy-now/shop`);
  expect([await purchaseOf(shop, post), await cartOf(context, id)]).toEqual(['none', { 'shop MUG': 1 }]);
});

test('the bank wants to ask the owner: nothing is charged, the payment can never be made beside the new one, and the mail leads to where it is finished', async () => {
  const sam = await anEnrolled(shop, { token: 'pm_card_authenticationRequired' });
  const post = await says(shop, sam);
  await timePasses(shop);
  expect(await purchaseOf(shop, post)).toBe('declined: authentication_required');
  const { data } = await context.stripe.paymentIntents.list({ customer: sam.customer });
  expect(data.map(({ status }) => status)).toEqual(['canceled']);
  await sendAll(context);
  const [mail] = await mailsTo(shop, sam.email);
  expect(mail?.text).toContain('Your bank wants to ask you');
  const page = await shop.visitor().open(hrefIn(mail?.html ?? '', /\/c\/[\w-]{43}$/));
  await page.submit('/checkout');
  expect(page.url).toMatch(/cs_test_/);
  expect(page.html).toContain(sam.email);
});

test.each([
  ['pm_card_chargeDeclinedInsufficientFunds', 'declined: insufficient_funds'],
  ['pm_card_chargeCustomerFail', 'declined: generic_decline'],
])('%s: told once, tried once, in the cart', async (token, ends) => {
  const sam = await anEnrolled(shop, { token });
  const post = await says(shop, sam);
  await timePasses(shop);
  await timePasses(shop);
  expect(await purchaseOf(shop, post)).toBe(ends);
  expect((await context.stripe.paymentIntents.list({ customer: sam.customer })).data).toHaveLength(1);
  await sendAll(context);
  const subjects = (await mailsTo(shop, sam.email)).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.includes('Not bought yet'))).toHaveLength(1);
  expect(await cartOf(context, sam.id)).toEqual({ 'shop MUG': 1 });
});

test.each([
  ['more than an order may cost', { per_order: 2_000 }, '#BuyNow', {}, 'over_order'],
  ['the first, and large', { per_order: 4_000 }, '#BuyNow', {}, 'first_here'],
  [
    'further down in the thread',
    {},
    '#BuyNow',
    { to: '900000000000000001', conversation: POST.mug },
    'unsure',
  ],
] as const)('asked first: %s', async (_, limits, text, more, doubt) => {
  const sam = await anEnrolled(shop, limits);
  const post = await says(shop, sam, text, more);
  await timePasses(shop);
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual([
    `confirming: ${doubt}`,
    [],
  ]);
  const [mail] = await mailsTo(shop, sam.email);
  const address = hrefIn(mail?.html ?? '', /\/buying\//);
  const stranger = await shop.visitor().open(address);
  expect(stranger.html).not.toContain('/confirm');
  await sam.visitor.open(address);
  await sam.visitor.submit('/confirm');
  expect(sam.visitor.text).toContain('It is yours');
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['bought', [2_290]]);
});

test('nobody confirms by a forged form what only its shopper may', async () => {
  const [sam, eve] = [await anEnrolled(shop, { per_order: 2_000 }), await anEnrolled(shop)];
  const post = await says(shop, sam);
  const path = await cartPathOf(shop, sam.id);
  await eve.visitor.open(`${config.PUBLIC_URL}${path}/buying/${post}/confirm`, {
    method: 'POST',
    headers: { origin: config.PUBLIC_URL },
  });
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual([
    'confirming: over_order',
    [],
  ]);
});

test('after all that the books are right', async () => {
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
});
