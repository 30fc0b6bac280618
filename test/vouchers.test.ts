import { expect, test } from '@jest/globals';
import { cancelOrder } from '../src/actions/cancel-order.ts';
import { deliverOrder } from '../src/actions/deliver-order.ts';
import { refundOrder } from '../src/actions/refund-order.ts';
import { inviteStaff } from '../src/actions/staff-access.ts';
import { takeVoucher, voucherOfCode } from '../src/actions/use-voucher.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { type Voucher, vouchersOf } from '../src/db/vouchers.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { aCart, type Held } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { aGoodsShop, GOODS_POST } from './harness/goods-shop.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import type { Visitor } from './harness/visitor.ts';

const { shop } = await aGoodsShop();
const { context } = shop;
const { db, config } = context;
const at = (path: string): string => `${config.PUBLIC_URL}${path}`;

let guests = 0;

/** A shopper who has paid for so many evenings, with the codes that were mailed. */
async function aGuest(text = '#AddToCart'): Promise<Held & { order_id: string; codes: string[] }> {
  const email = `guest${++guests}@mail.example`;
  const held = await aCart(shop, [{ to: GOODS_POST.class, text }], email);
  await pays(shop, held);
  const { id } = await db
    .selectFrom('orders')
    .select('id')
    .where('shopper_id', '=', held.shopper_id)
    .executeTakeFirstOrThrow();
  await sendAll(context);
  return { ...held, order_id: id, codes: await codesTo(email) };
}

const refundOf = (id: string) =>
  db.selectFrom('refunds').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const soldEvenings = async () =>
  (await db.selectFrom('variants').select('sold').where('sku', '=', 'CLASS').executeTakeFirstOrThrow()).sold;

async function codesTo(email: string): Promise<string[]> {
  const mail = (await mailsTo(shop, email)).find(({ subject }) => subject.includes('what you bought'));
  return mail?.text.match(/[0-9A-Z]{4}-[0-9A-Z]{5}-[0-9A-Z]{5}/g) ?? [];
}

async function staff(
  email: string,
  merchant_id: string | null,
  role: 'agent' | 'viewer' = 'agent',
): Promise<Visitor> {
  const token = await inviteStaff(context, email, role, 'test', merchant_id);
  const visitor = await shop.visitor().open(at(`/support/welcome/${token}`));
  return visitor.submit(token, { password: 'a long enough sentence' });
}

test('no address is asked; a code comes by mail for each piece', async () => {
  const { codes, order_id } = await aGuest('#AddToCart x3');
  expect(new Set(codes).size).toBe(3);
  const { ship_to, shipping } = await db
    .selectFrom('orders')
    .selectAll()
    .where('id', '=', order_id)
    .executeTakeFirstOrThrow();
  expect([ship_to, shipping]).toEqual([null, 0]);
  const vouchers = await Promise.all(codes.map((code) => voucherOfCode(context, code)));
  expect(vouchers.map((each) => each?.piece)).toEqual([1, 2, 3]);
});

test('as it is read aloud and typed, the code is found; a guessed one is not', async () => {
  const { codes } = await aGuest();
  const [code = ''] = codes;
  const [number = '', first = '', second = ''] = code.split('-');
  for (const typed of [
    code.toLowerCase(),
    code.replaceAll('-', ''),
    ` ${number} ${first} ${second} `,
    code.replaceAll('0', 'O').replaceAll('1', 'l'),
  ])
    expect([typed, (await voucherOfCode(context, typed))?.sku]).toEqual([typed, 'CLASS']);
  const other = (symbol: string): string => (symbol === '2' ? '3' : '2');
  for (let n = 0; n < second.length; n++) {
    const guess = `${number}-${first}-${second.slice(0, n)}${other(second[n] as string)}${second.slice(n + 1)}`;
    expect(await voucherOfCode(context, guess)).toBeUndefined();
  }
  for (const guess of [
    '',
    'x',
    '0'.repeat(14),
    '9'.repeat(40),
    `${number}1-${first}-${second}`,
    `${code}; drop`,
  ])
    expect(await voucherOfCode(context, guess)).toBeUndefined();
});

