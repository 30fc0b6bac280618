import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { linkShopper } from '../src/actions/link-shopper.ts';
import { moveUp } from '../src/actions/move-up.ts';
import { planCatalog } from '../src/actions/plan-catalog.ts';
import { wantProduct } from '../src/actions/want-product.ts';
import { readCatalog } from '../src/catalog/read.ts';
import { writeCatalog } from '../src/catalog/write.ts';
import { readCart } from '../src/db/carts.ts';
import { applyCatalog } from '../src/db/catalog.ts';
import { inTransaction } from '../src/db/database.ts';
import { addAliases, offeredPosts } from '../src/db/posts.ts';
import { endOverdueClaims } from '../src/db/waiting-line.ts';
import { aReply, newPostId, POST } from './harness/builders.ts';
import { aCart, type Held } from './harness/carts.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { aShopper, deliver } from './harness/replies.ts';
import { campaignWith, catalogOf, mugAt, sells } from './harness/selling.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
/** The mug costs 18.00, and 14.00 for replies to its first post; the T-shirt 24.00, and 20.00 at its second. */
const offers = [
  ...mugAt('18.00', { offer: '14.00' }),
  [
    '- https://x.com/shop/status/2080761403639606824\n          - https://x.com/shop/status/2080761438420971048',
    '- https://x.com/shop/status/2080761403639606824\n          - { url: https://x.com/shop/status/2080761438420971048, price: "20.00" }',
  ],
] as Array<[string, string]>;
/** A post of the mug without an offer. */
const PLAIN = '2080761451463982632';
await sells(context, ...offers);

const linesOf = async ({ cart_id }: Pick<Held, 'cart_id'>) =>
  (await readCart(db, cart_id))?.lines.map(({ sku, quantity, price, offer_post_id }) => ({
    ...{ sku, quantity, price },
    offer: offer_post_id,
  }));
const open = (path: string) => shop.visitor().open(`${config.PUBLIC_URL}${path}`);

test('a reply to the post with the offer gets its price, replies elsewhere the usual one', async () => {
  const at = async (to: string) => linesOf(await aCart(shop, [{ to }]));
  expect(await at(POST.mug)).toEqual([{ sku: 'MUG', quantity: 1, price: 1400, offer: POST.mug }]);
  expect(await at(PLAIN)).toEqual([{ sku: 'MUG', quantity: 1, price: 1800, offer: null }]);
});

