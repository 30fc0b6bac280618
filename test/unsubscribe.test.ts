import { expect, test } from '@jest/globals';
import { unsubscribePath } from '../src/actions/unsubscribe.ts';
import { makeKeys } from '../src/crypto.ts';
import { webApp } from '../src/web/server.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { everything } from './harness/everything.ts';
import { endsOf, headerOf, mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { aShopper, cartOf, deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, app } = shop;
const { db, keys, config } = context;

const at = (path: string): string => `${config.PUBLIC_URL}${path}`;
const pathFor = (shopper_id: string): string => unsubscribePath(keys, shopper_id);
const shopperRow = (shopper_id: string) =>
  db.selectFrom('shoppers').selectAll().where('x_user_id', '=', shopper_id).executeTakeFirstOrThrow();
type Body = NonNullable<RequestInit['body']>;
const form = 'application/x-www-form-urlencoded';
const post = (path: string, body: Body, headers: Record<string, string> = {}) =>
  app.request(at(path), { method: 'POST', body, headers });
const oneClick = () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });

test('looking at the page changes nothing, however often; the button ends mail about carts, and another brings it back', async () => {
  const { shopper_id } = await aCart(shop, [{}], 'una@mail.example');
  await sendAll(context);
  const path = pathFor(shopper_id);
  const before = await everything(context);
  for (let n = 0; n < 10; n++) {
    for (const method of ['GET', 'HEAD'])
      for (const page of [path, `${path}/reminders`])
        expect((await app.request(at(page), { method })).status).toBe(200);
  }
  expect(await everything(context)).toBe(before);

  const visitor = await shop.visitor().open(at(path));
  for (const text of [
    'Your replies go on filling your carts',
    'receipts',
    'codes and links that you ask for',
    'your own page',
  ])
    expect(visitor.text).toContain(text);
  await visitor.submit(path);
  expect(visitor.text).toContain('You are unsubscribed');
  await deliver(context, aReply({ author: shopper_id, to: POST.sticker }));
  await sendAll(context);
  expect(await endsOf(context, shopper_id)).toEqual(['update sent', 'update skipped: unsubscribed']);
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 1, 'shop STICKER': 1 });

  await visitor.submit(path);
  expect(visitor.text).toContain('Do you want no more of it?');
  await deliver(context, aReply({ author: shopper_id, to: POST.ebook }));
  await sendAll(context);
  expect(await mailsTo(shop, 'una@mail.example')).toHaveLength(2);
});