test('of many who take a code at once one succeeds', async () => {
  const { codes } = await aGuest();
  const voucher = (await voucherOfCode(context, codes[0] as string)) as Voucher;
  const taken = await Promise.all([...Array(8)].map((_, n) => takeVoucher(context, voucher, `till ${n}`)));
  const winners = taken.filter((each) => each.taken);
  expect(winners).toHaveLength(1);
  expect(new Set(taken.map((each) => each.voucher.used_by)).size).toBe(1);
});

test('the merchant’s staff look a code up and take it; they see nothing else, and no other merchant’s codes', async () => {
  const { codes, order_id } = await aGuest();
  const [code = ''] = codes;
  const till = await staff('till@shop.example', 'shop');
  expect(till.url).toBe(at('/support/vouchers'));
  for (const path of ['/support', '/support?q=order%201', '/support/shoppers/5000000000000000001'])
    expect((await till.open(at(path))).url).toBe(at('/support/vouchers'));
  await till.submit('/support/vouchers', { code });
  expect(till.text).toContain('Good.');
  expect(till.text).toContain(`Evening at the wheel Order ${order_id} at shop`);
  expect(till.url).not.toContain(code);
  await till.submit('/support/vouchers/use');
  expect(till.text).toContain('Taken just now.');
  await till.submit('/support/vouchers', { code });
  expect(till.text).toMatch(/Not good: used \S+, taken by till@shop.example/);
  expect(till.html).not.toContain('/support/vouchers/use');
  const { subject } = await db
    .selectFrom('audit')
    .select('subject')
    .where('action', '=', 'use voucher')
    .where('staff_email', '=', 'till@shop.example')
    .executeTakeFirstOrThrow();
  expect(subject).toBe((await vouchersOf(db, order_id))[0]?.id);
});

test('staff who may only look, and those of another merchant, take nothing', async () => {
  const { codes } = await aGuest();
  const [code = ''] = codes;
  const viewer = await staff('looks@shop.example', 'shop', 'viewer');
  await viewer.submit('/support/vouchers', { code });
  expect(viewer.text).toContain('Good.');
  expect(viewer.html).not.toContain('/support/vouchers/use');
  const operator = await staff('op@example.com', null);
  await operator.open(at('/support/vouchers'));
  await operator.submit('/support/vouchers', { code });
  expect(operator.text).toContain('Good.');
  const form = {
    method: 'POST',
    body: new URLSearchParams({ code }),
    headers: { origin: config.PUBLIC_URL },
  };
  await viewer.open(at('/support/vouchers/use'), form);
  expect((await voucherOfCode(context, code))?.used_at).toBeNull();
  expect(await voucherOfCode(context, code, 'rival')).toBeUndefined();
  expect((await shop.visitor().open(at('/support/vouchers/use'), form)).url).toBe(at('/support/sign-in'));
});

test('the code of a payment that goes back is void, and says so', async () => {
  const { codes, order_id, path } = await aGuest();
  const [code = ''] = codes;
  await refundOrder(context, order_id, { restock: true, by: 'test' });
  const voucher = (await voucherOfCode(context, code)) as Voucher;
  expect(await takeVoucher(context, voucher, 'till')).toMatchObject({
    taken: false,
    voucher: { used_at: null },
  });
  const till = await staff('till2@shop.example', 'shop');
  await till.submit('/support/vouchers', { code });
  expect(till.text).toContain('Not good: void: it was given back');
  expect((await shop.visitor().open(at(path))).text).toContain('void: it was given back');
});

