import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { moveUp } from '../src/actions/move-up.ts';
import { dueMails } from '../src/db/mails.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, aLink, type Held } from './harness/carts.ts';
import { aFolder } from './harness/folder.ts';
import { aShopper, cartOf, deliver, outcomeOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { countsOf, setStock } from './harness/stock.ts';
import type { Visitor } from './harness/visitor.ts';

const shop = await aShop();
const { context, app } = shop;
const { db } = context;
const { PUBLIC_URL } = context.config;

const at = (path: string): string => `${PUBLIC_URL}${path}`;
const open = (path: string): Promise<Visitor> => shop.visitor().open(at(path));

/** Sends a shopper's mails, without waiting for their quiet time. Returns the newest. */
async function newestMail(shopper_id: string) {
  await db
    .updateTable('mails')
    .set({ due_at: new Date(0) })
    .where('shopper_id', '=', shopper_id)
    .execute();
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  const { x_user_id, email } = await db
    .selectFrom('shoppers')
    .select(['x_user_id', 'email'])
    .where('x_user_id', '=', shopper_id)
    .executeTakeFirstOrThrow();
  const mail = (await shop.mails()).find(({ to }) => to.includes(email ?? ''));
  if (!mail) throw new Error(`no mail to ${x_user_id}`);
  return mail;
}

/** The address behind one of a mail's links. */
function linkOf(mail: { text: string }, text: string): string {
  const lines = mail.text.split('\n');
  const link = lines[lines.indexOf(text) + 1];
  if (!lines.includes(text) || !link) throw new Error(`no link "${text}" in:\n${mail.text}`);
  return link;
}

const setProduct = (sku: string, values: Record<string, unknown>) =>
  db.updateTable('products').set(values).where('sku', '=', sku).execute();

test('a line shows its picture, from its own host only, and is as good without', async () => {
  const { path } = await aCart(shop, [{}, { to: POST.ebook }]);
  await setProduct('MUG', { image: 'https://pictures.example/mug.png?w=144' });
  const page = await open(path);
  expect(page.html).toContain('<img src="https://pictures.example/mug.png?w=144" alt="Stoneware mug"');
  expect(page.html.match(/<img/g)).toHaveLength(1);
  const policyOf = async (of: string) => (await app.request(at(of))).headers.get('content-security-policy');
  expect(await policyOf(path)).toContain("img-src 'self' https://pictures.example data:;");
  for (const other of ['/', '/cart', `${path}/empty`])
    expect(await policyOf(other)).toContain("img-src 'self' data:;");
  await setProduct('MUG', { image: null });
  expect(await policyOf(path)).toContain("img-src 'self' data:;");
});

test('a picture of ours comes from its folder, whole and once; nothing else does', async () => {
  const folder = aFolder({ 'shown/mugs/a b.png': 'a picture', 'shown/notes.txt': 'no', 'outside.png': 'no' });
  context.config.PICTURES = `${folder}/shown`;
  const { path } = await aCart(shop);
  await setProduct('MUG', { image: '/pictures/mugs/a b.png' });
  const page = await open(path);
  const address = '/pictures/mugs/a%20b.png';
  expect(page.html).toContain(`<img src="${address}" alt="Stoneware mug"`);
  expect((await app.request(at(path))).headers.get('content-security-policy')).toContain(
    "img-src 'self' data:;",
  );
  const answer = await app.request(at(address));
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'image/png',
    'a picture',
  ]);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const etag = answer.headers.get('etag') as string;
  expect((await app.request(at(address), { headers: { 'if-none-match': etag } })).status).toBe(304);
  for (const other of [
    'notes.txt',
    'none.png',
    '..%2foutside.png',
    '%2e%2e/outside.png',
    'mugs',
    'mugs/',
    '%00.png',
  ])
    expect([other, (await app.request(at(`/pictures/${other}`))).status]).toEqual([other, 404]);
  await setProduct('MUG', { image: null });
});

