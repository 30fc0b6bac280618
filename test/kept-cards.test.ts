import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { compareWithStripe } from '../src/actions/compare-with-stripe.ts';
import { eraseShopper } from '../src/actions/erase-shopper.ts';
import { exportShopper } from '../src/actions/export-shopper.ts';
import { unlinkShopper } from '../src/actions/unlink-shopper.ts';
import { addressOf } from '../src/db/addresses.ts';
import { openDifferences } from '../src/db/comparison.ts';
import { customersToTidy } from '../src/db/customers.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { storeEvent } from '../src/db/stripe-events.ts';
import { objectOf } from '../src/stripe/events.ts';
import { chargeCard } from '../workers/charge-card.ts';
import { keepCustomer } from '../workers/keep-customer.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { POST } from './harness/builders.ts';
import {
  aKeeper,
  anEnrolled,
  cartPathOf,
  chargedTo,
  HOME,
  type Keeper,
  letRepliesBuy,
  ordersOf,
  purchaseOf,
  says,
  timePasses,
} from './harness/buying.ts';
import { aPaidOrder } from './harness/paying.ts';
import { aShop } from './harness/shop.ts';
import { anAccount, signIn } from './harness/sign-in.ts';
import type { Visitor } from './harness/visitor.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
await letRepliesBuy(context);

const atHome = {
  ...{ name: 'Sam Shopper', line1: '7 Test Lane', line2: '', city: 'Portland' },
  ...{ state: 'OR', postal_code: '97202', country: 'US' },
};

/** Opens their cart in their own browser, where they are signed in. */
const openCart = async (keeper: Pick<Keeper, 'id' | 'visitor'>) =>
  keeper.visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, keeper.id)}`);

const compare = () => compareWithStripe(context, { upToNow: true });

/** What Stripe tells of an object reaches us, as its webhook does. */
async function told(type: string, object_id: string): Promise<void> {
  const { data } = await context.stripe.events.list({ type, limit: 100 });
  const event = data.find((each) => objectOf(each) === object_id) as Stripe.Event;
  const { id } = event;
  await storeEvent(db, { id, type, object_id, livemode: false, account: null }, JSON.stringify(event));
  await db.updateTable('stripe_events').set({ processed_at: null }).where('id', '=', id).execute();
  await readStripeEvent(context, { event_id: id });
}

test('card and address once: the first payment keeps them, the next is one press', async () => {
  const account = await anAccount(shop);
  const sam = { ...account, visitor: await signIn(shop, account) };
  await says(shop, sam, '#AddToCart');
  const byLink = await shop.visitor().open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}`);
  expect(byLink.text).toContain('Sign in with X to pay with a card that you keep here, or to keep one');
  await openCart(sam);
  expect(sam.visitor.text).not.toMatch(/•••• 4242|to keep one/);
  await sam.visitor.submit('/checkout');
  const session_id = /cs_test_\w+/.exec(sam.visitor.url)?.[0] as string;
  expect(sam.visitor.html).toContain(account.email);
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {
    save: true,
    name: HOME.name,
    address: HOME.address,
  });
  await recordPayment(context, { session_id });
  await says(shop, sam, '#AddToCart', { to: POST.tee, text: '#AddToCart red M' });
  await openCart(sam);
  expect(sam.visitor.text).toContain('with Visa •••• 4242');
  expect(sam.visitor.text).toContain('7 Test Lane, 97202 Portland OR, US');
  await sam.visitor.submit('/pay-card');
  expect(sam.visitor.text).toContain('Thank you, it is yours');
  const orders = await ordersOf(shop, sam.id);
  expect(orders.map(({ total, ship_to }) => [total, ship_to?.address.line1])).toEqual([
    [2_290, '7 Test Lane'],
    [2_890, '7 Test Lane'],
  ]);
});

