import { expect, test } from '@jest/globals';
import { cancelOrder } from '../src/actions/cancel-order.ts';
import { eraseShopper } from '../src/actions/erase-shopper.ts';
import { shipOrder } from '../src/actions/ship-order.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { productsToMoveUp } from '../src/db/waiting-line.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { moveUp } from '../workers/move-up.ts';
import { POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { everything } from './harness/everything.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { aPaidOrder } from './harness/paying.ts';
import { cartOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { anAccount, signIn } from './harness/sign-in.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const PARCEL = { carrier: 'DHL', tracking: '0034', by: 'kim@shop.example' };

const orderNow = (id: string) =>
  db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const refundsOf = (payment_id: string) =>
  db
    .selectFrom('refunds')
    .select(['id', 'amount', 'reason', 'status'])
    .where('payment_id', '=', payment_id)
    .execute();
const booksAreRight = async () =>
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);

/** The order's page, by the link in the receipt. */
async function receiptPage(email: string): Promise<string> {
  await sendAll(context);
  const [mail] = (await mailsTo(shop, email)).filter(({ subject }) => subject.includes('Receipt'));
  const link = /http:\S+\/o\/[\w-]+/.exec(mail?.text ?? '')?.[0];
  if (!link) throw new Error(`no link in ${mail?.text}`);
  return link;
}

test('from the receipt: looking changes nothing, the button cancels, all goes back, and the next in line is served', async () => {
  await setStock(context, 'STICKER', 3);
  const order = await aPaidOrder(shop, [{ to: POST.sticker, text: '#AddToCart x3' }], 'ada@mail.example');
  const waits = await aCart(shop, [{ to: POST.sticker }, {}]);
  const page = await receiptPage('ada@mail.example');
  const before = await everything(context);
  const visitor = await shop.visitor().open(page);
  expect(visitor.text).toContain(`Order ${order.id}`);
  expect(visitor.text).toContain('Paid. It is not on its way yet.');
  expect(visitor.text).toContain('3 × Sticker, $2.50 each');
  await visitor.open(`${page}/cancel`);
  expect(visitor.text).toContain('$12.40 goes back');
  expect(await everything(context)).toBe(before);
  await visitor.submit('/cancel');
  expect(visitor.text).toContain('The order is cancelled.');
  expect(await orderNow(order.id)).toMatchObject({
    ...{ status: 'cancelled', cancelled_by: 'shopper', returned_at: expect.any(Date) },
  });
  await booksAreRight();
  for (const product of await productsToMoveUp(db)) await moveUp(context, product);
  expect(await cartOf(context, waits.shopper_id)).toMatchObject({ 'shop STICKER': 1 });
  const [refund] = await refundsOf(order.payment_id);
  expect(refund).toMatchObject({ amount: 1240, reason: 'cancelled', status: 'due' });
  await giveRefund(context, { refund_id: refund?.id as string });
  expect(await orderNow(order.id)).toMatchObject({ status: 'refunded' });
  await booksAreRight();
  await sendAll(context);
  const [merchants] = (await mailsTo(shop, 'help@shop.example')).filter(({ subject }) =>
    subject.includes('do not send it'),
  );
  expect(merchants?.text).toContain('3 × STICKER (Sticker)');
  expect((await mailsTo(shop, 'ada@mail.example'))[0]?.text).toContain('The order was cancelled.');
  expect((await visitor.open(page)).text).toContain('Your whole payment was given back.');
  expect((await visitor.open(`${page}/cancel`)).text).toContain('given back already');
});

test('the merchant reads what a cancelled order means: nobody has to be told not to send a download', async () => {
  const { id } = await aPaidOrder(shop, [{ to: POST.ebook }]);
  await cancelOrder(context, id, 'kim@shop.example');
  await sendAll(context);
  const mail = (await mailsTo(shop, 'help@shop.example')).find(
    ({ subject }) => subject === `[TEST] Order ${id} is cancelled`,
  );
  expect(mail?.text).toContain(
    'We have cancelled this order, and the payment goes back. Its downloads have ended.',
  );
  expect(mail?.text).not.toMatch(/send|stock/);
});

test('of cancelling and sending in the same moment one wins', async () => {
  for (let n = 0; n < 4; n++) {
    const { id, payment_id } = await aPaidOrder(shop);
    const [cancelled, sent] = await Promise.allSettled([
      cancelOrder(context, id),
      shipOrder(context, id, PARCEL),
    ]);
    const isCancelled = cancelled.status === 'fulfilled' && cancelled.value.kind === 'cancelled';
    expect(isCancelled).toBe(sent.status === 'rejected');
    const { shipped_at, cancelled_at } = await orderNow(id);
    expect([shipped_at === null, cancelled_at === null]).toEqual([isCancelled, !isCancelled]);
    expect(await refundsOf(payment_id)).toHaveLength(isCancelled ? 1 : 0);
  }
  await booksAreRight();
});

test('two who cancel at once give back once', async () => {
  const { id, payment_id } = await aPaidOrder(shop);
  const results = await Promise.all([1, 2, 3].map(() => cancelOrder(context, id)));
  expect(results.filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
  expect(await refundsOf(payment_id)).toHaveLength(1);
  await booksAreRight();
});

test('a cancelled order stays cancelled where the refund fails: somebody has to give it back', async () => {
  const { id, payment_id } = await aPaidOrder(shop);
  await cancelOrder(context, id);
  await shop.control(shop.stripe, '/settings', { refunds: 'pending' });
  const [refund] = await refundsOf(payment_id);
  await giveRefund(context, { refund_id: refund?.id as string });
  const { stripe_id } = await db
    .selectFrom('refunds')
    .select('stripe_id')
    .where('id', '=', refund?.id as string)
    .executeTakeFirstOrThrow();
  await shop.control(shop.stripe, `/refunds/${stripe_id}`, { status: 'failed' });
  await shop.control(shop.stripe, '/settings', { refunds: 'instant' });
  await giveRefund(context, { refund_id: refund?.id as string });
  expect(await orderNow(id)).toMatchObject({ status: 'cancelled' });
  await expect(shipOrder(context, id, PARCEL)).rejects.toThrow('was cancelled: do not send it');
  const again = await replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', 'refund', id, '--yes');
  expect(again.code).toBe(0);
  await giveRefund(context, { refund_id: (await refundsOf(payment_id))[1]?.id as string });
  expect(await orderNow(id)).toMatchObject({ status: 'refunded' });
});

test('a download can be cancelled until it was downloaded, and not afterwards; of both at once one wins', async () => {
  const bought = async (email: string) => {
    const order = await aPaidOrder(shop, [{ to: POST.ebook }], email);
    await sendAll(context);
    const texts = (await mailsTo(shop, email)).map(({ text }) => text).join();
    const address = /http:\S+\/d\/\S+/.exec(texts)?.[0] as string;
    /** Presses the button. Returns whether it led to the file. */
    const download = async (): Promise<boolean> => {
      const headers = { origin: config.PUBLIC_URL };
      const answer = await shop.app.request(address, { method: 'POST', headers });
      return answer.headers.get('location') === 'https://files.acme.example/pottery.pdf';
    };
    return { ...order, download };
  };
  const unused = await bought('unused@mail.example');
  expect(await cancelOrder(context, unused.id)).toMatchObject({ kind: 'cancelled', amount: 900 });
  expect(await unused.download()).toBe(false);
  const used = await bought('used@mail.example');
  expect(await used.download()).toBe(true);
  expect(await cancelOrder(context, used.id)).toEqual({ kind: 'refused', why: 'used' });
  const both = await bought('both@mail.example');
  const [cancelled, downloaded] = await Promise.all([cancelOrder(context, both.id), both.download()]);
  expect(cancelled.kind === 'cancelled').toBe(!downloaded);
});

test('the time of the merchant is over, or was never given: staff may all the same', async () => {
  const late = await aPaidOrder(shop);
  await db
    .updateTable('orders')
    .set({ created_at: new Date(Date.now() - 25 * 3_600_000) })
    .where('id', '=', late.id)
    .execute();
  expect(await cancelOrder(context, late.id)).toEqual({ kind: 'refused', why: 'too_late' });
  await db.updateTable('merchants').set({ cancel_hours: 0 }).where('id', '=', 'shop').execute();
  const never = await aPaidOrder(shop, [{}], 'never@mail.example');
  expect(await cancelOrder(context, never.id)).toEqual({ kind: 'refused', why: 'never' });
  const page = await shop.visitor().open(await receiptPage('never@mail.example'));
  expect(page.text).not.toContain('Cancel this order');
  await db.updateTable('merchants').set({ cancel_hours: 24 }).where('id', '=', 'shop').execute();
  const cli = (...args: string[]) => replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', ...args);
  expect((await cli('cancel', late.id)).stdout).toContain('is cancelled, and $22.90 go back');
  expect((await cli('cancel', late.id)).stderr).toContain('cancelled already');
  expect((await cli('show', late.id)).stdout).toContain('(cancelled): due');
});

test('who is erased has cancelled all the same: the merchant hears not to send it, and nobody is named', async () => {
  const { id, shopper_id } = await aPaidOrder(shop, [{}], 'gone@mail.example');
  await sendAll(context);
  await cancelOrder(context, id);
  await eraseShopper(context, shopper_id);
  await sendAll(context);
  const heard = (await mailsTo(shop, 'help@shop.example')).filter(({ text, subject }) =>
    `${subject} ${text}`.includes(`Order ${id} is cancelled`),
  );
  expect(heard).toHaveLength(1);
  const kept = await db.selectFrom('mails').selectAll().where('order_id', '=', id).execute();
  expect(JSON.stringify(kept)).not.toContain('gone@mail.example');
  expect(await db.selectFrom('order_links').selectAll().where('order_id', '=', id).execute()).toEqual([]);
});

test('an order’s page is its shopper’s: by the receipt, or signed in', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  const { id } = await aPaidOrder(shop);
  await visitor.open(`${config.PUBLIC_URL}/me`);
  await visitor.open(`${config.PUBLIC_URL}/me/order`, {
    method: 'POST',
    body: new URLSearchParams({ order: id }),
    headers: { origin: config.PUBLIC_URL },
  });
  expect(visitor.url).toBe(`${config.PUBLIC_URL}/me`);
  await db.updateTable('orders').set({ shopper_id: account.id }).where('id', '=', id).execute();
  await (await visitor.open(`${config.PUBLIC_URL}/me`)).submit('/me/order');
  expect(visitor.url).toContain('/o/');
  expect(visitor.text).toContain(`Order ${id}`);
  expect((await shop.visitor().open(`${config.PUBLIC_URL}/o/nothing`)).status).toBe(404);
  expect((await shop.visitor().open(`${config.PUBLIC_URL}/o/nothing/cancel`)).status).toBe(404);
});