test('mails load no picture', async () => {
  await setProduct('MUG', { image: 'https://pictures.example/mug.png' });
  const { shopper_id } = await aCart(shop, [{}], 'picture@mail.example');
  const { html } = await newestMail(shopper_id);
  expect(html).toContain('Stoneware mug');
  expect(html).not.toMatch(/<img|pictures\.example|url\(/);
  await setProduct('MUG', { image: null });
});

test('a line says why it is here, what it cost, and how long it is kept', async () => {
  await setStock(context, 'STICKER', 9);
  const { path } = await aCart(shop, [{ to: POST.sticker, text: '#AddToCart x2' }]);
  await setProduct('STICKER', { price: 300 });
  const page = await open(path);
  await setProduct('STICKER', { price: 250 });
  expect(page.text).toContain('was $2.50 when you replied: the merchant has changed it since');
  expect(page.text).toMatch(/kept for you until .* \(2[34] h (\d+ min )?left\)/);
  expect(page.html).toMatch(/href="[^"]+\/i\/status\/\d+" rel="noreferrer">your reply</);
  expect(page.html).toMatch(new RegExp(`/i/status/${POST.sticker}" rel="noreferrer">the product post<`));
});

const tee = (text: string) => ({ to: POST.tee, text });

test('another option takes a line’s place, with its pieces; those that were kept are free again', async () => {
  await setStock(context, 'TEE', 5);
  const { path, shopper_id } = await aCart(shop, [tee('#AddToCart red M x2')]);
  const page = await open(path);
  await page.submit(`${path}/option`, { to: 'TEE-BLUE-L' });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop TEE-BLUE-L': 2 });
  expect([await countsOf(context, 'TEE-RED-M'), await countsOf(context, 'TEE-BLUE-L')]).toMatchObject([
    { held: 0 },
    { held: 2 },
  ]);
  expect(page.text).toContain('You wrote #AddToCart'); // it goes back to the same reply
  await page.submit(`${path}/option`, { to: 'TEE-RED-M' });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop TEE-RED-M': 2 });
});

test('an option that is in the cart already gets the pieces in addition', async () => {
  await setStock(context, 'TEE', 5);
  const { path, shopper_id } = await aCart(shop, [tee('#AddToCart red M x2'), tee('#AddToCart blue L')]);
  await (await open(path)).submit(`${path}/option`, { sku: 'TEE-RED-M', to: 'TEE-BLUE-L' });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop TEE-BLUE-L': 3 });
});

test.each([
  ['that is sold out', 'TEE-BLACK-S', 'Only 1 are left.'],
  ['of another product', 'MUG', ''],
  ['that does not exist', 'TEE-PINK-S', ''],
])('an option %s is not taken, and the line stays', async (_name, to, said) => {
  await setStock(context, 'TEE', 5);
  await db.updateTable('variants').set({ stock: 1 }).where('sku', '=', 'TEE-BLACK-S').execute();
  const { path, shopper_id } = await aCart(shop, [tee('#AddToCart red M x2')]);
  const page = await (await open(path)).submit(`${path}/option`, { to });
  expect(page.text).toContain(said);
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop TEE-RED-M': 2 });
  expect(await countsOf(context, 'TEE-RED-M')).toMatchObject({ held: 2 });
});

test('two who want the last piece of another option at once: one gets it, and the other keeps what they have', async () => {
  await setStock(context, 'TEE', 5);
  await db.updateTable('variants').set({ stock: 1 }).where('sku', '=', 'TEE-BLACK-S').execute();
  const [one, other] = [
    await aCart(shop, [tee('#AddToCart red M')]),
    await aCart(shop, [tee('#AddToCart blue M')]),
  ];
  const pages = await Promise.all([one, other].map(({ path }) => open(path)));
  await Promise.all(
    pages.map((page, n) => page.submit(`${[one, other][n]?.path}/option`, { to: 'TEE-BLACK-S' })),
  );
  const carts = await Promise.all([one, other].map(({ shopper_id }) => cartOf(context, shopper_id)));
  expect(carts.filter((cart) => 'shop TEE-BLACK-S' in cart)).toHaveLength(1);
  expect(carts.map((cart) => Object.values(cart))).toEqual([[1], [1]]);
  expect(await countsOf(context, 'TEE-BLACK-S')).toMatchObject({ held: 1 });
});

test('options that nobody can have are marked', async () => {
  await setStock(context, 'TEE', 5);
  await db.updateTable('variants').set({ stock: 0 }).where('sku', '=', 'TEE-BLACK-S').execute();
  await db.updateTable('variants').set({ paused: true }).where('sku', '=', 'TEE-BLACK-M').execute();
  const { path } = await aCart(shop, [tee('#AddToCart red M')]);
  const { html } = await open(path);
  await db.updateTable('variants').set({ paused: null }).execute();
  expect(html).toContain('<option value="TEE-BLACK-S" disabled="">BLACK, S (sold out)</option>');
  expect(html).toContain('<option value="TEE-BLACK-M" disabled="">BLACK, M (not for sale now)</option>');
  expect(html).toContain('<option value="TEE-RED-M" selected="">RED, M</option>');
});

test('a change on the page is undone on the page, and what was taken out is put back', async () => {
  const { path, shopper_id } = await aCart(shop, [{ text: '#AddToCart x2' }]);
  const page = await open(path);
  await page.submit(`${path}/items`, { quantity: '5' });
  expect(page.text).toContain('Undo: back to 2');
  await page.submit(`${path}/items`);
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 2 });
  await page.submit(`${path}/items`, { quantity: '0' });
  expect(await cartOf(context, shopper_id)).toEqual({});
  expect(page.text).toContain('Taken out 2 × Stoneware mug Put back 2');
  await page.submit(`${path}/items`);
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 2 });
  expect(page.text).not.toContain('Taken out');
});