test('an address that was removed stays away: whatever comes twice, and whatever card is kept after', async () => {
  const account = await anAccount(shop);
  const sam = { ...account, visitor: await signIn(shop, account) };
  await says(shop, sam, '#AddToCart');
  await (await openCart(sam)).submit('/checkout');
  const session_id = /cs_test_\w+/.exec(sam.visitor.url)?.[0] as string;
  const where = { name: HOME.name, address: HOME.address };
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, { save: true, ...where });
  await recordPayment(context, { session_id });
  await sam.visitor.open(`${config.PUBLIC_URL}/me/address`);
  expect(sam.visitor.html).toContain('7 Test Lane');
  await sam.visitor.submit('/me/address/remove');
  await recordPayment(context, { session_id });
  await sam.visitor.open(`${config.PUBLIC_URL}/buy-now/shop`);
  await sam.visitor.submit('/buy-now/shop/card');
  const setup = /cs_test_\w+/.exec(sam.visitor.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${setup}/pay`, {});
  await told('checkout.session.completed', setup);
  expect(await addressOf(db, sam.id)).toBeNull();
});

test('who does not ask for it keeps no card', async () => {
  const account = await anAccount(shop);
  const sam = { ...account, visitor: await signIn(shop, account) };
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await (await openCart(sam)).submit('/checkout');
  const session_id = /cs_test_\w+/.exec(sam.visitor.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
  await recordPayment(context, { session_id });
  expect((await sam.visitor.open(`${config.PUBLIC_URL}/me`)).text).toContain('You keep no card here');
});

test('a payment on Stripe’s page is not asked about once more when Stripe tells of it by itself', async () => {
  const { payment_id, id } = await aPaidOrder(shop);
  const fault = { kind: '500', path: `/v1/payment_intents/${payment_id}`, times: 10 };
  await shop.control(shop.stripe, '/faults', fault);
  await told('payment_intent.succeeded', payment_id);
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
  expect(await db.selectFrom('orders').select('id').where('payment_id', '=', payment_id).execute()).toEqual([
    { id },
  ]);
});

test('a forwarded link names no card and charges none', async () => {
  const sam = await aKeeper(shop);
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  const path = await cartPathOf(shop, sam.id);
  const stranger = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  expect(stranger.text).not.toContain('4242');
  const other = await aKeeper(shop);
  for (const { visitor } of [{ visitor: stranger }, other]) {
    await visitor.open(`${config.PUBLIC_URL}${path}/pay-card`, {
      method: 'POST',
      body: new URLSearchParams({ total: '900', card: sam.card }),
      headers: { origin: config.PUBLIC_URL },
    });
  }
  expect(await chargedTo(shop, sam.customer)).toEqual([]);
});

test('Stripe’s page offers kept cards to their owner, signed in, and to nobody who has the link', async () => {
  const account = await anAccount(shop);
  const sam = { ...account, visitor: await signIn(shop, account) };
  const goesToPay = async (visitor: Visitor): Promise<string> => {
    await visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}`);
    return /cs_test_\w+/.exec((await visitor.submit('/checkout')).url)?.[0] as string;
  };
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  const first = await goesToPay(sam.visitor);
  await shop.control(shop.stripe, `/sessions/${first}/pay`, { save: true });
  await recordPayment(context, { session_id: first });
  await says(shop, sam, '#AddToCart', { to: POST.tee, text: '#AddToCart red M' });
  const own = await goesToPay(sam.visitor);
  expect(sam.visitor.text).toContain('Saved: Visa ending in 4242');
  const stranger = shop.visitor();
  expect(await goesToPay(stranger)).not.toBe(own);
  expect(stranger.text).not.toContain('Saved');
  expect(await goesToPay((await aKeeper(shop)).visitor)).not.toBe(own);
  // Their own page was closed when another one was opened.
  expect(await goesToPay(sam.visitor)).not.toBe(own);
  expect(sam.visitor.text).toContain('Saved: Visa ending in 4242');
});

