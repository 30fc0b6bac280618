import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readCatalog } from '../src/catalog/read.ts';
import { applyCatalog } from '../src/db/catalog.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { dueMails } from '../src/db/mails.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, aLink, type Held } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { CAMPAIGN } from './harness/context.ts';
import { pays } from './harness/paying.ts';
import { deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config, stripe } = context;

const ZONES = `shipping:
      zones:
        - { countries: [US], rate: "4.90", free_from: "60.00" }
        - { countries: [CA, GB], rate: "12.90" }
    `;

/** Applies the campaign with other keys for the merchant in place of how it ships. */
async function sellAs(keys: string): Promise<void> {
  const text = readFileSync(CAMPAIGN, 'utf8').replace(/shipping: \{.*\n/, `${keys}\n`);
  const { file, faults } = readCatalog(text);
  if (!file) throw new Error(JSON.stringify(faults));
  await applyCatalog(db, file, 'test');
}

const open = (held: Held, accepts?: string) => shop.visitor(accepts).open(`${config.PUBLIC_URL}${held.path}`);
const sessionOf = (url: string) => stripe.checkout.sessions.retrieve(/cs_test_\w+/.exec(url)?.[0] as string);
const orderOf = ({ cart_id }: Held) =>
  db.selectFrom('orders').selectAll().where('cart_id', '=', cart_id).executeTakeFirstOrThrow();
const booksAreRight = async () =>
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);

test('with zones the cart asks where to, remembers it, and Stripe takes addresses of that zone only', async () => {
  await sellAs(ZONES);
  const held = await aCart(shop);
  const page = await open(held);
  expect(page.text).toContain('Shipping (United States) $4.90');
  await page.submit('/country', { country: 'GB' });
  expect(page.text).toContain('Shipping (United Kingdom) $12.90 Total $30.90');
  const again = await open(held, 'en-CA');
  expect(again.text).toContain('Shipping (United Kingdom)');
  await again.submit('/checkout');
  expect(await sessionOf(again.url)).toMatchObject({
    amount_total: 3090,
    shipping_address_collection: { allowed_countries: ['CA', 'GB'] },
  });
  await pays(shop, held);
  expect(await orderOf(held)).toMatchObject({ shipping: 1290, total: 3090, country: 'CA' });
  // Where the last order went is where the next cart is taken to go.
  await deliver(context, aReply({ author: held.shopper_id }));
  const { id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', held.shopper_id)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  const next = await shop.visitor().open(`${config.PUBLIC_URL}${await aLink(shop, id)}`);
  expect(next.text).toContain('Shipping (Canada) $12.90');
  await booksAreRight();
});

test('a browser’s region is where a cart is taken to go, unless nothing is sent there', async () => {
  const held = await aCart(shop);
  expect((await open(held, 'en-GB,en;q=0.9')).text).toContain('Shipping (United Kingdom)');
  expect((await open(held, 'de-AT,de;q=0.9')).text).toContain('Shipping (United States)');
  const page = await open(held, 'en-GB');
  await page.submit('/checkout');
  expect((await sessionOf(page.url)).amount_total).toBe(3090);
});

test('a form that names another country than its total is of is shown once more, and nothing is opened', async () => {
  const held = await aCart(shop);
  const page = await open(held);
  await page.submit('/checkout', { country: 'GB' });
  expect(page.text).toContain('Please look once more');
  expect(await db.selectFrom('checkouts').select('id').where('cart_id', '=', held.cart_id).execute()).toEqual(
    [],
  );
  for (const country of ['gb', 'XX', 'DE', "'"]) {
    const other = await open(held);
    await other.submit('/country', { country });
    expect([other.status, other.text]).toEqual([200, expect.stringContaining('Shipping (United States)')]);
  }
});

test('another country closes the page that was opened for the first', async () => {
  const held = await aCart(shop);
  const page = await open(held);
  await page.submit('/checkout');
  const first = await sessionOf(page.url);
  const again = await open(held);
  await again.submit('/country', { country: 'CA' });
  await again.submit('/checkout');
  expect((await stripe.checkout.sessions.retrieve(first.id)).status).toBe('expired');
});

test('downloads need no country', async () => {
  const held = await aCart(shop, [{ to: POST.ebook }]);
  const page = await open(held);
  expect(page.html).not.toContain('name="country"');
  await page.submit('/checkout');
  expect((await sessionOf(page.url)).shipping_address_collection).toBeNull();
});

test('tax on top: Stripe adds it, and order, receipt, page and export say how much', async () => {
  await sellAs(`shipping: { countries: [DE], flat_rate: "10.00" }\n    tax: automatic`);
  const held = await aCart(shop, [{}], 'tax@mail.example');
  const page = await open(held);
  expect(page.text).toContain('Tax comes on top');
  await pays(shop, held);
  const order = await orderOf(held);
  // 19 % of 18.00 and of 10.00
  expect(order).toMatchObject({ subtotal: 1800, shipping: 1000, tax: 532, tax_included: 0, total: 3332 });
  expect(order.country).toBe('DE');
  expect((await open(held)).text).toContain('Total: $33.32 USD (Tax: $5.32)');
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  const receipt = (await shop.mails()).find(
    ({ to, subject }) => to.includes('tax@mail.example') && subject.includes('Receipt'),
  );
  expect(receipt?.text).toMatch(/Tax: +\$5\.32/);
  const { stdout } = await replycart(config, 'orders', 'export', '--json');
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ order_id: order.id, tax: 532, total: 3332 }),
  );
  await booksAreRight();
}, 30_000);

test('tax in the prices: the total stays, and the receipt says how much of it is tax', async () => {
  await sellAs(
    `shipping: { countries: [DE], flat_rate: "10.00" }\n    tax: automatic\n    prices_include_tax: true`,
  );
  const held = await aCart(shop);
  expect((await open(held)).text).not.toContain('Tax comes on top');
  await pays(shop, held);
  // 19/119 of 18.00 and of 10.00
  expect(await orderOf(held)).toMatchObject({ tax: 0, tax_included: 447, total: 2800 });
  expect((await open(held)).text).toContain('(Tax, in the prices: $4.47)');
  await booksAreRight();
});

test('downloads are taxed where their buyer is', async () => {
  const held = await aCart(shop, [{ to: POST.ebook }]);
  await pays(shop, held);
  expect(await orderOf(held)).toMatchObject({ country: 'US', tax_included: 67, ship_to: null });
});
