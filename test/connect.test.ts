import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import Stripe from 'stripe';
import { checkPayee } from '../src/actions/check-payee.ts';
import { connectMerchant } from '../src/actions/connect-merchant.ts';
import { examine } from '../src/actions/examine.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { dueMails } from '../src/db/mails.ts';
import { findPayee, payeesToCheck, setFee } from '../src/db/payees.ts';
import { sellerOf } from '../src/domain/payee.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aCart } from './harness/carts.ts';
import { pays } from './harness/paying.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, app } = shop;
const { db, config, stripe } = context;
/** Whose client does not try again by itself: an answer that is lost is lost at once. */
const impatient = { ...context, stripe: openImpatient() };

function openImpatient(): Stripe {
  const { hostname, port } = new URL(shop.stripe);
  const options = { host: hostname, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 } as const;
  return new Stripe(config.STRIPE_SECRET_KEY, options);
}

/** Stripe makes an account, and its answer is lost. The library tries once more where a connection was reset. */
async function losesAnAccount(merchant_id: string): Promise<void> {
  await shop.control(shop.stripe, '/faults', {
    ...{ kind: 'reset_after', path: '/v1/accounts', method: 'POST', times: 2 },
  });
  await expect(connectMerchant(impatient, merchant_id)).rejects.toThrow();
  await fetch(`${shop.stripe}/control/faults`, { method: 'DELETE' });
}

const sellerNow = async () => sellerOf(await findPayee(db, 'shop')).kind;
const accounts = async () =>
  (await shop.control<{ data: Array<{ id: string; gone: boolean }> }>(shop.stripe, '/accounts')).data;
const orderOf = (cart_id: string) =>
  db.selectFrom('orders').selectAll().where('cart_id', '=', cart_id).executeTakeFirstOrThrow();

const doctorOnMerchants = async () =>
  (await examine({ ...context, config: { ...config, sandbox: false } })).find(({ name }) =>
    name.includes('merchants’ accounts'),
  );

/** What Stripe's endpoint for connected accounts sends. */
async function anEvent(id: string, type: string, account: string): Promise<number> {
  const object = { id: type === 'account.updated' ? account : 'ca_1', object: 'account' };
  const payload = JSON.stringify({ id, object: 'event', type, account, livemode: false, data: { object } });
  const secret = config.STRIPE_CONNECT_WEBHOOK_SECRET;
  const { status } = await app.request(`${config.PUBLIC_URL}/webhooks/stripe/connect`, {
    method: 'POST',
    body: payload,
    headers: {
      'stripe-signature': new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret }),
    },
  });
  await readStripeEvent(context, { event_id: id });
  return status;
}

test('without an account of their own a merchant sells on the platform’s, without a fee', async () => {
  const held = await aCart(shop);
  await pays(shop, held);
  expect(await orderOf(held.cart_id)).toMatchObject({ fee: 0, destination: null, total: 2290, tax: 0 });
});

test('an account is made once, whatever happens to Stripe’s answer', async () => {
  await expect(connectMerchant(context, 'nobody')).rejects.toThrow('there is no merchant nobody');
  await losesAnAccount('shop');
  expect(await sellerNow()).toBe('platform');
  const [first, second] = await Promise.all([
    connectMerchant(context, 'shop'),
    connectMerchant(context, 'shop'),
  ]);
  expect(await accounts()).toHaveLength(1);
  expect(first.payee.account_id).toBe(second.payee.account_id);
  expect(first.url).not.toBe(second.url);
  expect(await sellerNow()).toBe('nobody');
});

test('an answer that was lost days ago is found in Stripe’s list', async () => {
  const twoDays = 48 * 3_600_000;
  await losesAnAccount('rival');
  const made = await accounts();
  const later = { ...context, now: () => new Date(Date.now() + twoDays) };
  const { payee } = await connectMerchant(later, 'rival');
  expect(payee.account_id).toBe(made.at(-1)?.id);
  expect(await accounts()).toHaveLength(made.length);
});