test('another’s card, an old total, no address: nothing is charged', async () => {
  const [sam, kim] = [await aKeeper(shop), await aKeeper(shop)];
  await says(shop, sam, '#AddToCart');
  await openCart(sam);
  expect(sam.visitor.text).toContain('tell us where it goes');
  const path = new URL(sam.visitor.url).pathname;
  const pay = (total: string, card: string) =>
    sam.visitor.open(`${config.PUBLIC_URL}${path}/pay-card`, {
      method: 'POST',
      body: new URLSearchParams({ total, card }),
      headers: { origin: config.PUBLIC_URL },
    });
  await pay('2290', sam.card);
  await sam.visitor.open(`${config.PUBLIC_URL}/me/address`);
  await sam.visitor.submit('/me/address', atHome);
  await pay('2290', kim.card);
  await pay('1', sam.card);
  expect([await chargedTo(shop, sam.customer), await chargedTo(shop, kim.customer)]).toEqual([[], []]);
  await (await openCart(sam)).submit('/pay-card');
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290]);
});

test('pressed twice, in two tabs, and on Stripe’s page as well: paid once', async () => {
  const sam = await aKeeper(shop);
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  const path = await cartPathOf(shop, sam.id);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  await page.submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  await openCart(sam);
  await Promise.all([sam.visitor.submit('/pay-card'), sam.visitor.submit('/pay-card')]);
  await expect(shop.control(shop.stripe, `/sessions/${session_id}/pay`, {})).rejects.toThrow('409');
  expect(await chargedTo(shop, sam.customer)).toEqual([900]);
  expect(await ordersOf(shop, sam.id)).toHaveLength(1);
});

test('the bank wants to ask: Stripe’s page does it, and the first attempt can take nothing any more', async () => {
  const sam = await aKeeper(shop, 'pm_card_authenticationRequired');
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await (await openCart(sam)).submit('/pay-card');
  expect(sam.visitor.url).toMatch(/cs_test_/);
  const { data } = await context.stripe.paymentIntents.list({ customer: sam.customer });
  expect(data.map(({ status }) => status)).toEqual(['canceled']);
});

test('the card is declined: said, and another way is offered', async () => {
  const sam = await aKeeper(shop, 'pm_card_chargeCustomerFail');
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await (await openCart(sam)).submit('/pay-card');
  expect(sam.visitor.text).toContain('did not work, and nothing was charged');
  await sam.visitor.submit('/checkout');
  expect(sam.visitor.url).toMatch(/cs_test_/);
});

test('Stripe does not answer: the page says that it is being confirmed, and it is found out', async () => {
  const sam = await aKeeper(shop);
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await openCart(sam);
  const fault = { kind: 'reset_after', path: '/v1/payment_intents', method: 'POST', times: 10 };
  await shop.control(shop.stripe, '/faults', fault);
  await sam.visitor.submit('/pay-card');
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
  expect(await ordersOf(shop, sam.id)).toEqual([]);
  expect(await chargedTo(shop, sam.customer)).toEqual([900]);
  const paying = await (await shop.visitor().open(sam.visitor.url)).text;
  expect(paying).not.toContain('Pay $');
  const [intent] = (await context.stripe.paymentIntents.list({ customer: sam.customer })).data;
  await Promise.all([1, 2, 3].map(() => told('payment_intent.succeeded', intent?.id as string)));
  expect(await ordersOf(shop, sam.id)).toHaveLength(1);
  expect(await chargedTo(shop, sam.customer)).toEqual([900]);
});

/** They press the button that charges their card, while Stripe's requests that make payments go wrong like this. */
async function pressWhile(sam: Keeper, kind: string, times: number): Promise<void> {
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await openCart(sam);
  await shop.control(shop.stripe, '/faults', { kind, path: '/v1/payment_intents', method: 'POST', times });
  await sam.visitor.submit('/pay-card');
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
}

const chargeOf = (sam: Keeper) =>
  db.selectFrom('checkouts').selectAll().where('payer', '=', sam.customer).executeTakeFirstOrThrow();

const minutesPass = (sam: Keeper, minutes: number) =>
  db
    .updateTable('checkouts')
    .set({ created_at: new Date(Date.now() - minutes * 60_000) })
    .where('payer', '=', sam.customer)
    .execute();

