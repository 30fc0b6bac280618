import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { cancelOrder } from '../src/actions/cancel-order.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { shipOrder } from '../src/actions/ship-order.ts';
import { swapLine } from '../src/actions/swap-line.ts';
import { dueMails } from '../src/db/mails.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { sendMails } from '../workers/send-mails.ts';
import { POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { aPaidOrder } from './harness/paying.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const BY = { carrier: 'DHL', tracking: '0034', by: 'kim@shop.example' };

/** A paid order. */
async function anOrder(to = POST.mug): Promise<string> {
  const held = await aCart(shop, [{ to }]);
  const page = await (await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`)).submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
  await recordPayment(context, { session_id });
  return (
    await db.selectFrom('orders').select('id').where('cart_id', '=', held.cart_id).executeTakeFirstOrThrow()
  ).id;
}

async function mailsAbout(subject: string) {
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  return (await shop.mails()).filter((mail) => mail.subject.includes(subject));
}

test('an order that is on its way is told once, with carrier and number', async () => {
  const id = await anOrder();
  expect(await shipOrder(context, id, BY)).toEqual({ told: true });
  expect(await shipOrder(context, id, { ...BY, tracking: '0035' })).toEqual({ told: false });
  const [mail, ...others] = await mailsAbout(`Order ${id} is on its way`);
  expect(others).toEqual([]);
  expect(mail?.text).toContain('has sent your order with DHL; the parcel’s number is 003');
  expect(mail?.text).toContain('1 × Stoneware mug');
  const order = await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(order).toMatchObject({ carrier: 'DHL', tracking: '0035', shipped_at: expect.any(Date) });
});

test('what is digital, given back or unknown is not sent', async () => {
  await expect(shipOrder(context, await anOrder(POST.ebook), BY)).rejects.toThrow('has nothing to send');
  const id = await anOrder();
  await db.updateTable('orders').set({ status: 'refunded' }).where('id', '=', id).execute();
  await expect(shipOrder(context, id, BY)).rejects.toThrow('was given back: do not send it');
  await expect(shipOrder(context, '999999', BY)).rejects.toThrow('there is no order 999999');
});

test('the export is a table to pack by, safe for spreadsheets, and is recorded', async () => {
  const [sent, open, download] = [await anOrder(), await anOrder(), await anOrder(POST.ebook)];
  await shipOrder(context, sent, BY);
  await db
    .updateTable('orders')
    .set({
      email: '=HYPERLINK("http://evil.example")',
      ship_to: JSON.stringify({
        name: '@SUM(1+1)',
        address: { line1: '-1 "Main", Street', city: '\tTown', country: 'US' },
      }) as never,
    })
    .where('id', '=', open)
    .execute();
  const cli = (...args: string[]) => replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', ...args);
  const { code, stdout } = await cli('export', '--unshipped', '--merchant', 'shop');
  expect(code).toBe(0);
  const rows = parse(stdout, { columns: true }) as Array<Record<string, string>>;
  expect(rows.map(({ order_id }) => order_id)).not.toContain(sent);
  expect(rows.map(({ order_id }) => order_id)).not.toContain(download);
  expect(rows.find(({ order_id }) => order_id === open)).toMatchObject({
    sku: 'MUG',
    price: '18.00',
    total: '22.90',
    email: `'=HYPERLINK("http://evil.example")`,
    name: `'@SUM(1+1)`,
    line1: `'-1 "Main", Street`,
    city: `'\tTown`,
  });
  const all = JSON.parse((await cli('export', '--json', '--since', '2026-01-01')).stdout) as Array<{
    order_id: string;
  }>;
  expect(all.map(({ order_id }) => order_id)).toEqual(expect.arrayContaining([sent, open, download]));
  expect(JSON.parse((await cli('export', '--json', '--since', '2099-01-01')).stdout)).toEqual([]);
  expect((await cli('export', '--since', 'soon')).code).toBe(2);
  const audit = await db
    .selectFrom('audit')
    .select('subject')
    .where('action', '=', 'export orders')
    .execute();
  expect(audit.map(({ subject }) => subject)).toEqual(['shop', 'all', 'all']);
  expect((await cli('ship', open, '--carrier', 'UPS')).stdout).toContain('and the shopper hears of it');
});

test('the export says how things are: swapped, given back in part, going back, cancelled', async () => {
  const by = 'kim@shop.example';
  const order = async (to: string, text: string): Promise<string> => {
    const { id } = await aPaidOrder(shop, [{ to, text }]);
    return id;
  };
  const swapped = await order(POST.tee, '#AddToCart red M');
  await swapLine(context, swapped, { from: 'TEE-RED-M', to: 'TEE-RED-L' }, by);
  const part = await order(POST.mug, '#AddToCart x3');
  await refundOrder(context, part, { of: [{ sku: 'MUG', pieces: 2 }], restock: false, by });
  const goingBack = await order(POST.mug, '#AddToCart');
  await refundOrder(context, goingBack, { restock: false, by });
  const cancelled = await order(POST.mug, '#AddToCart');
  await cancelOrder(context, cancelled, by);
  const rows = async (...args: string[]) => {
    const { stdout } = await replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', 'export', ...args);
    const all = parse(stdout, { columns: true }) as Array<Record<string, string>>;
    return (id: string) =>
      all
        .filter(({ order_id }) => order_id === id)
        .map(({ sku, status, quantity, given_back, to_send, refunded }) =>
          [sku, status, quantity, given_back, to_send, refunded].join(' '),
        );
  };
  const [all, open] = [await rows(), await rows('--unshipped')];
  expect([swapped, part, goingBack, cancelled].map(all)).toEqual([
    ['TEE-RED-L paid 1 0 1 0.00'],
    ['MUG paid 3 2 1 36.00'],
    ['MUG refunding 1 0 0 22.90'],
    ['MUG cancelled 1 0 0 22.90'],
  ]);
  expect([swapped, part, goingBack, cancelled].map((id) => open(id).length)).toEqual([1, 1, 0, 0]);
  expect(await swapLine(context, part, { from: 'MUG', to: 'MUG' }, by)).toMatchObject({ why: 'given_back' });
});
