import { afterEach, expect, test } from '@jest/globals';
import { moveUp } from '../src/actions/move-up.ts';
import { wantProduct } from '../src/actions/want-product.ts';
import { applyCatalog } from '../src/db/catalog.ts';
import { POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { everything } from './harness/everything.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { cartOf } from './harness/replies.ts';
import { campaignWith, catalogOf, mugAt, sells } from './harness/selling.ts';
import { aShop } from './harness/shop.ts';
import { type Account, anAccount, signIn } from './harness/sign-in.ts';
import { countsOf, setStock } from './harness/stock.ts';
import type { Visitor } from './harness/visitor.ts';

const shop = await aShop();
const { context, app } = shop;
const { db, config } = context;
const at = (path: string): string => `${config.PUBLIC_URL}${path}`;
const open = (path: string, visitor = shop.visitor()): Promise<Visitor> => visitor.open(at(path));
const onX = { decision: 'authorize' };

afterEach(() => sells(context));

/** Somebody who has signed in, with their cart's contents. */
async function somebody(): Promise<{
  who: Account;
  visitor: Visitor;
  cart: () => Promise<Record<string, number>>;
}> {
  const who = await anAccount(shop);
  return { who, visitor: await signIn(shop, who), cart: () => cartOf(context, who.id) };
}

const press = async (visitor: Visitor, path: string, filled: Record<string, string>): Promise<Visitor> =>
  (await open(path, visitor)).submit(path.replace(/\?.*/, ''), filled);

/** The content of the page's metadata, by name or property. */
const metaOf = ({ html }: Visitor): Map<string, string> =>
  new Map(
    [...html.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"/g)].map(
      ([, name = '', content = '']) => [name, content],
    ),
  );

test('the page says what it is, what it costs, what is left, how to reply, and who sells', async () => {
  await setStock(context, 'MUG', 3);
  const page = await open('/p/shop/MUG');
  for (const said of [
    'Stoneware mug',
    '$18.00',
    'Only 3 are left.',
    'Shipping comes on top: $4.90, once for each order.',
    'Reply #AddToCart',
    'Post of ',
    'Sold by Acme Stoneware',
  ])
    expect(page.text).toContain(said);
  expect(page.html).toContain(`/shop/status/${POST.mug}"`);
  expect(page.html).toContain('href="/m/shop"');
  await setStock(context, 'MUG', 500);
  expect((await open('/p/shop/MUG')).text).toContain('In stock.');
  await db.updateTable('products').set({ sensitive: true }).where('sku', '=', 'MUG').execute();
  await setStock(context, 'MUG', 3);
  expect((await open('/p/shop/MUG')).text).not.toMatch(/left|In stock/);
});

test('X finds title, picture and price in the page, also those of an offer', async () => {
  await sells(
    context,
    ...mugAt('18.00', { policy: 'image: "https://pictures.example/mug.png"', offer: '14.00' }),
  );
  const meta = metaOf(await open('/p/shop/MUG'));
  expect(Object.fromEntries(meta)).toMatchObject({
    'twitter:card': 'summary_large_image',
    'twitter:site': '@shop',
    'twitter:title': 'Stoneware mug · $18.00',
    'twitter:image': 'https://pictures.example/mug.png',
    'og:title': 'Stoneware mug · $18.00',
    'og:url': at('/p/shop/MUG'),
    'og:image': 'https://pictures.example/mug.png',
    'product:price:amount': '18.00',
    'product:price:currency': 'USD',
  });
  await sells(context, ...mugAt('18.00', { policy: 'image: /pictures/a mug.png', offer: '14.00' }));
  expect(metaOf(await open('/p/shop/MUG')).get('og:image')).toBe(at('/pictures/a%20mug.png'));
  expect(meta.has('robots')).toBe(false);
  const offer = await open(`/p/shop/MUG?post=${POST.mug}`);
  expect(metaOf(offer).get('og:title')).toBe('Stoneware mug · $14.00');
  expect(metaOf(offer).get('og:url')).toBe(at(`/p/shop/MUG?post=${POST.mug}`));
  expect(offer.text).toContain('The offer of one post: elsewhere it costs $18.00.');
  // A post that offers something else has no price here.
  expect(metaOf(await open(`/p/shop/MUG?post=${POST.tee}`)).get('og:title')).toContain('$18.00');
  expect(metaOf(await open('/p/shop/EBOOK')).get('twitter:card')).toBe('summary');
});

test('looking changes nothing; caches may keep what is the same for all, and nothing else', async () => {
  const before = await everything(context);
  for (const method of ['GET', 'HEAD']) {
    const { status, headers } = await app.request(at('/p/shop/TEE'), { method });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    expect(headers.get('vary')).toContain('Cookie');
    expect(headers.get('set-cookie')).toBeNull();
  }
  expect(await everything(context)).toEqual(before);
  const cookie = 'replycart-session=somebody';
  const known = await app.request(at('/p/shop/TEE'), { headers: { cookie } });
  expect(known.headers.get('cache-control')).toBe('private, no-cache');
});

test('what is not there is not found, what was withdrawn is gone, and the way to what is sold is shown', async () => {
  for (const path of ['/p/nobody/MUG', '/p/shop/NOTHING', '/p/shop/TEE-RED-M', '/p/shop/%F0%9F%8D%B5'])
    expect((await app.request(at(path))).status).toBe(404);
  await applyCatalog(
    db,
    catalogOf(campaignWith().replace(/ {6}- sku: LAMP[\s\S]*?(?= {6}- sku: POSTER)/, '')),
    'test',
  );
  const gone = await open('/p/shop/LAMP');
  expect([gone.status, gone.text]).toEqual([
    410,
    expect.stringContaining('Desk lamp is not for sale any more.'),
  ]);
  expect(gone.html).toContain('href="/m/shop"');
  expect((await open('/m/shop')).text).not.toContain('Desk lamp');
});

test('the merchant’s page leads to every product', async () => {
  const page = await open('/m/shop');
  expect(page.html).toContain('<a href="/p/shop/MUG">Stoneware mug</a>, $18.00');
});

test('who has signed in has it in the cart with one press; pressing again changes nothing', async () => {
  const { visitor, cart } = await somebody();
  await press(visitor, '/p/shop/TEE', { option0: 'RED', option1: 'M', quantity: '2', way: 'cart' });
  expect(visitor.url).toMatch(/\/c\/[\w-]+$/);
  expect(visitor.text).toContain('Logo T-shirt (RED, M)');
  await press(visitor, '/p/shop/TEE', { option0: 'RED', option1: 'M', quantity: '2', way: 'cart' });
  expect(await cart()).toEqual({ 'shop TEE-RED-M': 2 });
  expect((await db.selectFrom('outcomes').select('post_id').execute()).length).toBe(0);
});

test('who has not signed in does so on the way, and is not asked again', async () => {
  const who = await anAccount(shop);
  const visitor = await press(shop.visitor(), '/p/shop/MUG', { quantity: '2', way: 'cart' });
  expect(visitor.url).toBe(at('/link'));
  expect(visitor.text).toContain('After this Stoneware mug goes into your cart.');
  await (await visitor.submit('/link')).submit('authorize', { account: who.id, ...onX });
  expect(visitor.url).toMatch(/\/c\/[\w-]+$/);
  expect(await cartOf(context, who.id)).toEqual({ 'shop MUG': 2 });
  // The wish is done: signing in once more does nothing.
  await db.updateTable('cart_lines').set({ quantity: 0 }).execute();
  await (await (await open('/link', visitor)).submit('/link')).submit('authorize', {
    account: who.id,
    ...onX,
  });
  expect(await cartOf(context, who.id)).toEqual({});
});

test('buying leads to Stripe’s page at once, also with signing in on the way', async () => {
  const { visitor } = await somebody();
  await press(visitor, '/p/shop/EBOOK', { way: 'buy' });
  expect(visitor.url).toContain('cs_test_');
  const who = await anAccount(shop);
  const stranger = await press(shop.visitor(), '/p/shop/MUG', { way: 'buy' });
  expect(stranger.text).toContain('After this you can pay for Stoneware mug.');
  await (await stranger.submit('/link')).submit('authorize', { account: who.id, ...onX });
  expect(stranger.url).toContain('cs_test_');
  const { data } = await shop.control<{ data: Array<{ url: string; amount_total: number }> }>(
    shop.stripe,
    '/sessions',
  );
  expect(data.map(({ amount_total }) => amount_total).sort()).toEqual([2290, 900]);
});

test('buying leads to the cart where there is more to see first: other goods, another price, a purchase of today', async () => {
  const { visitor } = await somebody();
  await press(visitor, '/p/shop/MUG', { way: 'cart' });
  await press(visitor, '/p/shop/EBOOK', { way: 'buy' });
  expect(visitor.url).toMatch(/\/c\/[\w-]+$/);
  const other = await somebody();
  await open('/p/shop/MUG', other.visitor);
  await sells(context, ...mugAt('20.00'));
  await other.visitor.submit('/p/shop/MUG', { way: 'buy' });
  expect(other.visitor.url).toMatch(/\/c\/[\w-]+$/);
  expect(other.visitor.text).toContain('Total $24.90');
});

test('an offer can be had on its page, without a reply', async () => {
  await sells(context, ...mugAt('18.00', { offer: '14.00' }));
  const { visitor, who } = await somebody();
  await press(visitor, `/p/shop/MUG?post=${POST.mug}`, { way: 'cart' });
  expect(visitor.text).toContain('Total $18.90'); // with the shipping
  // The usual page leaves the offer to who has it.
  await press(visitor, '/p/shop/MUG', { way: 'cart', quantity: '2' });
  expect(visitor.text).toContain('Total $32.90');
  expect(await cartOf(context, who.id)).toEqual({ 'shop MUG': 2 });
});

test.each([
  ['/p/shop/TEE', { option0: 'RED' }, 'Which one do you want? Logo T-shirt comes in more than one size.'],
  ['/p/shop/TEE', { option0: 'PINK', option1: 'M' }, 'comes in more than one color.'],
  ['/p/shop/MUG', { quantity: '7' }, 'Stoneware mug: at most 6 for each shopper, so nothing changed.'],
])('what cannot be done is said as a reply would be answered: %s %j', async (path, filled, said) => {
  const { visitor, cart } = await somebody();
  await press(visitor, path, filled);
  expect([visitor.status, visitor.text]).toEqual([409, expect.stringContaining(said)]);
  expect(await cart()).toEqual({});
});

test('what is closed has no buttons, and a form from before is refused by the same rules', async () => {
  const { visitor, cart } = await somebody();
  await open('/p/shop/MUG', visitor);
  await db.updateTable('products').set({ paused: true }).where('sku', '=', 'MUG').execute();
  await setStock(context, 'MUG', 10);
  await visitor.submit('/p/shop/MUG', {});
  expect(visitor.text).toContain('Stoneware mug is not for sale at the moment.');
  expect(await cart()).toEqual({});
  for (const [sku, said] of [
    ['LAMP', 'not for sale at the moment'],
    ['POSTER', 'not for sale any more'],
    ['CAP', 'For sale from'],
  ]) {
    const page = await open(`/p/shop/${sku}`);
    expect(page.text).toContain(said);
    expect(page.html).not.toContain('<form');
  }
});

test('the last piece goes to one of two; the other joins the waiting line, and hears when it is their turn', async () => {
  await setStock(context, 'MUG', 1);
  const [one, two] = [await somebody(), await somebody()];
  await Promise.all([one, two].map(({ visitor }) => press(visitor, '/p/shop/MUG', { way: 'cart' })));
  const carts = await Promise.all([one, two].map(({ cart }) => cart()));
  expect(carts.map((cart) => Object.keys(cart).length).sort()).toEqual([0, 1]);
  const [winner, waiter] = carts[0]?.['shop MUG'] ? [one, two] : [two, one];
  expect(waiter.visitor.text).toContain('You are waiting for 1 × Stoneware mug You are the next.');
  expect((await open('/p/shop/MUG')).text).toContain('Join the waiting list');
  await winner.visitor.open(winner.visitor.url);
  await winner.visitor.submit('/items', { quantity: '0' });
  await moveUp(context, { merchant_id: 'shop', product_sku: 'MUG' });
  expect(await waiter.cart()).toEqual({ 'shop MUG': 1 });
  await sendAll(context);
  const [mail] = await mailsTo(shop, waiter.who.email);
  expect(mail?.subject).toBe('[TEST] Your turn: Stoneware mug is in your cart (Acme Stoneware)');
  expect(await countsOf(context, 'MUG')).toMatchObject({ held: 1, waiting: 0 });
});

test('where the first who pays gets it, what is sold out has no buttons', async () => {
  await setStock(context, 'STICKER', 0, 'first_paid');
  const page = await open('/p/shop/STICKER');
  expect(page.text).toContain('Sold out.');
  expect(page.html).not.toContain('<form');
});

test('options say which of them can be had', async () => {
  await setStock(context, 'TEE', 5, 'first_paid');
  await db.updateTable('variants').set({ stock: 0 }).where('sku', 'like', 'TEE-RED-%').execute();
  const { html } = await open('/p/shop/TEE');
  expect(html).toContain('<option value="RED" disabled="">RED (sold out)</option>');
  expect(html).toContain('<option value="BLUE">BLUE</option>');
});

test('who has told us to stop is asked to come back first', async () => {
  const { visitor, who, cart } = await somebody();
  await db
    .updateTable('shoppers')
    .set({ opted_out_at: new Date() })
    .where('x_user_id', '=', who.id)
    .execute();
  await press(visitor, '/p/shop/MUG', { way: 'cart' });
  expect(visitor.text).toContain('You told us to stop, so nothing was added.');
  expect(await cart()).toEqual({});
});

test('a form that another site sends, and one that says nonsense, change nothing', async () => {
  const { visitor, cart } = await somebody();
  await open('/p/shop/MUG', visitor);
  await visitor.open(at('/p/shop/MUG'), {
    method: 'POST',
    body: new URLSearchParams({ quantity: '1', price: '1800' }),
    headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(visitor.status).toBe(403);
  for (const [field, value] of [
    ['quantity', '0'],
    ['quantity', 'many'],
    ['price', ''],
    ['post', 'x'],
  ] as const)
    await press(visitor, '/p/shop/MUG', { [field]: value });
  expect(await cart()).toEqual({});
});

test('what a reply has put into the cart stays that reply’s line', async () => {
  const held = await aCart(shop);
  const line = () =>
    db.selectFrom('cart_lines').selectAll().where('cart_id', '=', held.cart_id).executeTakeFirstOrThrow();
  const { post_id } = await line();
  await wantProduct(context, held.shopper_id, { merchant_id: 'shop', sku: 'MUG', choice: [], quantity: 3 });
  expect(await line()).toMatchObject({ post_id, quantity: 3 });
});