test('Stripe fails, and says so for a day: minutes later the payment is over, and the next press charges once', async () => {
  const sam = await aKeeper(shop);
  await pressWhile(sam, 'stored_500', 1);
  const { id: checkout_id } = await chargeOf(sam);
  expect(sam.visitor.text).toContain('being confirmed');
  await expect(chargeCard(context, { checkout_id })).rejects.toThrow();
  await minutesPass(sam, 11);
  await chargeCard(context, { checkout_id });
  expect([(await chargeOf(sam)).status, await chargedTo(shop, sam.customer)]).toEqual(['expired', []]);
  await (await openCart(sam)).submit('/pay-card');
  expect(sam.visitor.text).toContain('Thank you, it is yours');
  expect(await chargedTo(shop, sam.customer)).toEqual([900]);
  // The failed one has worked after all, hours later: what was taken twice goes back.
  const { id: late } = await context.stripe.paymentIntents.create({
    ...{ amount: 900, currency: 'usd', customer: sam.customer, payment_method: sam.card },
    ...{ confirm: true, off_session: true, metadata: { checkout_id } },
  });
  await told('payment_intent.succeeded', late);
  const owed = await db.selectFrom('refunds').select(['payment_id', 'amount', 'reason']).execute();
  expect(owed).toEqual([{ payment_id: late, amount: 900, reason: 'cart_already_paid' }]);
  expect(await ordersOf(shop, sam.id)).toHaveLength(1);
});

test('Stripe fails after it has charged, and says so for a day: its list tells, and it is an order at once', async () => {
  const sam = await aKeeper(shop);
  await pressWhile(sam, 'stored_500_after', 1);
  expect(sam.visitor.text).toContain('Thank you, it is yours');
  expect(await chargedTo(shop, sam.customer)).toEqual([900]);
});

test('Stripe’s answer and its news are lost: the comparison with its lists makes the order', async () => {
  const sam = await aKeeper(shop);
  await pressWhile(sam, 'reset_after', 10);
  expect(await ordersOf(shop, sam.id)).toEqual([]);
  const [first, second] = [await compare(), await compare()];
  expect([first.differences, second.differences]).toEqual([0, 0]);
  expect(first.late).toBeGreaterThan(second.late);
  expect(await ordersOf(shop, sam.id)).toMatchObject([{ total: 900 }]);
  expect(await chargedTo(shop, sam.customer)).toEqual([900]);
});

test('a payment with a kept card that differs from Stripe’s is found', async () => {
  const sam = await aKeeper(shop);
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await (await openCart(sam)).submit('/pay-card');
  const { id, intent_id } = await chargeOf(sam);
  const amount = (total: number) =>
    db.updateTable('payments').set({ amount: total }).where('checkout_id', '=', id).execute();
  await amount(901);
  expect(await compare()).toMatchObject({ differences: 1 });
  expect((await openDifferences(db)).filter(({ late }) => !late)).toMatchObject([
    { about: intent_id, ours: '9.01 USD, ordered', theirs: '9.00 USD, succeeded' },
  ]);
  await amount(900);
  expect(await compare()).toMatchObject({ differences: 0 });
});

test('Stripe fails to make a customer, and says so for a day: the shopper can pay all the same', async () => {
  const account = await anAccount(shop);
  const sam = { ...account, visitor: await signIn(shop, account) };
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await shop.control(shop.stripe, '/faults', { kind: 'stored_500', path: '/v1/customers', times: 2 });
  await (await openCart(sam)).submit('/checkout');
  expect(sam.visitor.url).toMatch(/cs_test_/);
});

