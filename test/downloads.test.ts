import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { deliverOrder } from '../src/actions/deliver-order.ts';
import { eraseShopper } from '../src/actions/erase-shopper.ts';
import { examine } from '../src/actions/examine.ts';
import { openFileBelow } from '../src/actions/file-below.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { downloadsOf } from '../src/db/downloads.ts';
import { readCase } from '../src/db/support-case.ts';
import { entryText } from '../src/views/support-texts.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { aCart, type Held } from './harness/carts.ts';
import { aGoodsShop, BOOK, GOODS_POST } from './harness/goods-shop.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';

const { shop, folder } = await aGoodsShop();
const { context } = shop;
const { db, config } = context;

let readers = 0;

/** A shopper who has paid for what is offered at these posts, with their order. */
async function aReader(...posts: string[]): Promise<Held & { email: string; order_id: string }> {
  const email = `reader${++readers}@mail.example`;
  const held = await aCart(
    shop,
    posts.map((to) => ({ to })),
    email,
  );
  await pays(shop, held);
  const { id } = await db
    .selectFrom('orders')
    .select('id')
    .where('shopper_id', '=', held.shopper_id)
    .executeTakeFirstOrThrow();
  return { ...held, email, order_id: id };
}

/** The addresses of downloads in the newest mail that brings any. */
async function links({ email }: { email: string }): Promise<string[]> {
  await sendAll(context);
  const mail = (await mailsTo(shop, email)).find(({ subject }) => subject.includes('what you bought'));
  return mail?.text.match(/http:\/\/localhost:3999\/d\/\S+/g) ?? [];
}

const press = (address: string): Promise<Response> =>
  Promise.resolve(shop.app.request(address, { method: 'POST', headers: { origin: config.PUBLIC_URL } }));
const get = (address: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(shop.app.request(new URL(address, config.PUBLIC_URL).href, { headers }));
const uses = async (order_id: string): Promise<number> =>
  (await downloadsOf(db, order_id)).reduce((sum, each) => sum + each.uses.length, 0);
/** As if the last ones were some time ago. */
const later = (order_id: string) =>
  db
    .updateTable('download_uses')
    .set({ at: new Date(Date.now() - 3_600_000) })
    .where('download_id', 'in', db.selectFrom('downloads').select('id').where('order_id', '=', order_id))
    .execute();

test('a mail brings the download: looking counts nothing, pressing does and brings the file, as often as was sold', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  for (let look = 0; look < 5; look++) expect((await get(address)).status).toBe(200);
  expect(await uses(reader.order_id)).toBe(0);
  const page = await shop.visitor().open(address);
  expect(page.text).toContain('Pottery at home (e-book)');
  expect(page.text).toContain('You can download it 2 times more, until');
  const pass = await press(address);
  expect(pass.status).toBe(303);
  const file = await get(pass.headers.get('location') as string);
  expect(await file.text()).toBe(BOOK);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition':
      'attachment; filename="pottery at home.txt"; filename*=UTF-8\'\'pottery%20at%20home.txt',
    'content-length': String(BOOK.length),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  });
  // The connection broke, and the button was pressed again: that counts once.
  expect((await press(address)).headers.get('location')).toBe(pass.headers.get('location'));
  expect(await uses(reader.order_id)).toBe(1);
  await later(reader.order_id);
  expect((await press(address)).status).toBe(303);
  await later(reader.order_id);
  await press(address);
  expect(await uses(reader.order_id)).toBe(2);
  expect((await shop.visitor().open(address)).text).toContain('as often as it could be');
});

test('many press at once: never more than was sold', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  const answers = await Promise.all([...Array(8)].map(() => press(address)));
  expect(new Set(answers.map((answer) => answer.headers.get('location'))).size).toBe(1);
  expect(await uses(reader.order_id)).toBe(1);
});

test('parts of the file, so that a browser goes on where the connection broke', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  const file = (await press(address)).headers.get('location') as string;
  const etag = (await get(file)).headers.get('etag') as string;
  const part = async (headers: Record<string, string>) => {
    const answer = await get(file, headers);
    return [answer.status, answer.headers.get('content-range'), await answer.text()];
  };
  expect(await part({ range: 'bytes=8-10' })).toEqual([206, `bytes 8-10/${BOOK.length}`, 'one']);
  expect(await part({ range: 'bytes=-5' })).toEqual([206, expect.any(String), BOOK.slice(-5)]);
  expect(await part({ range: 'bytes=8-', 'if-range': etag })).toEqual([
    206,
    expect.any(String),
    BOOK.slice(8),
  ]);
  expect(await part({ range: 'bytes=8-', 'if-range': '"other"' })).toEqual([200, null, BOOK]);
  expect(await part({ range: 'bytes=999-' })).toEqual([416, `bytes */${BOOK.length}`, '']);
  const head = await shop.app.request(new URL(file, config.PUBLIC_URL).href, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(BOOK.length)]);
  expect(await uses(reader.order_id)).toBe(1);
});

test('an address is where a download leads to, and it is counted, too', async () => {
  const reader = await aReader(GOODS_POST.film);
  const [address = ''] = await links(reader);
  expect((await press(address)).headers.get('location')).toBe('https://films.acme.example/bowl.mp4');
  expect(await uses(reader.order_id)).toBe(1);
});

