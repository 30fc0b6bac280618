import { expect, test } from '@jest/globals';
import { hashToken, randomToken } from '../src/crypto.ts';
import { setLine } from '../src/db/carts.ts';
import { inTransaction } from '../src/db/database.ts';
import { openSession } from '../src/db/shoppers.ts';
import { idAtTime } from '../src/domain/snowflake.ts';
import { aReply } from './harness/builders.ts';
import { aLink } from './harness/carts.ts';
import { aGoodsShop, GOODS_POST } from './harness/goods-shop.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { aShopper, cartOf, deliver, outcomeOf } from './harness/replies.ts';

const { shop } = await aGoodsShop();
const { context } = shop;
const { db, config } = context;

let givers = 0;
const aGiver = async () => {
  const email = `giver${++givers}@mail.example`;
  return { email, id: await aShopper(context, email) };
};
const gives = (author: string, text: string, more: object = {}) =>
  aReply({ author, text, to: GOODS_POST.fund, ...more });

/** How much a shopper's open cart gives; null: nothing. */
async function givenBy(shopper_id: string): Promise<number | null> {
  const line = await db
    .selectFrom('carts')
    .innerJoin('cart_lines', 'cart_lines.cart_id', 'carts.id')
    .select(['price', 'quantity'])
    .where('shopper_id', '=', shopper_id)
    .where('status', '=', 'open')
    .where('sku', '=', 'FUND')
    .executeTakeFirst();
  if (!line || line.quantity === 0) return null;
  expect(line.quantity).toBe(1);
  return line.price;
}