test('a refund that names pieces voids their codes, those that are not used; where it fails they are good again', async () => {
  await db.updateTable('variants').set({ stock: 1000 }).where('sku', '=', 'CLASS').execute();
  const { codes, order_id } = await aGuest('#AddToCart x3');
  const by = 'kim@shop.example';
  const states = async () =>
    (await vouchersOf(db, order_id)).map((each) => (each.used_at ? 'used' : each.void ? 'void' : 'good'));
  const [first, last] = await Promise.all(
    [codes[0], codes[2]].map((code) => voucherOfCode(context, code as string)),
  );
  await takeVoucher(context, first as Voucher, by);
  const cli = (...args: string[]) =>
    replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', 'refund', order_id, ...args);
  expect((await cli('--of', 'CLASS=4')).stderr).toContain('of CLASS at most 3 can be given back');
  expect((await cli('--of', 'CLASS=1')).stdout).toBe(
    `would give $45.00 of order ${order_id} back: add --yes to do it\n` +
      '  1 × CLASS (Evening at the wheel), 1 code(s) end, 1 of its codes were used, and stay used\n',
  );
  expect(await states()).toEqual(['used', 'good', 'good']);
  await shop.control(shop.stripe, '/settings', { refunds: 'pending' });
  const { stdout } = await cli('--of', 'CLASS=1', '--json', '--yes');
  const { refund_id } = JSON.parse(stdout) as { refund_id: string };
  expect(await states()).toEqual(['used', 'good', 'void']);
  expect((await takeVoucher(context, last as Voucher, by)).taken).toBe(false);
  await giveRefund(context, { refund_id });
  const { stripe_id } = await refundOf(refund_id);
  await shop.control(shop.stripe, `/refunds/${stripe_id}`, { status: 'failed' });
  await shop.control(shop.stripe, '/settings', { refunds: 'instant' });
  await giveRefund(context, { refund_id });
  expect(await states()).toEqual(['used', 'good', 'good']);
  // Money for two, of which one has no other code left than the used one.
  const given = await refundOrder(context, order_id, {
    of: [{ sku: 'CLASS', pieces: 2 }],
    restock: true,
    by,
  });
  expect([given.amount, await states()]).toEqual([9000, ['used', 'void', 'void']]);
  const sold = await soldEvenings();
  await giveRefund(context, { refund_id: given.refund_id });
  expect(await soldEvenings()).toBe(sold - 2);
  await sendAll(context);
  const [mail] = await mailsTo(shop, `guest${guests}@mail.example`);
  expect(mail?.text).toContain('It was for: 2 × Evening at the wheel.');
  expect(mail?.text).toContain('Downloads and codes that came with it cannot be used any more.');
  const wish = { of: [{ sku: 'CLASS', pieces: 2 }], restock: false, by };
  await expect(refundOrder(context, order_id, wish)).rejects.toThrow(
    'of CLASS at most 1 can be given back: 3 ordered, 2 given back',
  );
  // An amount by itself leaves codes as they are; the rest of the pieces come back once, when all is given back.
  await giveRefund(context, await refundOrder(context, order_id, { restock: true, by }));
  expect(await soldEvenings()).toBe(sold - 3);
  const broken = (await checkInvariants(db)).filter(({ breaches }) => breaches > 0);
  expect(broken.map(({ name }) => name)).toEqual(['every refund that is owed is made']);
});

test('used and given back at the same moment: either it was used before, or it is void', async () => {
  const { codes, order_id } = await aGuest();
  const voucher = (await voucherOfCode(context, codes[0] as string)) as Voucher;
  const [taken] = await Promise.all([
    takeVoucher(context, voucher, 'till'),
    refundOrder(context, order_id, { restock: false, by: 'test' }),
  ]);
  const after = (await voucherOfCode(context, codes[0] as string)) as Voucher;
  expect([after.void, after.used_at !== null]).toEqual([true, taken.taken]);
});

test('who has used a code cannot cancel; who has not, can, and the code is void', async () => {
  await db.updateTable('merchants').set({ cancel_hours: 24 }).execute();
  const [used, unused] = [await aGuest(), await aGuest()];
  await takeVoucher(context, (await voucherOfCode(context, used.codes[0] as string)) as Voucher, 'till');
  expect(await cancelOrder(context, used.order_id)).toEqual({ kind: 'refused', why: 'used' });
  expect(await cancelOrder(context, unused.order_id)).toMatchObject({ kind: 'cancelled' });
  expect(await voucherOfCode(context, unused.codes[0] as string)).toMatchObject({
    void: true,
    used_at: null,
  });
});

test('a lost mail is sent once more, with the same code; what was used is not mailed again', async () => {
  const { codes, order_id, shopper_id } = await aGuest('#AddToCart x2');
  const voucher = (await voucherOfCode(context, codes[0] as string)) as Voucher;
  await takeVoucher(context, voucher, 'till');
  await deliverOrder(context, order_id, 'test');
  await sendAll(context);
  const { email } = await db
    .selectFrom('shoppers')
    .select('email')
    .where('x_user_id', '=', shopper_id)
    .executeTakeFirstOrThrow();
  expect(await codesTo(email as string)).toEqual([codes[1]]);
});