test('the page says what has changed since the mail whose link opened it', async () => {
  await setStock(context, 'STICKER', 9);
  const { shopper_id } = await aCart(
    shop,
    [{}, { to: POST.sticker, text: '#AddToCart x2' }, { to: POST.ebook }],
    'since@mail.example',
  );
  const link = linkOf(await newestMail(shopper_id), 'See the cart and pay');
  expect((await shop.visitor().open(link)).text).not.toContain('Since our mail');
  const page = await shop.visitor().open(link);
  await page.submit('/items', { sku: 'EBOOK', quantity: '0' });
  await deliver(context, aReply({ author: shopper_id, to: POST.sticker, text: '#AddToCart x3' }));
  await setProduct('MUG', { price: 2000 });
  await setProduct('STICKER', { paused: true });
  const { text } = await shop.visitor().open(link);
  await setProduct('MUG', { price: 1800 });
  await setProduct('STICKER', { paused: false });
  for (const said of [
    'Pottery at home (e-book) is not in the cart any more.',
    'Sticker: 3 instead of 2, by a later reply of yours.',
    'Stoneware mug: was $18.00, is $20.00; the merchant has changed it since',
    'Sticker: not for sale at the moment.',
  ])
    expect(text).toContain(said);
});

/** A cart with two mugs that cannot fail, and three stickers, of which others have taken all but one since. */
async function shortCart(): Promise<Held & { page: Visitor }> {
  await setStock(context, 'STICKER', 9);
  const held = await aCart(shop, [{ text: '#AddToCart x2' }, { to: POST.sticker, text: '#AddToCart x3' }]);
  const page = await open(held.path);
  await sql`delete from holds where shopper_id = ${held.shopper_id} and sku = 'STICKER'`.execute(db);
  await db.updateTable('variants').set({ stock: 1 }).where('sku', '=', 'STICKER').execute();
  return { ...held, page };
}

