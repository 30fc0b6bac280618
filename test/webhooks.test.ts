import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { eraseShopper } from '../src/actions/erase-shopper.ts';
import { endWebhook, rotateWebhook, setWebhook } from '../src/actions/merchant-webhook.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { shipOrder } from '../src/actions/ship-order.ts';
import { merchantsToTell, messagesOf, replayMessages } from '../src/db/webhooks.ts';
import { packageRoot } from '../src/root.ts';
import { isPublicAddress } from '../src/webhooks/public-address.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { sendWebhooks } from '../workers/send-webhooks.ts';
import { POST } from './harness/builders.ts';
import { replycart } from './harness/cli.ts';
import { eventually } from './harness/eventually.ts';
import { aPaidOrder } from './harness/paying.ts';
import { aReceiver, type Told } from './harness/receiver.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const BY = 'kim@shop.example';

beforeEach(async () => {
  await db.deleteFrom('webhook_messages').execute();
  await db.deleteFrom('merchant_webhooks').execute();
});

/** A merchant's program, and the secret that it knows. */
async function aListener(merchant = 'shop') {
  const receiver = await aReceiver();
  const { secret = '' } = await setWebhook(context, merchant, receiver.url, BY);
  return Object.assign(receiver, { secret });
}

async function tellAll(): Promise<void> {
  const merchants = await merchantsToTell(db);
  await Promise.all(merchants.map((merchant_id) => sendWebhooks(context, { merchant_id })));
}
const makeDue = () => sql`update webhook_messages set due_at = now() where status = 'pending'`.execute(db);
const newest = async (merchant = 'shop') => (await messagesOf(db, merchant, { limit: 1 }))[0];
const heard = ({ told }: { told: Told[] }) => told.map(({ body }) => JSON.parse(body).type as string);