test('keys that are none of ours open nothing, and tell nothing', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  const file = (await press(address)).headers.get('location') as string;
  const [own = ''] = file.split('/').slice(-1);
  const other = await aReader(GOODS_POST.ebook);
  const [foreign = ''] = await links(other);
  for (const wrong of [
    '/d/',
    '/d/1',
    address.slice(0, -1),
    address.replace(/\/d\/\d+/, '/d/999999'),
    foreign.replace(/^.*-/, address.split('-')[0] as string),
  ])
    expect([wrong, (await get(wrong)).status]).toEqual([wrong, 404]);
  // Somebody else's pass leads to the page, not to the file.
  const answer = await get(`${foreign}/${own}`);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(foreign).pathname]);
  const foreignSite = await shop.app.request(address, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(foreignSite.status).toBe(403);
});

test('a payment that goes back ends its downloads at once, also one that is under way', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  const file = (await press(address)).headers.get('location') as string;
  const { refund_id } = await refundOrder(context, reader.order_id, { restock: false, by: 'test' });
  await later(reader.order_id);
  expect((await shop.visitor().open(address)).text).toContain('Your payment for it was given back');
  expect((await get(file)).status).toBe(303);
  await press(address);
  expect(await uses(reader.order_id)).toBe(1);
  await giveRefund(context, { refund_id });
  expect((await shop.visitor().open(address)).text).toContain('Your payment for it was given back');
  await expect(deliverOrder(context, reader.order_id, 'test')).rejects.toThrow('was given back');
});

test('a refund that names it ends one download, and leaves the other', async () => {
  const reader = await aReader(GOODS_POST.ebook, GOODS_POST.film);
  const [book = '', film = ''] = await links(reader);
  const of = [{ sku: 'EBOOK' }];
  const { amount } = await refundOrder(context, reader.order_id, { of, restock: false, by: 'test' });
  expect(amount).toBe(900);
  await press(book);
  expect(await uses(reader.order_id)).toBe(0);
  await press(film);
  expect(await uses(reader.order_id)).toBe(1);
  expect((await shop.visitor().open(book)).text).toContain('Your payment for it was given back');
});

test('a download ends with its time; staff give it anew, and the links of before end', async () => {
  const reader = await aReader(GOODS_POST.ebook, GOODS_POST.film);
  const before = await links(reader);
  expect(before).toHaveLength(2);
  await db
    .updateTable('downloads')
    .set({ expires_at: new Date() })
    .where('order_id', '=', reader.order_id)
    .execute();
  expect((await shop.visitor().open(before[0] as string)).text).toContain('time in which it could be');
  await deliverOrder(context, reader.order_id, 'test');
  const after = await links(reader);
  expect(after).toHaveLength(2);
  expect(before.some((address) => after.includes(address))).toBe(false);
  expect((await shop.visitor().open(after[0] as string)).text).toContain('2 times more');
  const [mail] = await mailsTo(shop, reader.email);
  expect(mail?.text).toContain('do not work any more');
  await deliverOrder(context, reader.order_id, 'test');
  expect(await links(reader)).toHaveLength(2);
});

test('the order’s page, the support page and the account say what was downloaded when', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  await press(address);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${reader.path}`);
  expect(page.text).toMatch(/Pottery at home \(e-book\) \(once more; downloaded \w+ \d+, \d{4}/);
  expect(page.html).toContain(`href="${new URL(address).pathname}"`);
  const said = (await readCase(db, reader.shopper_id))?.entries.map(entryText).join('\n');
  expect(said).toContain(`Downloaded Pottery at home (e-book) of order ${reader.order_id}: 1 of 2.`);
});

test('nothing outside of the folder is a download: neither by a link nor by a path', async () => {
  writeFileSync(path.join(folder, '../secret.txt'), 'secret');
  symlinkSync('../secret.txt', path.join(folder, 'out.txt'));
  symlinkSync('..', path.join(folder, 'up'));
  symlinkSync('books', path.join(folder, 'shelf'));
  for (const wrong of ['out.txt', 'up/secret.txt', '../secret.txt', '/etc/passwd', 'books', '.', 'none.txt'])
    expect([wrong, await openFileBelow(folder, wrong)]).toEqual([wrong, undefined]);
  const inside = await openFileBelow(folder, 'shelf/pottery at home.txt');
  expect(inside?.size).toBe(BOOK.length);
  await inside?.handle.close();
});

test('a file that is gone is our fault: said so, not counted, and the doctor sees it', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  const place = path.join(folder, 'books/pottery at home.txt');
  const doctor = async () => (await examine(context)).find(({ name }) => name === 'downloads');
  expect(await doctor()).toMatchObject({ state: 'ok' });
  renameSync(place, `${place}.away`);
  const answer = await press(address);
  expect([answer.status, await answer.text()]).toEqual([
    503,
    expect.stringContaining('not where it should be'),
  ]);
  expect(await doctor()).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('pottery at home.txt'),
  });
  renameSync(`${place}.away`, place);
  expect(await uses(reader.order_id)).toBe(0);
  expect((await press(address)).status).toBe(303);
});

test('who is erased leaves no trace of what they downloaded, and nothing to download', async () => {
  const reader = await aReader(GOODS_POST.ebook);
  const [address = ''] = await links(reader);
  await press(address);
  await eraseShopper(context, reader.shopper_id);
  expect(await uses(reader.order_id)).toBe(0);
  expect((await shop.visitor().open(address)).text).toContain('time in which it could be');
});