async function pathOf(shopper_id: string): Promise<string> {
  const { id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  return aLink(shop, id);
}

test.each<[string, string, number | null]>([
  ['#Donate 25', 'added', 2500],
  ['#Donate 25,50 dollars', 'added', 2550],
  ['#AddToCart $25', 'added', 2500],
  ['#Donate 5 please', 'added', 500],
  ['#Donate', 'asked: missing_amount', null],
  ['#Donate 10 or 20', 'asked: unclear_amount', null],
  ['#Donate 25 €', 'asked: other_currency', null],
  // Never a number of pieces.
  ['#Donate 2', 'refused: amount_bounds', null],
  ['#Donate x25', 'asked: missing_amount', null],
  ['#Donate 500.01', 'refused: amount_bounds', null],
  ['don’t #Donate 25', 'ignored: negated', null],
])('%s: %s', async (text, outcome, amount) => {
  const { id } = await aGiver();
  const reply = gives(id, text);
  await deliver(context, reply);
  expect([await outcomeOf(context, reply), await givenBy(id)]).toEqual([outcome, amount]);
});

test('the later gift takes the place of the earlier one, in whatever order X delivers them', async () => {
  const { id } = await aGiver();
  const [first, second, same] = [gives(id, '#Donate 25'), gives(id, '#Donate 50'), gives(id, '#Donate $50')];
  await deliver(context, second);
  await deliver(context, first, same);
  expect([
    await outcomeOf(context, second),
    await outcomeOf(context, first),
    await outcomeOf(context, same),
  ]).toEqual(['added', 'unchanged: already_in_cart', 'unchanged: already_in_cart']);
  expect(await givenBy(id)).toBe(5000);
  const third = gives(id, '#Donate 10');
  await deliver(context, third);
  expect([await outcomeOf(context, third), await givenBy(id)]).toEqual(['set', 1000]);
  await deliver(context, gives(id, '#RemoveFromCart'));
  expect(await givenBy(id)).toBeNull();
});

test('who has not linked has the gift kept, and it counts when they do', async () => {
  const reply = gives('5999999999999999991', '#Donate 25');
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe('held');
  const { rows } = {
    rows: await db.selectFrom('outcomes').select('detail').where('post_id', '=', reply.data.id).execute(),
  };
  expect(rows[0]?.detail.donation).toEqual({ currency: 'USD', minimum: 500, maximum: 50_000, amount: 2500 });
});

test('where no amount is said the mail asks, with the merchant’s amounts and what may have been meant to tap', async () => {
  const { id, email } = await aGiver();
  await deliver(context, gives(id, '#Donate 15 or 20'));
  await sendAll(context);
  const [mail] = await mailsTo(shop, email);
  expect(mail?.subject).toContain('How much? A new roof for the kiln');
  expect(mail?.text).toContain('It can be from $5.00 to $500.00.');
  const offered = mail?.text.match(/Give \$[\d.]+/g);
  expect(offered).toEqual(['Give $10.00', 'Give $15.00', 'Give $20.00', 'Give $25.00']);
  const link = mail?.text.match(/http\S+\/choose\?sku=FUND&amount=25.00/)?.[0] as string;
  const page = await shop.visitor().open(link);
  expect(await givenBy(id)).toBeNull();
  await page.submit('/amount', { amount: '25.00' });
  expect(await givenBy(id)).toBe(2500);
  expect(page.text).not.toContain('Please choose');
});

test('too little or too much is refused with the bounds, and the way to another amount', async () => {
  const { id, email } = await aGiver();
  await deliver(context, gives(id, '#Donate 3'));
  await sendAll(context);
  const [mail] = await mailsTo(shop, email);
  expect(mail?.text).toContain(
    '$3.00 cannot be given here (A new roof for the kiln): it can be from $5.00 to $500.00.',
  );
  expect(mail?.text).toContain('Give $10.00');
});

test('on the page the amount is changed, within the bounds, and never becomes a number of pieces', async () => {
  const { id } = await aGiver();
  await deliver(context, gives(id, '#Donate 25'));
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${await pathOf(id)}`);
  expect(page.text).toContain('Donate $25.00');
  expect(page.html).not.toContain('name="quantity" min');
  await page.submit('/amount', { amount: '40.50' });
  expect([await givenBy(id), page.text.includes('Donate $40.50')]).toEqual([4050, true]);
  await page.submit('/amount', { amount: '40,5 ' });
  expect(await givenBy(id)).toBe(4050);
  for (const wrong of ['4.99', '500.01', '-5', 'a lot', '1e3', '']) {
    await page.submit('/amount', { amount: wrong });
    expect([wrong, await givenBy(id)]).toEqual([wrong, 4050]);
  }
  expect(page.text).toContain('It can be from $5.00 to $500.00; nothing changed.');
  const items = `${page.url.replace(/\/amount$/, '')}/items`;
  const post = (fields: Record<string, string>) =>
    page.open(items, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: config.PUBLIC_URL },
    });
  await post({ sku: 'FUND', quantity: '3' });
  expect(await givenBy(id)).toBe(4050);
  await post({ sku: 'FUND', quantity: '0' });
  expect(await givenBy(id)).toBeNull();
  // Put back, it is what it was.
  await page.submit('/items');
  expect(await givenBy(id)).toBe(4050);
  // What is no gift has no amount.
  await page.open(items.replace('/items', '/amount'), {
    method: 'POST',
    body: new URLSearchParams({ sku: 'MUG', amount: '1.00' }),
    headers: { origin: config.PUBLIC_URL },
  });
  expect(await cartOf(context, id)).toEqual({ 'shop FUND': 1 });
});

test('a gift that was changed on the page before the mail left is told as it is', async () => {
  const { id, email } = await aGiver();
  await deliver(context, gives(id, '#Donate 25'));
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${await pathOf(id)}`);
  await page.submit('/amount', { amount: '30' });
  await sendAll(context);
  const [mail] = await mailsTo(shop, email);
  expect(mail?.text).toContain('Your donation in the cart is $30.00 now');
  expect(mail?.text).not.toContain('$25.00');
});