test('sold out at the checkout: the ways on, and what is left is paid', async () => {
  const { page, path, shopper_id } = await shortCart();
  await page.submit(`${path}/checkout`);
  expect(page.status).toBe(200);
  for (const said of [
    'Please look once more',
    'only 1 left',
    'Pay $43.40 for what is left',
    'That is 2 × Stoneware mug and 1 × Sticker.',
    'Put the rest on the waiting list',
    'You wait for 2 × Sticker.',
    'Change the cart to what is left',
  ])
    expect(page.text).toContain(said);
  await page.submit(`${path}/rest`);
  expect(page.url).toContain(shop.stripe);
  expect(page.text).toContain('$43.40');
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 2, 'shop STICKER': 1 });
});

test('the rest is put on the waiting list, and comes when it is its turn', async () => {
  const { page, path, shopper_id } = await shortCart();
  await page.submit(`${path}/checkout`);
  await page.submit(`${path}/wait`);
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 2, 'shop STICKER': 1 });
  expect(page.text).toContain('You are waiting for 2 × Sticker You are the next.');
  expect(page.text).toContain('Pay $43.40');
  await db.updateTable('variants').set({ stock: 9 }).where('sku', '=', 'STICKER').execute();
  await moveUp(context, { merchant_id: 'shop', product_sku: 'STICKER' });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 2, 'shop STICKER': 3 });
  expect(await countsOf(context, 'STICKER')).toMatchObject({ waiting: 0 });
});

test('what was put into the cart on the page can be waited for, too', async () => {
  await setStock(context, 'TEE', 9);
  const { path, shopper_id } = await aCart(shop, [tee('#AddToCart')]);
  const page = await open(path);
  await page.submit(`${path}/items`, { sku: 'TEE-RED-M', quantity: '2' });
  await sql`delete from holds where shopper_id = ${shopper_id}`.execute(db);
  await db.updateTable('variants').set({ stock: 0 }).where('sku', '=', 'TEE-RED-M').execute();
  await page.open(at(path));
  expect(page.text).toContain('Nothing of it can be bought now.');
  await page.submit(`${path}/wait`);
  expect(await cartOf(context, shopper_id)).toEqual({});
  await db.updateTable('variants').set({ stock: 9 }).where('sku', '=', 'TEE-RED-M').execute();
  await moveUp(context, { merchant_id: 'shop', product_sku: 'TEE' });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop TEE-RED-M': 2 });
});

test('what is left is looked at again when it is to be paid', async () => {
  const { page, path, shopper_id } = await shortCart();
  await page.submit(`${path}/checkout`);
  await db.updateTable('variants').set({ stock: 0 }).where('sku', '=', 'STICKER').execute();
  await page.submit(`${path}/rest`);
  expect(page.text).toContain('Please look once more');
  expect(page.text).toContain('Pay $40.90 for what is left');
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 2, 'shop STICKER': 3 });
  await page.submit(`${path}/rest`);
  expect(page.url).toContain(shop.stripe);
});

test.each<[string, Record<string, unknown>, Record<string, number>]>([
  ['a limit that is lower now', { purchase_limit: 1 }, { 'shop MUG': 2, 'shop STICKER': 1 }],
  ['a pause', { paused: true }, { 'shop MUG': 2 }],
  ['an end', { ends_at: new Date('2026-01-01') }, { 'shop MUG': 2 }],
  ['a product that is withdrawn', { withdrawn_at: new Date() }, { 'shop MUG': 2 }],
])('%s leaves what can be bought, and no waiting list', async (_name, values, expected) => {
  await setStock(context, 'STICKER', 9);
  const { path, shopper_id } = await aCart(shop, [
    { text: '#AddToCart x2' },
    { to: POST.sticker, text: '#AddToCart x3' },
  ]);
  await setProduct('STICKER', values);
  const page = await (await open(path)).submit(`${path}/trim`);
  await setProduct('STICKER', { purchase_limit: 10, paused: false, ends_at: null, withdrawn_at: null });
  expect(page.html).not.toContain(`${path}/wait`);
  expect(await cartOf(context, shopper_id)).toEqual(expected);
});