test.each(['stored_500', 'stored_500_after'])(
  'Stripe fails at an account, %s, and says so for a day: there is one all the same, and one',
  async (kind) => {
    await sql`
      insert into merchants select (jsonb_populate_record(m, ${JSON.stringify({ id: kind })})).*
      from merchants m where id = 'rival'`.execute(db);
    const before = await accounts();
    await shop.control(shop.stripe, '/faults', { kind, path: '/v1/accounts', method: 'POST', times: 1 });
    const { payee } = await connectMerchant(context, kind);
    expect((await accounts()).slice(before.length).map(({ id }) => id)).toEqual([payee.account_id]);
    await db.deleteFrom('payees').where('merchant_id', '=', kind).execute();
    await db.deleteFrom('merchants').where('id', '=', kind).execute();
  },
);

test('until Stripe takes payments, nothing is sold: replies fill the cart, and mail and page say that it waits', async () => {
  const held = await aCart(shop, [{}], 'later@mail.example');
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  expect(page.text).toContain('cannot take payments at the moment');
  expect(page.html).not.toContain('/checkout"');
  await page.open(`${config.PUBLIC_URL}${held.path}/checkout`, {
    method: 'POST',
    body: new URLSearchParams({ total: '2290' }),
    headers: { origin: config.PUBLIC_URL },
  });
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('you can pay later')]);
  expect(await db.selectFrom('checkouts').select('id').where('cart_id', '=', held.cart_id).execute()).toEqual(
    [],
  );
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  const mail = (await shop.mails()).find(({ to }) => to.includes('later@mail.example'));
  expect(mail?.text).toContain('you can pay later, with the same link');
  expect(mail?.text).not.toContain('See the cart and pay');
});