/** Standard Webhooks, by the letter of the specification: one of the signatures is that of the secret. */
function isSigned({ headers, body }: Told, secret: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return fresh && String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`);
}

/** The example for merchants, as docs/webhooks.md shows it. */
async function documented(): Promise<{
  isOurs: (headers: Told['headers'], body: string, secret: string) => boolean;
}> {
  const page = readFileSync(`${packageRoot}/docs/webhooks.md`, 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

test('an order is told once, signed, with what is needed to send it; then what becomes of it', async () => {
  const listener = await aListener();
  const { id, payment_id } = await aPaidOrder(shop, [{ text: '#AddToCart x2' }], 'ada@mail.example');
  await Promise.all([tellAll(), tellAll()]);
  expect(heard(listener)).toEqual(['order.paid']);
  const [told] = listener.told as [Told];
  expect(isSigned(told, listener.secret)).toBe(true);
  expect(isSigned(told, 'whsec_AAAA')).toBe(false);
  const { isOurs } = await documented();
  expect(isOurs(told.headers, told.body, listener.secret)).toBe(true);
  expect(isOurs(told.headers, `${told.body} `, listener.secret)).toBe(false);
  expect(told.headers['content-type']).toBe('application/json');
  expect(JSON.parse(told.body).data.order).toMatchObject({
    ...{ id, merchant_id: 'shop', status: 'paid', currency: 'USD', total: 4090, payment_id },
    email: 'ada@mail.example',
    ship_to: { address: { country: 'US' } },
    lines: [{ sku: 'MUG', quantity: 2, price: 1800 }],
  });
  await shipOrder(context, id, { carrier: 'DHL', tracking: '1', by: BY });
  await shipOrder(context, id, { carrier: 'DHL', tracking: '1', by: BY });
  const { refund_id } = await refundOrder(context, id, { amount: 500, restock: false, by: BY });
  await giveRefund(context, { refund_id });
  await giveRefund(context, { refund_id });
  await tellAll();
  expect(heard(listener).sort()).toEqual(['order.paid', 'order.refunded', 'order.shipped']);
  const refunded = listener.told.map(({ body }) => JSON.parse(body)).find(({ data }) => data.refund);
  expect(refunded.data.refund).toMatchObject({ amount: 500, reason: 'requested', status: 'succeeded' });
  expect(new Set(listener.told.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
});

test('nobody hears of the orders of others', async () => {
  const [own, rival] = [await aListener(), await aListener('rival')];
  await aPaidOrder(shop, [{ to: POST.rivalCup }]);
  await tellAll();
  expect(heard(own)).toEqual([]);
  expect(heard(rival)).toEqual(['order.paid']);
});

test('what is not taken comes again, later and later, for three days; redirects are not followed', async () => {
  const listener = await aListener();
  await aPaidOrder(shop);
  const waits: number[] = [];
  for (listener.answers.push(...Array(12).fill(302)); ; ) {
    await tellAll();
    const message = await newest();
    if (message?.status !== 'pending') break;
    waits.push(Math.round((message.due_at.getTime() - Date.now()) / 1000));
    await makeDue();
  }
  expect(waits.every((wait, n) => n === 0 || wait >= (waits[n - 1] as number) - 1)).toBe(true);
  expect(waits.reduce((sum, wait) => sum + wait, 0) / 86_400).toBeCloseTo(3, 1);
  expect(await newest()).toMatchObject({ status: 'failed', answered: 302, error: 'it answered 302' });
  expect(listener.told).toHaveLength(waits.length + 1);
  expect(new Set(listener.told.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const { id } = (await newest()) as { id: string };
  const cli = (...args: string[]) => replycart({ ...config, LOG_LEVEL: 'silent' }, 'merchants', ...args);
  expect((await cli('deliveries', 'shop', '--status', 'failed')).stdout).toContain(`msg_${id} `);
  expect(await replayMessages(db, 'rival', { failed: true })).toBe(0);
  expect(await replayMessages(db, 'shop', { failed: true })).toBe(1);
  listener.answers.length = 0;
  await tellAll();
  expect(await newest()).toMatchObject({ status: 'delivered', attempts: 1 });
});

test('who answers 410, or has gone, is left alone', async () => {
  const listener = await aListener();
  await aPaidOrder(shop);
  listener.answers.push(410);
  await tellAll();
  expect(await newest()).toMatchObject({ status: 'failed', answered: 410 });
  await aPaidOrder(shop);
  await endWebhook(context, 'shop', BY);
  await tellAll();
  expect(await newest()).toMatchObject({ status: 'failed', error: 'there is no endpoint any more' });
  expect(listener.told).toHaveLength(1);
  await aPaidOrder(shop);
  expect(await messagesOf(db, 'shop', { status: 'pending', limit: 9 })).toEqual([]);
});

test('a server that does not answer is tried again, and holds up nobody else', async () => {
  await setWebhook(context, 'shop', 'http://127.0.0.1:9/', BY);
  const rival = await aListener('rival');
  await aPaidOrder(shop);
  await aPaidOrder(shop, [{ to: POST.rivalCup }]);
  await tellAll();
  expect(await newest()).toMatchObject({ status: 'pending', attempts: 1, answered: null });
  expect(heard(rival)).toEqual(['order.paid']);
});

test('a slow server is asked five things at once, whoever sends, and keeps nobody else from being told', async () => {
  const [slow, rival] = [await aListener(), await aListener('rival')];
  await aPaidOrder(shop);
  await aPaidOrder(shop, [{ to: POST.rivalCup }]);
  await sql`insert into webhook_messages (merchant_id, event, order_id)
    select merchant_id, event, order_id from webhook_messages, generate_series(1, 11)`.execute(db);
  let answer = (): void => {};
  slow.ready = new Promise((resolve) => {
    answer = resolve;
  });
  const sending = [...Array(3)].map(() => sendWebhooks(context, { merchant_id: 'shop' }));
  await eventually(async () => expect(slow.told.length).toBeGreaterThanOrEqual(5));
  expect(await merchantsToTell(db)).toEqual(['rival']);
  await tellAll();
  expect(rival.told).toHaveLength(12);
  answer();
  await Promise.all(sending);
  expect(slow.told).toHaveLength(12);
  expect(slow.mostAtOnce).toBe(5);
});

test('a new secret signs beside the old one for a day; neither is stored to be read', async () => {
  const listener = await aListener();
  const { secret } = await rotateWebhook(context, 'shop', BY);
  await aPaidOrder(shop);
  await tellAll();
  const [told] = listener.told as [Told];
  expect([isSigned(told, listener.secret), isSigned(told, secret)]).toEqual([true, true]);
  await sql`update merchant_webhooks set old_until = now()`.execute(db);
  await aPaidOrder(shop);
  await tellAll();
  const later = listener.told[1] as Told;
  expect([isSigned(later, listener.secret), isSigned(later, secret)]).toEqual([false, true]);
  const stored = JSON.stringify(await db.selectFrom('merchant_webhooks').selectAll().execute());
  for (const each of [secret, listener.secret]) expect(stored).not.toContain(each.slice(6));
});

test('of who was erased it names nobody, whenever it is sent', async () => {
  const listener = await aListener();
  const { shopper_id } = await aPaidOrder(shop, [{}], 'gone@mail.example');
  await eraseShopper(context, shopper_id);
  await tellAll();
  const [told] = listener.told as [Told];
  expect(told.body).not.toContain('gone@mail.example');
  expect(JSON.parse(told.body).data.order).toMatchObject({ handle: null, email: null });
});

test('outside the sandbox only https to the public internet is spoken to', async () => {
  const real = { ...context, config: { ...config, sandbox: false } };
  const set = (url: string) => setWebhook(real, 'shop', url, BY);
  for (const url of [
    'http://shop.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://0x7f000001/',
    'https://kim:secret@shop.example/',
    'file:///etc/passwd',
    'shop.example',
  ])
    await expect(set(url)).rejects.toThrow('cannot be taken');
  // A name says nothing until it is resolved, each time anew.
  await set('https://localhost/hooks');
  await aPaidOrder(shop);
  await sendWebhooks(real, { merchant_id: 'shop' });
  expect(await newest()).toMatchObject({
    status: 'failed',
    error: 'its name stands for an address that is not public',
  });
});

test.each([
  ['8.8.8.8', true],
  ['172.32.0.1', true],
  ['2606:4700::1111', true],
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.255.255'].map(not),
  ...['192.168.1.1', '198.19.0.1', '224.0.0.1', '255.255.255.255'].map(not),
  ...['::', '::1', '::ffff:8.8.8.8', 'fe80::1', 'fd00::1', 'ff02::1', '64:ff9b::a00:1'].map(not),
  ...['2002:a00:1::', '2001::1', '2001:db8::1', 'shop.example', ''].map(not),
] as Array<[string, boolean]>)('%s is public: %s', (address, is) => {
  expect(isPublicAddress(address)).toBe(is);
});

function not(address: string): [string, boolean] {
  return [address, false];
}

test('the command prints a secret once', async () => {
  const webhook = (...args: string[]) =>
    replycart({ ...config, LOG_LEVEL: 'silent' }, 'merchants', 'webhook', ...args, '--json');
  const [plain, nobody, set] = await Promise.all([
    // As its own process it is not the sandbox: credentials are set.
    webhook('shop', 'http://127.0.0.1/hooks'),
    webhook('nobody', 'https://shop.example/hooks'),
    webhook('shop', 'https://shop.example/hooks'),
  ]);
  expect(plain.stderr).toContain('it must begin with https://');
  expect(nobody.stderr).toContain('there is no merchant nobody');
  const told = { merchant: 'shop', url: 'https://shop.example/hooks' };
  expect(JSON.parse(set.stdout)).toEqual({ ...told, secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/) });
  expect(JSON.parse((await webhook('shop')).stdout)).toEqual(told);
}, 30_000);