test('a second option by a reply is asked about in the mail: both, or only that one', async () => {
  await setStock(context, 'TEE', 9);
  const author = await aShopper(context, 'both@mail.example');
  await deliver(context, aReply({ author, ...tee('#AddToCart red M') }));
  expect((await newestMail(author)).text).not.toContain('Do you want both');
  await deliver(context, aReply({ author, ...tee('#AddToCart red L') }));
  const mail = await newestMail(author);
  expect(mail.text).toContain(
    'You have Logo T-shirt (RED, M) in your cart, too. Do you want both, or only Logo T-shirt (RED, L)?',
  );
  const both = await shop.visitor().open(linkOf(mail, 'Both'));
  expect(both.text).toContain('Total $52.90');
  const only = await shop.visitor().open(linkOf(mail, 'Only Logo T-shirt (RED, L)'));
  expect(only.text).toContain('Both, or only Logo T-shirt (RED, L)?');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-RED-L': 1, 'shop TEE-RED-M': 1 });
  await only.submit('/only');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-RED-L': 1 });
  expect(only.text).toContain('Taken out 1 × Logo T-shirt (RED, M)');
});

test('a question’s answers are in the mail: a tap, and a button that confirms it', async () => {
  await setStock(context, 'TEE', 2);
  const author = await aShopper(context, 'answers@mail.example');
  const reply = aReply({ author, ...tee('#AddToCart x2') });
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe('asked: missing_option');
  await db.updateTable('variants').set({ stock: 1 }).where('sku', '=', 'TEE-BLACK-S').execute();
  const mail = await newestMail(author);
  expect(() => linkOf(mail, 'BLACK, S')).toThrow(); // there are not two of it
  const page = await shop.visitor().open(linkOf(mail, 'BLUE, L'));
  expect(page.text).toContain('Logo T-shirt (BLUE, L): put it into the cart? 2 × $24.00');
  expect(await cartOf(context, author)).toEqual({});
  await page.submit('/items');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-BLUE-L': 2 });
  expect(page.url).toMatch(/\/c\/[\w-]{43}$/);
  const again = await shop.visitor().open(linkOf(mail, 'BLUE, L'));
  expect(again.text).toContain('It is in your cart already.');
});

test('what a reply has named is not asked again', async () => {
  await setStock(context, 'TEE', 2);
  await db.updateTable('variants').set({ stock: 0 }).where('sku', '=', 'TEE-RED-XL').execute();
  const author = await aShopper(context, 'named@mail.example');
  await deliver(context, aReply({ author, ...tee('#AddToCart red') }));
  const { text } = await newestMail(author);
  expect(text.match(/^\w+, \w+$/gm)).toEqual(['RED, S', 'RED, M', 'RED, L']); // XL is sold out
});

test('two numbers in a reply are asked about with numbers', async () => {
  const author = await aShopper(context, 'numbers@mail.example');
  await deliver(context, aReply({ author }));
  const reply = aReply({ author, text: '#AddToCart x2 x3' });
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe('asked: conflicting_quantity');
  const page = await shop.visitor().open(linkOf(await newestMail(author), '3 × Stoneware mug'));
  await page.submit('/items');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 3 });
});

test('what two products are asked about is answered by a tap, too', async () => {
  await setStock(context, 'TEE', 9);
  const author = await aShopper(context, 'products@mail.example');
  await deliver(context, aReply({ author, to: POST.mugAndTee }));
  const mail = await newestMail(author);
  const page = await shop.visitor().open(linkOf(mail, 'Stoneware mug'));
  await page.submit('/items');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
  expect(linkOf(mail, 'Logo T-shirt (RED, M)')).toContain('choose?sku=TEE-RED-M');
});

test('every mail about a cart has the link that empties it, by one press on its page', async () => {
  const { shopper_id } = await aCart(
    shop,
    [{ text: '#AddToCart x2' }, { to: POST.ebook }],
    'empty@mail.example',
  );
  const mail = await newestMail(shopper_id);
  expect(mail.text).toContain('Deleting your reply on X does not empty the cart');
  const page = await shop.visitor().open(linkOf(mail, 'Take everything out of the cart'));
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop EBOOK': 1, 'shop MUG': 2 });
  await page.submit('/empty');
  expect(await cartOf(context, shopper_id)).toEqual({});
  expect(page.text).toContain('Nothing is in this cart.');
  expect(page.text).toContain('Taken out');
});