test('the merchant’s page leads to Stripe’s questions and says how far they are; a link works once', async () => {
  const { url, page, payee } = await connectMerchant(context, 'shop');
  const merchant = shop.visitor();
  await merchant.open(page);
  expect(merchant.text).toContain('Stripe still wants to know something');
  await merchant.submit(new URL(page).pathname);
  await merchant.submit('', { result: 'unfinished' });
  expect([merchant.url, await sellerNow()]).toEqual([page, 'nobody']);
  await merchant.open(url);
  await merchant.submit('', { result: 'checking' });
  expect(merchant.text).toContain('Stripe is checking it');
  await merchant.open(url);
  expect(merchant.url).toBe(page); // it was used: Stripe leads back, and our page makes another
  await merchant.submit(new URL(page).pathname);
  await merchant.submit('', { result: 'complete' });
  expect(merchant.text).toContain('The account is ready');
  expect(merchant.text).toContain('We keep 5%');
  expect(await sellerNow()).toBe('merchant');
  for (const wrong of [page.replace('/shop/', '/rival/'), `${page}x`, page.replace(/\/\d+\//, '/1/')]) {
    await merchant.open(wrong);
    expect([merchant.status, merchant.text]).toEqual([404, expect.stringContaining('This link has ended')]);
  }
  expect(payee.country).toBeNull();
});

test('a sale is charged in the merchant’s name, and paid to their account less our part; refunds take both back', async () => {
  await setFee(db, 'shop', 750);
  const held = await aCart(shop, [{ text: '#AddToCart x3' }]);
  await pays(shop, held);
  const { account_id } = (await findPayee(db, 'shop')) ?? {};
  const order = await orderOf(held.cart_id);
  // 7.5 % of 54.00, without the shipping.
  expect(order).toMatchObject({ fee: 405, destination: account_id, subtotal: 5400, total: 5890 });
  const atStripe = async () => {
    const { latest_charge } = await stripe.paymentIntents.retrieve(order.payment_id, {
      expand: ['latest_charge.transfer', 'latest_charge.application_fee'],
    });
    return latest_charge as Stripe.Charge & {
      transfer: Stripe.Transfer;
      application_fee: Stripe.ApplicationFee;
    };
  };
  expect(await atStripe()).toMatchObject({
    on_behalf_of: account_id,
    transfer: { destination: account_id, amount: 5890, amount_reversed: 0 },
    application_fee: { account: account_id, amount: 405, amount_refunded: 0 },
  });
  const by = { restock: false, by: 'kim@shop.example' };
  await giveRefund(context, await refundOrder(context, order.id, { ...by, amount: 589 }));
  expect(await atStripe()).toMatchObject({
    transfer: { amount_reversed: 589 },
    application_fee: { amount_refunded: 40 },
  });
  await giveRefund(context, await refundOrder(context, order.id, by));
  expect(await atStripe()).toMatchObject({
    transfer: { amount_reversed: 5890, reversed: true },
    application_fee: { amount_refunded: 405, refunded: true },
  });
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
});

test('without a part of ours there is no fee to give back', async () => {
  await setFee(db, 'shop', 0);
  const held = await aCart(shop);
  await pays(shop, held);
  const order = await orderOf(held.cart_id);
  expect(order).toMatchObject({ fee: 0, destination: expect.stringMatching(/^acct_/) });
  const refund = await refundOrder(context, order.id, { restock: false, by: 'kim@shop.example' });
  await giveRefund(context, refund);
  expect(await orderOf(held.cart_id)).toMatchObject({ status: 'refunded' });
});

test('a page that was opened for another percentage is closed before another opens', async () => {
  const held = await aCart(shop);
  const open = async (): Promise<string | undefined> => {
    const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
    return /cs_test_\w+/.exec((await page.submit('/checkout')).url)?.[0];
  };
  const old = await open();
  await setFee(db, 'shop', 1000);
  const next = await open();
  expect(next).not.toBe(old);
  expect((await stripe.checkout.sessions.retrieve(old as string)).status).toBe('expired');
});

test('what Stripe tells of an account is obeyed: the account is read anew, late and repeated news change nothing', async () => {
  const account = (await findPayee(db, 'shop'))?.account_id as string;
  await shop.control(shop.stripe, `/accounts/${account}`, { charges_enabled: false });
  expect(await anEvent('evt_acct_1', 'account.updated', account)).toBe(200);
  expect(await sellerNow()).toBe('nobody');
  await shop.control(shop.stripe, `/accounts/${account}`, { charges_enabled: true });
  await anEvent('evt_acct_2', 'account.updated', account);
  await anEvent('evt_acct_1', 'account.updated', account);
  expect(await sellerNow()).toBe('merchant');
  expect(await anEvent('evt_acct_3', 'account.updated', 'acct_of_somebody_else')).toBe(200);
  // What was asked before is no news.
  await shop.control(shop.stripe, `/accounts/${account}`, { charges_enabled: false });
  await checkPayee({ ...context, now: () => new Date(Date.now() - 60_000) }, 'shop');
  expect(await sellerNow()).toBe('merchant');
  // Its event was lost: after an hour Stripe is asked.
  await db
    .updateTable('payees')
    .set({ checked_at: new Date(Date.now() - 3_700_000) })
    .execute();
  expect(await payeesToCheck(db, 10)).toContain('shop');
  await checkPayee(context, 'shop');
  expect(await sellerNow()).toBe('nobody');
  await shop.control(shop.stripe, `/accounts/${account}`, { charges_enabled: true });
  await checkPayee(context, 'shop');
});

test('a merchant whose account stops is told so once, with the way to mend it; whose payments are taken again is not', async () => {
  const account = (await findPayee(db, 'shop'))?.account_id as string;
  const takes = async (charges_enabled: boolean): Promise<void> => {
    await shop.control(shop.stripe, `/accounts/${account}`, { charges_enabled });
    await Promise.all([1, 2, 3].map(() => checkPayee(context, 'shop')));
  };
  const told = async () =>
    (await shop.mails()).filter(({ subject }) => subject.includes('Nobody can pay you at the moment'));
  const send = async () => sendMails(context, { mail_ids: await dueMails(db, 100) });
  await send();
  const before = (await told()).length;
  await takes(false);
  await send();
  const [mail, ...others] = (await told()).slice(0, (await told()).length - before);
  expect([mail?.to, others]).toEqual([['help@shop.example'], []]);
  const [page = ''] = /http:\S+\/m\/shop\/account\/\S+/.exec(mail?.text ?? '') ?? [];
  expect((await shop.visitor().open(page)).html).toContain('Go on at Stripe');
  expect(await doctorOnMerchants()).toMatchObject({
    state: 'warn',
    message: expect.stringMatching(/shop \(stopped on 20/),
  });
  // Of two changes before a mail leaves, the last one counts.
  await takes(true);
  await takes(false);
  await takes(true);
  await send();
  expect(await told()).toHaveLength(before + 1);
  expect((await doctorOnMerchants())?.message).not.toContain('shop (');
});

test('Stripe refuses an account of which no news has come yet: the page says that it can be paid later', async () => {
  const account = (await findPayee(db, 'shop'))?.account_id as string;
  const held = await aCart(shop);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`);
  await shop.control(shop.stripe, `/accounts/${account}`, { progress: 'checking' });
  await page.submit('/checkout');
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('you can pay later')]);
  await shop.control(shop.stripe, `/accounts/${account}`, { progress: 'complete' });
  await checkPayee(context, 'shop');
  await pays(shop, held);
});

test('the doctor says for whom nothing is sold, and how news of accounts come', async () => {
  expect(await doctorOnMerchants()).toMatchObject({
    state: 'warn',
    message: expect.stringContaining('rival'),
  });
  await db.deleteFrom('payees').where('merchant_id', '=', 'rival').execute();
  expect(await doctorOnMerchants()).toMatchObject({
    state: 'warn',
    message: expect.stringContaining(`${config.PUBLIC_URL}/webhooks/stripe/connect`),
  });
  await stripe.webhookEndpoints.create({
    url: `${config.PUBLIC_URL}/webhooks/stripe/connect`,
    connect: true,
    enabled_events: ['account.updated', 'account.application.deauthorized'],
  });
  expect(await doctorOnMerchants()).toMatchObject({ state: 'ok' });
});

test('an event for the one endpoint is none for the other', async () => {
  const payload = JSON.stringify({
    id: 'evt_x',
    object: 'event',
    type: 'account.updated',
    data: { object: {} },
  });
  const header = new Stripe('sk_test_x').webhooks.generateTestHeaderString({
    payload,
    secret: config.STRIPE_WEBHOOK_SECRET,
  });
  const answer = await app.request(`${config.PUBLIC_URL}/webhooks/stripe/connect`, {
    method: 'POST',
    body: payload,
    headers: { 'stripe-signature': header },
  });
  expect(answer.status).toBe(400);
});

test('a merchant takes the account away: nothing is sold until there is another, never on the platform’s', async () => {
  const before = (await findPayee(db, 'shop'))?.account_id as string;
  await fetch(`${shop.stripe}/control/accounts/${before}/deauthorize`, { method: 'POST' });
  await anEvent('evt_gone', 'account.application.deauthorized', before);
  expect(await findPayee(db, 'shop')).toMatchObject({ gone_at: expect.any(Date), charges_enabled: false });
  expect(await sellerNow()).toBe('nobody');
  const { payee } = await connectMerchant(context, 'shop', 'GB');
  expect(payee.account_id).not.toBe(before);
  expect((await stripe.accounts.retrieve(payee.account_id as string)).country).toBe('GB');
  expect(await sellerNow()).toBe('nobody');
});