test('enrolled on our page: a card at Stripe, address, limits and consent, kept with version, language and time', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  await visitor.open(`${config.PUBLIC_URL}/buy-now`);
  expect(visitor.text).toContain('Buy with #BuyNow at Acme Stoneware');
  await visitor.open(`${config.PUBLIC_URL}/buy-now/shop`);
  expect(visitor.text).toContain('First keep a card');
  await visitor.open(`${config.PUBLIC_URL}/buy-now/shop?kept=1`);
  const known = db.selectFrom('customers').select('id').where('shopper_id', '=', account.id);
  expect([visitor.text.includes('on its way'), await known.execute()]).toEqual([false, []]);
  await visitor.open(`${config.PUBLIC_URL}/buy-now/shop`);
  await visitor.submit('/buy-now/shop/card');
  const session_id = /cs_test_\w+/.exec(visitor.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
  await visitor.open(`${config.PUBLIC_URL}/buy-now/shop?kept=1`);
  expect([visitor.text.includes('on its way'), visitor.refresh]).toEqual([
    true,
    '2; url=/buy-now/shop?kept=2',
  ]);
  await visitor.open(`${config.PUBLIC_URL}/buy-now/shop?kept=16`);
  expect([visitor.text.includes('on its way'), visitor.refresh]).toEqual([false, null]);
  await told('checkout.session.completed', session_id);
  await visitor.open(`${config.PUBLIC_URL}/buy-now/shop?kept=1`);
  expect(visitor.text).toContain('Visa •••• 4242, valid until 12/2034');
  for (const part of ['without asking you again', 'Never without a reply', 'How much', 'How to stop'])
    expect(visitor.text).toContain(part);
  const card = /value="(pm_\w+)"/.exec(visitor.html)?.[1] as string;
  const form = { ...atHome, card, per_order: '50.00', per_day: '20', agree: 'yes' };
  await visitor.submit('/buy-now/shop', form);
  expect([visitor.status, visitor.text]).toEqual([422, expect.stringContaining('must not be smaller')]);
  for (const wrong of [{ per_day: '99999999' }, { per_day: '120', country: 'FR' }]) {
    await visitor.submit('/buy-now/shop', { ...form, ...wrong });
    expect(visitor.status).toBe(422);
  }
  await visitor.submit('/buy-now/shop', { ...form, per_day: '1,120' });
  expect(visitor.text).toContain('Acme Stoneware: up to $50.00 an order and $1,120.00 a day');
  const grant = await db
    .selectFrom('grants')
    .selectAll()
    .where('shopper_id', '=', account.id)
    .executeTakeFirstOrThrow();
  expect(grant).toMatchObject({
    card_id: card,
    per_order: 5_000,
    per_day: 112_000,
    text_version: 'buy-now-2026-11',
    locale: 'en',
  });
  const post = await says(shop, account);
  expect(await purchaseOf(shop, post)).toBe('waiting');
});

test('nobody enrols another’s card', async () => {
  const [sam, eve] = [await aKeeper(shop), await aKeeper(shop)];
  await eve.visitor.open(`${config.PUBLIC_URL}/buy-now/shop`);
  const form = { ...atHome, card: sam.card, per_order: '50', per_day: '50', agree: 'yes' };
  await eve.visitor.submit('/buy-now/shop', form);
  expect(eve.visitor.status).toBe(422);
  expect(await purchaseOf(shop, await says(shop, eve))).toBe('none');
});

test('a card is removed on /me: at Stripe too, and no reply buys with it', async () => {
  const sam = await anEnrolled(shop);
  const before = await says(shop, sam, '#BuyNow', { to: POST.ebook });
  await sam.visitor.open(`${config.PUBLIC_URL}/me`);
  await sam.visitor.submit('/me/cards/remove');
  expect(sam.visitor.text).toContain('You keep no card here');
  for (const customer_id of await customersOf(sam)) await keepCustomer(context, { customer_id });
  expect((await context.stripe.paymentMethods.retrieve(sam.card)).customer).toBeNull();
  await timePasses(shop);
  expect([await purchaseOf(shop, before), await purchaseOf(shop, await says(shop, sam))]).toEqual([
    'lapsed',
    'none',
  ]);
  expect(await chargedTo(shop, sam.customer)).toEqual([]);
});

test('what Stripe tells of cards is obeyed: taken away, renewed, replaced by another brand', async () => {
  const [gone, renewed, other] = [await anEnrolled(shop), await anEnrolled(shop), await anEnrolled(shop)];
  await context.stripe.paymentMethods.detach(gone.card);
  await told('payment_method.detached', gone.card);
  await shop.control(shop.stripe, `/payment_methods/${renewed.card}`, { last4: '1881', exp_year: 2040 });
  await told('payment_method.automatically_updated', renewed.card);
  await shop.control(shop.stripe, `/payment_methods/${other.card}`, { brand: 'mastercard', last4: '4444' });
  await told('payment_method.automatically_updated', other.card);
  const posts = [await says(shop, gone), await says(shop, renewed), await says(shop, other)];
  expect(await Promise.all(posts.map((post) => purchaseOf(shop, post)))).toEqual(['none', 'waiting', 'none']);
  expect((await other.visitor.open(`${config.PUBLIC_URL}/me`)).text).toContain('Mastercard •••• 4444');
  const ends = await db
    .selectFrom('grants')
    .select(['shopper_id', 'ended_why'])
    .where('ended_at', 'is not', null)
    .execute();
  expect(ends).toEqual(
    expect.arrayContaining([
      { shopper_id: gone.id, ended_why: 'card_gone' },
      { shopper_id: other.id, ended_why: 'card_changed' },
    ]),
  );
});