test('the mail with lost links says so, too', async () => {
  const { shopper_id } = await aCart(shop, [{}], 'lostlinks@mail.example');
  await newestMail(shopper_id);
  await (await open('/cart')).submit('/cart', { email: 'lostlinks@mail.example' });
  const mail = await newestMail(shopper_id);
  const page = await shop.visitor().open(linkOf(mail, 'Take everything out of the cart at Acme Stoneware'));
  expect(page.text).toContain('Take everything out of your cart at Acme Stoneware?');
});

test('who only waits has a link to stop waiting', async () => {
  await setStock(context, 'STICKER', 0);
  const author = await aShopper(context, 'waits@mail.example');
  await deliver(context, aReply({ author, to: POST.sticker }));
  const mail = await newestMail(author);
  const page = await shop.visitor().open(linkOf(mail, 'See what you wait for, or stop waiting'));
  expect(page.text).toContain('You are waiting for 1 × Sticker');
  await page.submit('/waiting');
  expect(page.text).not.toContain('You are waiting');
});

test('links that open no cart all give the same helpful page, whatever is wrong with them', async () => {
  const { cart_id, path } = await aCart(shop);
  const expired = await aLink(shop, cart_id, new Date(Date.now() - 1000));
  const links = [
    expired,
    `${path}x`,
    path.slice(0, -1),
    `/c/${path.slice(3).toUpperCase()}`,
    '/c/1',
    '/c',
    '/c/',
    `/c/${'a'.repeat(3000)}`,
    '/c/%00',
    '/c/%E0%A4%A',
    `/c/${encodeURIComponent("' or 1=1 --")}`,
    `/c/${cart_id}`,
  ];
  const below = ['', '/items', '/choose?sku=MUG', '/only?sku=MUG', '/empty', '/rest', '/what/ever'];
  const requests = [
    ...links.map((link) => [link, 'GET'] as const),
    ...below.map((sub) => [`${expired}${sub}`, 'GET'] as const),
    ...below.slice(1).map((sub) => [`${expired}${sub}`, 'POST'] as const),
  ];
  const pages = await Promise.all(
    requests.map(async ([link, method]) => {
      const init = method === 'GET' ? { method } : { method, body: '', headers: { origin: PUBLIC_URL } };
      const response = await app.request(at(link), init);
      return [link, method, response.status, await response.text()] as const;
    }),
  );
  const [, , , helpful] = pages[0] as (typeof pages)[number];
  expect(helpful).toContain('<form method="post" action="/cart">');
  for (const [link, method, status, page] of pages)
    expect([link, method, status, page]).toEqual([link, method, 404, helpful]);
});

test.each(['/items', '/option', '/checkout', '/rest', '/wait', '/trim', '/waiting', '/what/ever'])(
  'whoever opens %s of a cart anew sees the cart',
  async (below) => {
    const { path } = await aCart(shop);
    const page = await open(`${path}${below}`);
    expect([page.url, page.status]).toEqual([at(path), 200]);
  },
);

test('a page that is opened by a link shows no address, no handle and no other merchant’s cart', async () => {
  const { shopper_id } = await aCart(shop, [{}, { to: POST.rivalCup }], 'private@mail.example');
  const { id } = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .where('merchant_id', '=', 'shop')
    .executeTakeFirstOrThrow();
  const path = await aLink(shop, id);
  const { username } = await db
    .selectFrom('shoppers')
    .select('username')
    .where('x_user_id', '=', shopper_id)
    .executeTakeFirstOrThrow();
  for (const below of ['', '/empty', '/choose?sku=MUG', '/choose?sku=CUP', '/only?sku=CUP']) {
    const { html } = await open(`${path}${below}`);
    for (const secret of ['private@mail', `@${username}`, 'Rival', 'CUP']) expect(html).not.toContain(secret);
  }
});
