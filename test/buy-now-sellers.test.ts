import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkPayee } from '../src/actions/check-payee.ts';
import { connectMerchant } from '../src/actions/connect-merchant.ts';
import { readCatalog } from '../src/catalog/read.ts';
import { applyCatalog } from '../src/db/catalog.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { setFee } from '../src/db/payees.ts';
import { POST } from './harness/builders.ts';
import {
  anEnrolled,
  cartPathOf,
  chargedTo,
  letRepliesBuy,
  ordersOf,
  purchaseOf,
  says,
  timePasses,
} from './harness/buying.ts';
import { CAMPAIGN } from './harness/context.ts';
import { mailsTo } from './harness/mails.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config, stripe } = context;

/** Applies the campaign with other keys for the merchants in place of how they ship. */
async function sellAs(keys: string): Promise<void> {
  const text = readFileSync(CAMPAIGN, 'utf8').replaceAll(/shipping: \{.*\n/g, `${keys}\n`);
  const { file, faults } = readCatalog(text);
  if (!file) throw new Error(JSON.stringify(faults));
  await applyCatalog(db, file, 'test');
  await letRepliesBuy(context);
}

test('shipping follows the kept address, in the mail, in what is charged, and on the cart page', async () => {
  await sellAs(
    'shipping: { zones: [{ countries: [CA, GB], rate: "12.90" }, { countries: [US], rate: "4.90" }] }',
  );
  const sam = await anEnrolled(shop);
  const post = await says(shop, sam);
  await timePasses(shop);
  expect((await mailsTo(shop, sam.email)).some(({ text }) => text.includes('Total: $22.90'))).toBe(true);
  expect([await purchaseOf(shop, post), await chargedTo(shop, sam.customer)]).toEqual(['bought', [2_290]]);
  await says(shop, sam, '#AddToCart', { to: POST.sticker });
  await sam.visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}`);
  expect(sam.visitor.text).toContain('pay $7.40 with Visa');
  await sam.visitor.submit('/pay-card');
  expect(await ordersOf(shop, sam.id)).toMatchObject([{ country: 'US' }, { country: 'US', shipping: 490 }]);
});

test('to where the merchant does not send nothing is bought by itself', async () => {
  await sellAs('shipping: { countries: [DE], flat_rate: "4.90" }');
  const sam = await anEnrolled(shop);
  expect(await purchaseOf(shop, await says(shop, sam))).toBe('none');
  expect(await purchaseOf(shop, await says(shop, sam, '#BuyNow', { to: POST.ebook }))).toBe('waiting');
});

test('where Stripe finds the tax, kept cards pay on Stripe’s page, and replies go to the cart', async () => {
  await sellAs('shipping: { countries: [US], flat_rate: "4.90" }\n    tax: automatic');
  const sam = await anEnrolled(shop);
  expect(await purchaseOf(shop, await says(shop, sam))).toBe('none');
  await sam.visitor.open(`${config.PUBLIC_URL}${await cartPathOf(shop, sam.id)}`);
  expect(sam.visitor.html).not.toContain('/pay-card');
  await sam.visitor.submit('/checkout');
  expect(sam.visitor.url).toMatch(/cs_test_/);
});

test('at a merchant with an account: the fee stays with the platform, the rest goes to them; while it is not ready nobody is charged', async () => {
  await sellAs('shipping: { countries: [US], flat_rate: "4.90" }');
  const { payee } = await connectMerchant(context, 'shop');
  const account_id = payee.account_id as string;
  await setFee(db, 'shop', 500);
  const early = await anEnrolled(shop);
  const post = await says(shop, early);
  await timePasses(shop);
  expect([await purchaseOf(shop, post), await chargedTo(shop, early.customer)]).toEqual(['lapsed', []]);
  await shop.control(shop.stripe, `/accounts/${account_id}`, { progress: 'complete' });
  await checkPayee(context, 'shop');
  const sam = await anEnrolled(shop);
  await says(shop, sam);
  await timePasses(shop);
  const [order] = await ordersOf(shop, sam.id);
  expect(order).toMatchObject({ total: 2_290, fee: 90, destination: account_id });
  const intent = await stripe.paymentIntents.retrieve(order?.payment_id as string, {
    expand: ['latest_charge.transfer'],
  });
  expect(intent).toMatchObject({
    application_fee_amount: 90,
    on_behalf_of: account_id,
    latest_charge: { transfer: { amount: 2_290, destination: account_id } },
  });
});

test('after all that the books are right', async () => {
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
});