test('whom somebody deleted at Stripe is made a customer again by the next payment, and the old card is gone', async () => {
  const sam = await aKeeper(shop);
  await context.stripe.customers.del(sam.customer);
  await says(shop, sam, '#AddToCart', { to: POST.ebook });
  await (await openCart(sam)).submit('/checkout');
  expect(sam.visitor.url).toMatch(/cs_test_/);
  expect((await sam.visitor.open(`${config.PUBLIC_URL}/me`)).text).toContain('You keep no card here');
});

test.each(['erased', 'unlinked'])(
  '%s: what is about to be bought is not, and Stripe forgets customer and card',
  async (how) => {
    const sam = await anEnrolled(shop);
    await says(shop, sam);
    const held = (await exportShopper(context, sam.id))?.held;
    for (const table of ['customers', 'cards', 'addresses', 'grants', 'purchases'])
      expect(held?.[table]).toHaveLength(1);
    await (how === 'erased' ? eraseShopper(context, sam.id) : unlinkShopper(context, sam.id));
    await timePasses(shop);
    await db
      .updateTable('customers')
      .set({ leaving_at: new Date(0) })
      .where('leaving_at', 'is not', null)
      .execute();
    for (const customer_id of await customersToTidy(db, 100)) await keepCustomer(context, { customer_id });
    await expect(context.stripe.customers.retrieve(sam.customer)).rejects.toThrow('No such customer');
    expect((await context.stripe.paymentMethods.retrieve(sam.card)).customer).toBeNull();
    const left = (await exportShopper(context, sam.id))?.held;
    for (const table of ['customers', 'cards', 'addresses', 'grants', 'purchases'])
      expect(left?.[table]).toEqual([]);
  },
);

test('erased while the card is charged: one order without a name, and then Stripe forgets', async () => {
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  const fault = { kind: 'reset_after', path: '/v1/payment_intents', method: 'POST', times: 10 };
  await shop.control(shop.stripe, '/faults', fault);
  await expect(timePasses(shop)).rejects.toThrow();
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
  await eraseShopper(context, sam.id);
  const tidy = async () => {
    await db
      .updateTable('customers')
      .set({ leaving_at: new Date(0) })
      .where('leaving_at', 'is not', null)
      .execute();
    for (const customer_id of await customersToTidy(db, 100)) await keepCustomer(context, { customer_id });
  };
  await tidy();
  expect(await context.stripe.customers.retrieve(sam.customer)).not.toHaveProperty('deleted');
  const { id: checkout_id } = await db
    .selectFrom('checkouts')
    .select('id')
    .where('payer', '=', sam.customer)
    .executeTakeFirstOrThrow();
  await chargeCard(context, { checkout_id });
  const orders = await db.selectFrom('orders').selectAll().where('checkout_id', '=', checkout_id).execute();
  expect(orders).toMatchObject([{ total: 2_290, email: null }]);
  expect(Number(orders[0]?.shopper_id)).toBeLessThan(0);
  expect(await chargedTo(shop, sam.customer)).toEqual([2_290]);
  await tidy();
  await expect(context.stripe.customers.retrieve(sam.customer)).rejects.toThrow('No such customer');
  expect(await purchaseOf(shop, post)).toBe('bought');
});

test('after all that the books are right', async () => {
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
});

const customersOf = async ({ id }: Keeper): Promise<string[]> =>
  (await db.selectFrom('customers').select('id').where('shopper_id', '=', id).execute()).map((row) => row.id);
