import { beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { checkIn, checkInvariants } from '../src/db/invariants.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { replycart } from './harness/cli.ts';
import { aShopper, deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;

/** The books of a day: an order, a payment that goes back, something kept and somebody who waits. */
beforeAll(async () => {
  await setStock(context, 'STICKER', 2);
  const held = await aCart(shop, [{}, { to: POST.sticker }]);
  const sessions: string[] = [];
  for (const _ of ['paid', 'paid twice']) {
    const page = await (await shop.visitor().open(`${config.PUBLIC_URL}${held.path}`)).submit('/checkout');
    sessions.push(/cs_test_\w+/.exec(page.url)?.[0] as string);
    await db.updateTable('checkouts').set({ status: 'expired' }).where('status', '=', 'open').execute();
  }
  for (const session_id of sessions) {
    await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
    await recordPayment(context, { session_id });
  }
  for (const { id } of await db.selectFrom('refunds').select('id').execute())
    await giveRefund(context, { refund_id: id });
  for (const _ of ['keeps the last one', 'waits'])
    await deliver(context, aReply({ author: await aShopper(context), to: POST.sticker }));
});

test('after a day of business every invariant holds, and there was something to look at', async () => {
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
  const { rows } = await sql<Record<string, string>>`
    select (select count(*) from orders) as orders, (select count(*) from refunds where status = 'succeeded') as refunds,
      (select sum(held) from variants) as held, (select sum(waiting) from variants) as waiting`.execute(db);
  expect(rows).toEqual([{ orders: '1', refunds: '1', held: '1', waiting: '1' }]);
});

/** Nobody can change what was booked; to see what is found then, the guard has to be away. */
const CHANGEABLE = 'alter table ledger_entries disable trigger user';

test.each([
  [
    'every reply that was delivered has an outcome',
    `insert into replies (post_id, source, body, received_at) values (7, 'stream', '{}', now() - interval '1 hour')`,
  ],
  ['what became of a reply has no gaps', `update outcomes set revision = 3`],
  ['every payment is one order, or goes back', `delete from refunds`],
  ['nothing is given back that was not paid', `update refunds set amount = amount + 1`],
  [
    'no more pieces are given back than were ordered, and their codes are not good any more',
    `insert into refunds (payment_id, reason, amount, currency) select payment_id, 'requested', 1, currency from orders;
     insert into refund_lines (refund_id, sku, pieces) select max(id), 'MUG', 2 from refunds`,
  ],
  ['an order is what its checkout was, and what was paid', `update order_lines set quantity = quantity + 1`],
  ['an order is what its checkout was, and what was paid', `update payments set amount = amount - 1`],
  ['a paid cart is one order', `update carts set status = 'ordered' where status = 'open'`],
  [
    'every paid checkout has its payment',
    `alter table orders drop constraint orders_payment_id_fkey; alter table refunds drop constraint refunds_payment_id_fkey; alter table ledger_entries drop constraint ledger_entries_payment_id_fkey; delete from payments`,
  ],
  ['every order was told to shopper and merchant, once each', `delete from mails where kind = 'receipt'`],
  ['what is counted as sold was ordered', `update variants set sold = sold + 1 where sku = 'MUG'`],
  [
    'what is counted as kept and waited for is the sum of the claims',
    `update variants set waiting = waiting + 1 where sku = 'STICKER'`,
  ],
  ['everything that is in a cart can be named', `update cart_lines set sku = sku || '-NEVER-SEEN'`],
  [
    'every mail that is due leaves',
    `update mails set status = 'pending', due_at = now() - interval '1 hour' where kind = 'receipt'`,
  ],
  [
    'every event of Stripe was read',
    `insert into stripe_events (id, type, object_id, livemode, payload, received_at) values ('evt_1', 'x', 'y', false, '{}', now() - interval '1 hour')`,
  ],
  ['every refund that is owed is made', `update refunds set status = 'failed'`],
  [
    'what was paid is in the ledger, and what went on of it',
    `${CHANGEABLE}; delete from ledger_entries where kind = 'payment'`,
  ],
  [
    'what was paid is in the ledger, and what went on of it',
    `update checkouts set destination = 'acct_1', fee = 1 where status = 'paid'`,
  ],
  [
    'what was given back is in the ledger, and what came back for it',
    `${CHANGEABLE}; update ledger_entries set amount = amount - 1 where kind = 'refund'`,
  ],
  [
    'what was given back is in the ledger, and what came back for it',
    `update refunds set status = 'pending' where status = 'succeeded'`,
  ],
  [
    'what banks took and returned is in the ledger',
    `${CHANGEABLE}; insert into disputes (id, payment_id, charge_id, status, reason, amount, currency, moved, moved_currency, opened_at, read_at)
      select 'dp_1', id, 'ch_1', 'needs_response', 'fraudulent', amount, currency, -amount, currency, now(), now() from payments limit 1;
      delete from ledger_entries where kind = 'dispute'`,
  ],
  [
    'the ledger is what orders cost, less what was given back',
    `${CHANGEABLE}; update ledger_entries set merchant_id = 'rival' where kind = 'refund'`,
  ],
  [
    'the fee is exactly the percentage of the items',
    `update checkouts set fee_bps = 250, destination = 'acct_1', fee = 44`, // 45
  ],
  ['nobody pays twice for a cart', `update refunds set amount = amount - 1`],
])('a breach is named: %s', async (name, sabotage) => {
  const tx = await db.startTransaction().execute();
  try {
    await sql.raw(sabotage).execute(tx);
    const broken = (await checkIn(tx)).filter(({ breaches }) => breaches > 0);
    expect(broken.map((each) => each.name)).toContain(name);
    expect(broken.find((each) => each.name === name)?.about[0]).toMatch(/^\w+ \S+/);
  } finally {
    await tx.rollback().execute();
  }
});

const doctor = (...args: string[]) => replycart(config, 'doctor', '--invariants', ...args);

test('the command says so line by line, and fails where the books are wrong', async () => {
  const right = await doctor();
  expect([right.code, right.stderr]).toEqual([0, '']);
  expect(right.stdout).toContain('ok    every payment is one order, or goes back\n');
  await sql`update variants set sold = sold + 1 where sku = 'EBOOK'`.execute(db);
  const wrong = await doctor();
  expect(wrong.code).toBe(1);
  expect(wrong.stdout).toContain(
    'fail  what is counted as sold was ordered: not so for 1, as variant shop EBOOK\n',
  );
  expect(wrong.stderr).toMatch(/\b1 of \d+ invariants are broken/);
  expect(JSON.parse((await doctor('--json')).stdout)).toContainEqual({
    name: 'what is counted as sold was ordered',
    breaches: 1,
    about: ['variant shop EBOOK'],
  });
  await sql`update variants set sold = sold - 1 where sku = 'EBOOK'`.execute(db);
});