test('mail programs unsubscribe by one POST, without cookies and without a page of ours (RFC 8058)', async () => {
  const email = 'oneclick@mail.example';
  const { shopper_id } = await aCart(shop, [{}], email);
  await sendAll(context);
  const [mail] = await mailsTo(shop, email);
  const url = /^<(.*)>$/.exec(headerOf(mail as never, 'List-Unsubscribe') ?? '')?.[1] as string;
  expect(url).toBe(at(pathFor(shopper_id)));
  expect(headerOf(mail as never, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  for (const part of [mail?.text, mail?.html]) expect(part).toContain(url);

  const answers = [await app.request(url, { method: 'POST', body: oneClick() })];
  const first = (await shopperRow(shopper_id)).unsubscribed_at;
  expect(first).not.toBeNull();
  const multipart = new FormData();
  multipart.set('List-Unsubscribe', 'One-Click');
  answers.push(await app.request(url, { method: 'POST', body: multipart }));
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect([answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([null, null]);
  }
  expect((await shopperRow(shopper_id)).unsubscribed_at).toEqual(first);
});

test('nothing else than that POST comes in without the check of where forms come from', async () => {
  const { shopper_id, path: cart } = await aCart(shop);
  const path = pathFor(shopper_id);
  const before = await everything(context);
  for (const [where, body, headers] of [
    [path, new URLSearchParams({ wish: 'unsubscribe' }), {}],
    [path, new URLSearchParams({ wish: 'return' }), { origin: 'https://evil.example' }],
    [path, new URLSearchParams({ 'List-Unsubscribe': 'Two-Clicks' }), {}],
    [path, '', { 'content-type': form }],
    [`${path}/reminders`, oneClick(), {}],
    [`${path}/reminders`, new URLSearchParams({ wish: 'no_reminders' }), {}],
    [
      `${cart}/items`,
      new URLSearchParams({ 'List-Unsubscribe': 'One-Click', sku: 'MUG', quantity: '0' }),
      {},
    ],
    [`${cart}/reminders`, new URLSearchParams({ wish: 'remind' }), { origin: 'https://evil.example' }],
  ] as Array<[string, Body, Record<string, string>]>)
    expect([where, (await post(where, body, headers)).status]).toEqual([where, 403]);
  const json = await post(path, JSON.stringify({ 'List-Unsubscribe': 'One-Click', wish: 'unsubscribe' }), {
    'content-type': 'application/json',
  });
  expect(json.status).toBe(303);
  const large = await post(
    path,
    new URLSearchParams({ 'List-Unsubscribe': 'One-Click', more: 'x'.repeat(70_000) }),
  );
  expect(large.status).toBe(413);
  expect(await everything(context)).toBe(before);
});

test('tokens of others, of other purposes and of nobody open the page that every unknown address opens', async () => {
  const [mine, theirs] = [await aShopper(context), await aShopper(context)];
  const [, signature = ''] = /-([\w-]{43})$/.exec(pathFor(mine)) ?? [];
  const unknown = await (await app.request(at('/nowhere'))).text();
  for (const token of [
    `${theirs}-${signature}`,
    `${mine}-${keys.tokenFor('cart link', mine)}`,
    `${mine}-${signature.slice(0, -1)}`,
    mine,
    signature,
    pathFor('4999999999999999999').slice('/unsubscribe/'.length),
    'a'.repeat(5000),
    '%00',
  ]) {
    const path = `/unsubscribe/${token}`;
    for (const answer of [
      await app.request(at(path)),
      await app.request(at(`${path}/reminders`)),
      await post(path, oneClick()),
      await post(path, new URLSearchParams({ wish: 'unsubscribe' }), { origin: config.PUBLIC_URL }),
    ]) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe(unknown);
    }
  }
  expect((await shopperRow(mine)).unsubscribed_at).toBeNull();
});

test('links in old mails outlive a change of SECRET_KEY', async () => {
  const shopper_id = await aShopper(context);
  const rotated = makeKeys(`a-new-key-of-thirty-two-characters,${config.SECRET_KEY}`);
  const path = pathFor(shopper_id);
  expect(unsubscribePath(rotated, shopper_id)).not.toBe(path);
  const answer = await webApp({ ...context, keys: rotated }).request(at(path), {
    method: 'POST',
    body: oneClick(),
  });
  expect(answer.status).toBe(200);
  expect((await shopperRow(shopper_id)).unsubscribed_at).not.toBeNull();
});

test('who has unsubscribed still gets what they paid and asked for, which cannot be unsubscribed', async () => {
  const email = 'paid@mail.example';
  const held = await aCart(shop, [{ to: POST.ebook }], email);
  await post(pathFor(held.shopper_id), oneClick());
  await pays(shop, held);
  await aCart(shop, [{}], email);
  await (await shop.visitor().open(at('/cart'))).submit('/cart', { email });
  await sendAll(context);
  const mails = await mailsTo(shop, email);
  const subjects = mails.map(({ subject }) => subject.replace(/\d+/, 'n'));
  expect(subjects.sort()).toEqual([
    '[TEST] Here is what you bought: order n (Acme Stoneware)',
    '[TEST] In your cart: Stoneware mug (Acme Stoneware)',
    '[TEST] Receipt for order n (Acme Stoneware)',
    '[TEST] Your carts',
    '[TEST] Your carts',
  ]);
  for (const mail of mails)
    expect([mail.subject, headerOf(mail, 'List-Unsubscribe') !== undefined]).toEqual([
      mail.subject,
      mail.subject.includes('In your cart'),
    ]);
});

test('who has asked us to stop by a reply sees so, and how to come back', async () => {
  const shopper_id = await aShopper(context, 'stop@mail.example');
  await deliver(context, aReply({ author: shopper_id, text: '#AddToCart stop' }));
  expect((await shopperRow(shopper_id)).opted_out_at).not.toBeNull();
  const path = pathFor(shopper_id);
  const visitor = await shop.visitor().open(at(path));
  expect(visitor.text).toContain('your replies put nothing into a cart');
  await deliver(context, aReply({ author: shopper_id }));
  expect(await cartOf(context, shopper_id)).toEqual({});
  await visitor.submit(path);
  expect(visitor.text).toContain('Do you want no more of it?');
  await deliver(context, aReply({ author: shopper_id }));
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 1 });
});