test('of two replies the last one’s post decides, in whatever order they arrive', async () => {
  const both = [{ to: POST.mug }, { to: PLAIN, text: '#AddToCart x2' }];
  expect(await linesOf(await aCart(shop, both))).toMatchObject([{ quantity: 2, price: 1800, offer: null }]);
  expect(await linesOf(await aCart(shop, [...both].reverse()))).toMatchObject([
    { quantity: 2, price: 1400, offer: POST.mug },
  ]);
  const author = await aShopper(context);
  const [first, last] = [aReply({ author, to: PLAIN }), aReply({ author, to: POST.mug })];
  await deliver(context, last);
  await deliver(context, first);
  const { id: cart_id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', author)
    .executeTakeFirstOrThrow();
  expect(await linesOf({ cart_id })).toMatchObject([{ price: 1400, offer: POST.mug }]);
});

test('an offer counts below its post, too, by every id that the post has had, and not where only the conversation is known', async () => {
  const edited = '2080761390600000001';
  await addAliases(db, [[POST.mug, edited]]);
  expect(await linesOf(await aCart(shop, [{ to: edited }]))).toMatchObject([{ price: 1400 }]);
  const stranger = '2080761390700000001';
  const inConversation = aReply({ to: stranger, conversation: POST.mug });
  await db.insertInto('known_posts').values({ id: stranger, found: false }).execute();
  const author = await aShopper(context);
  inConversation.data.author_id = author;
  await deliver(context, inConversation);
  const { id: cart_id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', author)
    .executeTakeFirstOrThrow();
  expect(await linesOf({ cart_id })).toMatchObject([{ price: 1400, offer: POST.mug }]); // its root is the post
});

test('who replied before they linked gets the offer with the linking', async () => {
  const user = { id: '6400000000000000001', username: 'late', confirmed_email: 'late@mail.example' };
  await deliver(context, aReply({ author: user.id }));
  await linkShopper(context, user, { version: '2026-11', locale: 'en' });
  const { id: cart_id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', user.id)
    .executeTakeFirstOrThrow();
  expect(await linesOf({ cart_id })).toMatchObject([{ price: 1400, offer: POST.mug }]);
});

test('what is asked back keeps the offer of the post: the answer on the page gets its price', async () => {
  const held = await aCart(shop, [{ to: POST.mugAndTee, text: '#AddToCart shirt' }]);
  const page = await open(held.path);
  expect(page.text).toContain('RED, M · $20.00');
  await page.submit('/items', { sku: 'TEE-RED-M' });
  expect(await linesOf(held)).toEqual([
    { sku: 'TEE-RED-M', quantity: 1, price: 2000, offer: POST.mugAndTee },
  ]);
  // Another option and another number keep it.
  await page.submit('/option', { to: 'TEE-BLUE-M' });
  await page.submit('/items', { quantity: '3' });
  expect(await linesOf(held)).toMatchObject([{ sku: 'TEE-BLUE-M', quantity: 3, price: 2000 }]);
});

test('whose turn it is in the waiting line gets the offer that they replied to', async () => {
  await setStock(context, 'MUG', 1);
  const [first, second] = [await aCart(shop), await aCart(shop)];
  expect(await linesOf(second)).toEqual([]);
  await sql`update holds set until = now() - interval '1 second' where shopper_id = ${first.shopper_id}`.execute(
    db,
  );
  await inTransaction(db, (tx) => endOverdueClaims(tx, 100));
  await moveUp(context, { merchant_id: 'shop', product_sku: 'MUG' });
  expect(await linesOf(second)).toEqual([{ sku: 'MUG', quantity: 1, price: 1400, offer: POST.mug }]);
  await setStock(context, 'MUG', 1_000_000);
});

test('an offer that the catalog does not name any more is over: the page says was, is and why, and that is paid', async () => {
  const held = await aCart(shop, [{}], 'offer@mail.example');
  await sendAll(context);
  await sells(context);
  const [mail] = await mailsTo(shop, 'offer@mail.example');
  const link = /http:\S+\/c\/\S+/.exec(mail?.text ?? '')?.[0] as string;
  const page = await shop.visitor().open(link);
  expect(page.text).toMatch(
    /Your cart at Acme Stoneware Another price than before Stoneware mug: was \$14\.00, is \$18\.00; the offer of the post that you replied to has ended\./,
  );
  await pays(shop, held);
  const [order] = await db.selectFrom('orders').selectAll().where('cart_id', '=', held.cart_id).execute();
  expect(order).toMatchObject({ subtotal: 1800 });
  await sells(context, ...offers);
});

test('a promised offer outlives its end in the catalog', async () => {
  const policy = 'price_policy: promised\n        promised_hours: 48';
  await sells(context, ...mugAt('18.00', { policy, offer: '14.00' }));
  const held = await aCart(shop);
  await sells(context, ...mugAt('19.00', { policy }));
  expect(await linesOf(held)).toMatchObject([{ price: 1400 }]);
  // Also where it is asked for once more, by a reply to the same post or on the product's page.
  const again = aReply({
    author: held.shopper_id,
    text: '#AddToCart x2',
    id: newPostId(new Date(Date.now() + 1000)),
  });
  await deliver(context, again);
  expect(await linesOf(held)).toMatchObject([{ quantity: 2, price: 1400 }]);
  const later = { ...context, now: () => new Date(Date.now() + 5000) };
  await wantProduct(later, held.shopper_id, { merchant_id: 'shop', sku: 'MUG', choice: [], quantity: 3 });
  expect(await linesOf(held)).toMatchObject([{ quantity: 3, price: 1400 }]);
  await sql`update cart_lines set priced_at = priced_at - interval '48 hours' where cart_id = ${held.cart_id}`.execute(
    db,
  );
  expect(await linesOf(held)).toMatchObject([{ price: 1900 }]);
  expect((await open(held.path)).text).toContain(
    'was $14.00, is $19.00; the offer of the post that you replied to has ended.',
  );
  await sells(context, ...offers);
});

test('an offer of less than half has to be confirmed, once; a plan shows offers that come, change and go', async () => {
  const cheap = catalogOf(campaignWith(...mugAt('18.00', { offer: '1.40' })));
  await expect(applyCatalog(db, cheap, 'test')).rejects.toThrow(
    `MUG of shop at post ${POST.mug}: 14.00 → 1.40 USD`,
  );
  expect((await planCatalog(db, cheap)).falls).toMatchObject([
    { post_id: POST.mug, before: 1400, after: 140 },
  ]);
  const post = { what: 'post', merchant_id: 'shop', sku: 'MUG', post_id: POST.mug };
  const planned = async (offer?: string) =>
    (await planCatalog(db, catalogOf(campaignWith(...mugAt('18.00', offer ? { offer } : {}))))).changes.find(
      ({ sku, what }) => sku === 'MUG' && what === 'post',
    );
  expect(await planned('15.00')).toEqual({
    kind: 'changed',
    ...post,
    fields: [{ key: 'price', before: '14.00', after: '15.00' }],
  });
  expect(await planned()).toMatchObject({ fields: [{ before: '14.00', after: null }] });
  expect(await planned('14.00')).toBeUndefined();
  await applyCatalog(db, cheap, 'test', ['MUG']);
  expect(await applyCatalog(db, cheap, 'test')).toBeUndefined();
  await sells(context, ...offers);
});

test('the export of a catalog with offers and promises is that catalog', async () => {
  const text = campaignWith(
    ...mugAt('18.00', { policy: 'price_policy: lower_of\n        promised_hours: 12', offer: '14.00' }),
  );
  const file = catalogOf(text);
  const written = writeCatalog(file, 'exported');
  expect(written).toContain('price: "14.00"');
  expect(catalogOf(written)).toEqual(file);
});

test('what X shows of a post is compared with the price that holds there', async () => {
  const [mug] = await offeredPosts(db, [POST.mug]);
  expect(mug?.prices).toEqual([1400]);
  expect((await offeredPosts(db, [PLAIN]))[0]?.prices).toEqual([1800]);
});

test.each([
  ['price: "14.000"', 'error: USD has 2 decimals: "14.000" does not fit'],
  ['price: 14.00', 'error: price must stand in quotes: "14.00"'],
  ['price: "0.10"', 'error: the smallest amount that can be charged is 0.50 USD'],
  ['price: "18.00"', 'warning: is no offer: the product costs 18.00 everywhere'],
  ['prize: "14.00"', 'error: unknown key prize: did you mean price? Known here: url, price'],
  [
    'price: "14.00" }\n          - { url: https://x.com/shop/status/2080761390596595240, price: "13.00"',
    'error: is 13.00, but at the same post it is 14.00 already: write one of them',
  ],
])('an offer with %s is told of, with its place', (offer, said) => {
  const text = campaignWith([
    '- https://x.com/shop/status/2080761390596595240',
    `- { url: https://x.com/shop/status/2080761390596595240, ${offer} }`,
  ]);
  const { faults } = readCatalog(text);
  expect(faults.map(({ kind, message }) => `${kind}: ${message}`)).toContain(said);
  const lines = text.split('\n');
  for (const { line } of faults) expect(lines[line - 1]).toContain('{ url:');
});

test.each([
  [
    'price_policy: promised',
    'error: is promised: write promised_hours, too, for how many hours the price at the reply counts',
  ],
  ['promised_hours: 5', 'warning: says nothing: price_policy is current, so nothing is promised'],
  [
    'price_policy: promise',
    'error: price_policy must be one of these: current, promised, lower_of; did you mean promised?',
  ],
])('a product with %s is told of', (policy, said) => {
  const { faults } = readCatalog(campaignWith(...mugAt('18.00', { policy })));
  expect(faults.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([said]);
});