test('bounds that the catalog has changed since: the gift waits for another amount', async () => {
  const { id } = await aGiver();
  await deliver(context, gives(id, '#Donate 25'));
  const { id: cart_id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', id)
    .executeTakeFirstOrThrow();
  await inTransaction(db, (tx) =>
    setLine(tx, cart_id, {
      sku: 'FUND',
      quantity: 1,
      price: 100,
      position: idAtTime(new Date()),
      quantity_before: 1,
      priced_at: null,
      offer_post_id: null,
    }),
  );
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${await aLink(shop, cart_id)}`);
  expect(page.text).toContain('so much cannot be given any more');
  expect(page.html).not.toContain('/checkout"');
  await page.submit('/amount', { amount: '20' });
  expect(page.text).toContain('Donate $20.00');
});

test('a gift alone is paid with the word for it, nothing is shipped, and it buys no free shipping', async () => {
  const { id, email } = await aGiver();
  await deliver(context, gives(id, '#Donate 100'));
  const path = await pathOf(id);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  expect(page.text).toContain('Donations go to Acme Stoneware');
  expect(page.text).not.toContain('Sold by');
  await page.submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  expect(await context.stripe.checkout.sessions.retrieve(session_id)).toMatchObject({
    submit_type: 'donate',
    amount_total: 10_000,
    shipping_address_collection: null,
  });
  await deliver(context, aReply({ author: id, to: GOODS_POST.mug }));
  const mixed = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  expect(mixed.text).toContain('Shipping $4.90');
  expect(mixed.text).toContain('Pay $122.90');
  expect(mixed.text).toContain('Sold by Acme Stoneware');
  await pays(shop, { path });
  await sendAll(context);
  const [receipt] = (await mailsTo(shop, email)).filter(({ subject }) => subject.includes('Receipt'));
  expect(receipt?.text).toContain('A new roof for the kiln: $100.00');
  expect(receipt?.text).toContain('1 × Stoneware mug: $18.00');
  expect(receipt?.text).toContain('Total: $122.90 USD');
});

test('on the public page of what is given to, the form asks how much, and not how many', async () => {
  const { id } = await aGiver();
  const token = randomToken();
  await openSession(db, hashToken(token), id, new Date(Date.now() + 60_000));
  const cookie = `replycart-session=${token}`;
  const path = `${config.PUBLIC_URL}/p/shop/FUND`;
  const page = await (await shop.app.request(path)).text();
  expect(page).toContain('from $5.00 to $500.00');
  expect(page).toContain('name="amount"');
  expect(page).not.toContain('name="quantity"');
  expect(page).toContain(
    'content="Give from $5.00 to $500.00 to Acme Stoneware: reply #Donate and an amount on X',
  );
  expect(page).not.toContain('Sold by');
  const press = (fields: Record<string, string>) =>
    shop.app.request(path, {
      method: 'POST',
      body: new URLSearchParams({ price: '500', way: 'cart', ...fields }),
      headers: { origin: config.PUBLIC_URL, cookie },
    });
  expect((await press({ amount: '1000' })).status).toBe(409);
  expect((await press({})).status).toBe(409);
  expect(await givenBy(id)).toBeNull();
  const done = await press({ amount: '35', quantity: '9' });
  expect([done.status, await givenBy(id)]).toEqual([303, 3500]);
  const paid = await press({ amount: '40', way: 'buy' });
  expect(paid.headers.get('location')).toContain(shop.stripe);
});

test('all kinds in one cart: shipped what is shipped, mailed what is mailed', async () => {
  const { id, email } = await aGiver();
  const { mug, ebook, class: evening, fund } = GOODS_POST;
  await deliver(
    context,
    ...[mug, ebook, evening].map((to) => aReply({ author: id, to })),
    aReply({ author: id, to: fund, text: '#Donate 10' }),
  );
  await pays(shop, { path: await pathOf(id) });
  const order = await db
    .selectFrom('orders')
    .selectAll()
    .where('shopper_id', '=', id)
    .executeTakeFirstOrThrow();
  expect([order.subtotal, order.shipping, order.total]).toEqual([1800 + 900 + 4500 + 1000, 0, 8200]);
  expect(order.ship_to?.address.country).toBe('US');
  await sendAll(context);
  const mails = await mailsTo(shop, email);
  const delivery = mails.find(({ subject }) => subject.includes('what you bought'));
  expect(delivery?.text).toMatch(
    /Download: Pottery at home[\s\S]*\/d\/\d+-[\s\S]*Evening at the wheel[\s\S]*[0-9A-Z]{4}-[0-9A-Z]{5}-/,
  );
  const toMerchant = (await mailsTo(shop, 'help@shop.example')).find(({ text }) => text.includes(`× CLASS`));
  expect(toMerchant?.text).toContain('Downloads were mailed to the shopper');
  expect(toMerchant?.text).toContain('got a code for each service');
  expect(toMerchant?.text).toContain('Send it to');
});
