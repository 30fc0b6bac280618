import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { shipOrder } from '../src/actions/ship-order.ts';
import { swapLine } from '../src/actions/swap-line.ts';
import { checkInvariants } from '../src/db/invariants.ts';
import { POST } from './harness/builders.ts';
import { replycart } from './harness/cli.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { aPaidOrder } from './harness/paying.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const M_TO_L = { from: 'TEE-RED-M', to: 'TEE-RED-L' };
const redM = (quantity = 2) => [{ to: POST.tee, text: `#AddToCart red M x${quantity}` }];

/** So many pieces of a variant are left for whoever comes. */
const leave = (sku: string, pieces: number) =>
  db
    .updateTable('variants')
    .set({ stock: sql`sold + held + waiting + ${pieces}` })
    .where('sku', '=', sku)
    .execute();

beforeEach(() => leave('TEE-RED-L', 50));

const linesOf = (order_id: string) =>
  db
    .selectFrom('order_lines')
    .select(['sku', 'title', 'quantity', 'price'])
    .where('order_id', '=', order_id)
    .execute();
const sold = async () =>
  new Map(
    (await db.selectFrom('variants').select(['sku', 'sold']).where('product_sku', '=', 'TEE').execute()).map(
      (row) => [row.sku, row.sold],
    ),
  );
const booksAreRight = async () =>
  expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);

test('on the order’s page another option is one choice away; the pieces follow, and everybody hears', async () => {
  const { id } = await aPaidOrder(shop, redM(), 'sue@mail.example');
  const before = await sold();
  await sendAll(context);
  const link = /http:\S+\/o\/[\w-]+/.exec((await mailsTo(shop, 'sue@mail.example'))[0]?.text ?? '')?.[0];
  const visitor = await shop.visitor().open(link as string);
  expect(visitor.text).toContain('In place of 2 × Logo T-shirt (RED, M)');
  await visitor.submit('/swap', { to: 'TEE-RED-L' });
  expect(visitor.text).toContain('Swapped. The merchant has been told.');
  expect(visitor.text).toContain('2 × Logo T-shirt (RED, L) instead of Logo T-shirt (RED, M)');
  expect(await linesOf(id)).toEqual([
    { sku: 'TEE-RED-L', title: 'Logo T-shirt (RED, L)', quantity: 2, price: 2400 },
  ]);
  const after = await sold();
  expect(after.get('TEE-RED-M')).toBe((before.get('TEE-RED-M') as number) - 2);
  expect(after.get('TEE-RED-L')).toBe((before.get('TEE-RED-L') as number) + 2);
  await booksAreRight();
  await sendAll(context);
  expect((await mailsTo(shop, 'sue@mail.example'))[0]?.text).toContain('(RED, L) instead of');
  expect((await mailsTo(shop, 'help@shop.example'))[0]?.text).toContain(
    '2 × TEE-RED-L (Logo T-shirt (RED, L)), not TEE-RED-M',
  );
  // And back again: each time everybody hears.
  expect(await swapLine(context, id, { from: 'TEE-RED-L', to: 'TEE-RED-M' })).toMatchObject({
    kind: 'swapped',
  });
  await sendAll(context);
  expect((await mailsTo(shop, 'sue@mail.example'))[0]?.text).toContain('(RED, M) instead of');
  await booksAreRight();
});

test('the last piece goes to one of two', async () => {
  const orders = [await aPaidOrder(shop, redM(1)), await aPaidOrder(shop, redM(1))];
  await leave('TEE-RED-L', 1);
  const results = await Promise.all(orders.map(({ id }) => swapLine(context, id, M_TO_L)));
  expect(results.map((result) => ('why' in result ? result.why : result.kind)).sort()).toEqual([
    'sold_out',
    'swapped',
  ]);
  await booksAreRight();
});

test.each([
  ['MUG', 'no_option'],
  ['TEE-RED-M', 'no_option'],
  ['nothing', 'no_option'],
])('another product, or none, is no option: %s', async (to, why) => {
  const { id } = await aPaidOrder(shop, redM(1));
  expect(await swapLine(context, id, { from: 'TEE-RED-M', to })).toEqual({ kind: 'refused', why });
  expect((await linesOf(id)).map(({ sku }) => sku)).toEqual(['TEE-RED-M']);
});

test('what is on its way or beyond a limit stays as it is; staff swap by command, and that is recorded', async () => {
  const { id } = await aPaidOrder(shop, redM(1));
  await db.updateTable('variants').set({ purchase_limit: 1 }).where('sku', '=', 'TEE-RED-L').execute();
  const two = await aPaidOrder(shop, redM(2));
  expect(await swapLine(context, two.id, M_TO_L)).toEqual({ kind: 'refused', why: 'over_limit' });
  await db.updateTable('variants').set({ purchase_limit: null }).where('sku', '=', 'TEE-RED-L').execute();
  const cli = (...args: string[]) => replycart({ ...config, LOG_LEVEL: 'silent' }, 'orders', ...args);
  expect((await cli('swap', id, 'TEE-RED-M', 'TEE-RED-L')).stdout).toBe(
    `order ${id}: TEE-RED-M is swapped for TEE-RED-L\n`,
  );
  const audit = await db.selectFrom('audit').select('action').where('subject', '=', id).execute();
  expect(audit.map(({ action }) => action)).toEqual(['swap TEE-RED-M for TEE-RED-L']);
  expect((await cli('show', id)).stdout).toContain('1 × TEE-RED-M swapped for TEE-RED-L by');
  await shipOrder(context, id, { carrier: null, tracking: null, by: 'kim@shop.example' });
  expect((await cli('swap', id, 'TEE-RED-L', 'TEE-RED-M')).stderr).toContain('on its way already');
  await booksAreRight();
});
