import { beforeAll, expect, test } from '@jest/globals';
import { recordDispute } from '../src/actions/record-dispute.ts';
import { inviteStaff } from '../src/actions/staff-access.ts';
import type { StaffRole } from '../src/db/schema.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { POST } from './harness/builders.ts';
import { mailsTo, sendAll } from './harness/mails.ts';
import { aPaidOrder } from './harness/paying.ts';
import { merchantAtX, signIn } from './harness/public.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';
import type { Visitor } from './harness/visitor.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const at = (path: string): string => `${config.PUBLIC_URL}${path}`;

/** Somebody of the support, signed in. */
async function staff(role: StaffRole): Promise<Visitor> {
  const token = await inviteStaff(context, `${role}@support.example`, role, 'test');
  const visitor = await shop.visitor().open(at(`/support/welcome/${token}`));
  return visitor.submit(`/support/welcome/${token}`, { password: 'a long enough sentence' });
}

/** Asks for a refund on an order's page, up to the page that confirms it. */
async function asks(visitor: Visitor, id: string, wish: Record<string, string>): Promise<Visitor> {
  await visitor.open(at(`/support/orders/${id}`));
  return visitor.open(at(`/support/orders/${id}/refund?${new URLSearchParams(wish)}`));
}

const refundsOf = (payment_id: string) =>
  db
    .selectFrom('refunds')
    .select(['id', 'amount', 'restock'])
    .where('payment_id', '=', payment_id)
    .orderBy('id')
    .execute();

beforeAll(() => merchantAtX(shop));

test('an agent gives a part back: asked once more, recorded with the reason, sent twice it counts once', async () => {
  const { id, payment_id, shopper_id } = await aPaidOrder(shop);
  const visitor = await staff('agent');
  expect((await visitor.open(at(`/support/shoppers/${shopper_id}`))).html).toContain(`/support/orders/${id}`);
  await asks(visitor, id, { amount: '5.00', reason: 'arrived with a crack' });
  expect(visitor.text).toContain(`Give $5.00 of order ${id} back?`);
  expect(await refundsOf(payment_id)).toEqual([]);
  const confirm = visitor.html;
  await visitor.submit(`/orders/${id}/refund`);
  expect(visitor.text).toContain('The refund is noted');
  visitor.html = confirm;
  visitor.url = at(`/support/orders/${id}/refund`);
  await visitor.submit(`/orders/${id}/refund`);
  expect(visitor.status).toBe(409);
  expect(visitor.text).toContain('something was given back meanwhile');
  const [refund, ...others] = await refundsOf(payment_id);
  expect([refund?.amount, others]).toEqual([500, []]);
  await giveRefund(context, { refund_id: refund?.id as string });
  const audit = await db
    .selectFrom('audit')
    .select(['staff_email', 'action', 'reason'])
    .where('subject', '=', id)
    .execute();
  expect(audit).toEqual([
    { staff_email: 'agent@support.example', action: 'refund $5.00', reason: 'arrived with a crack' },
  ]);
  await asks(visitor, id, { amount: '', reason: 'sent back', restock: '1' });
  expect(visitor.text).toContain(`Give $17.90 of order ${id} back?`);
  await visitor.submit(`/orders/${id}/refund`);
  expect((await refundsOf(payment_id))[1]).toMatchObject({ amount: 1790, restock: true });
  expect(visitor.text).not.toContain('Give money back');
});

test('a viewer sees the order and gives nothing back; too much, or nonsense, is refused', async () => {
  const { id, payment_id } = await aPaidOrder(shop);
  const viewer = await staff('viewer');
  await viewer.open(at(`/support/orders/${id}`));
  expect(viewer.text).toContain(`Order ${id}`);
  expect(viewer.text).not.toContain('Give money back');
  await asks(viewer, id, { amount: '', reason: 'because I say so' });
  expect(viewer.url).toBe(at(`/support/orders/${id}`));
  await viewer.open(at(`/support/orders/${id}/refund`), {
    method: 'POST',
    body: new URLSearchParams({ amount: '', reason: 'because I say so', left: '2290' }),
    headers: { origin: config.PUBLIC_URL },
  });
  const agent = await staff('agent');
  expect((await asks(agent, id, { amount: '99.00', reason: 'too generous' })).text).toContain(
    'at most $22.90',
  );
  expect((await asks(agent, id, { amount: '5.005', reason: 'too precise' })).text).toContain(
    'no amount of USD',
  );
  expect(await refundsOf(payment_id)).toEqual([]);
  expect((await shop.visitor().open(at(`/support/orders/${id}`))).url).toBe(at('/support/sign-in'));
  expect((await agent.open(at('/support/orders/999999'))).status).toBe(404);
});

test('a disputed payment is given back only by who says that it is meant', async () => {
  const { id, payment_id } = await aPaidOrder(shop);
  const dispute = await shop.control<{ id: string }>(shop.stripe, '/disputes', {
    payment_intent: payment_id,
    status: 'warning_needs_response',
  });
  await recordDispute(context, dispute.id);
  const visitor = await staff('admin');
  await asks(visitor, id, { amount: '', reason: 'to avert the dispute' });
  expect(visitor.text).toContain('A bank disputes this payment');
  await visitor.submit(`/orders/${id}/refund`);
  expect(visitor.status).toBe(409);
  await asks(visitor, id, { amount: '', reason: 'to avert the dispute' });
  await visitor.submit(`/orders/${id}/refund`, { despite: '1' });
  expect(await refundsOf(payment_id)).toHaveLength(1);
});

test('an agent says that an order is on its way, swaps, and cancels, each recorded; a viewer does nothing of it', async () => {
  await setStock(context, 'TEE', 20);
  const red = [{ to: POST.tee, text: '#AddToCart red M' }];
  const [sent, changed] = [await aPaidOrder(shop), await aPaidOrder(shop, red, 'nia@mail.example')];
  const viewer = await staff('viewer');
  await viewer.open(at(`/support/orders/${changed.id}`));
  expect(viewer.html).not.toMatch(/<form[^>]*support\/orders/);
  for (const [path, form] of Object.entries<Record<string, string>>({
    cancel: { reason: 'because I say so' },
    swap: { from: 'TEE-RED-M', to: 'TEE-RED-L' },
    ship: { order: changed.id, carrier: 'DHL', tracking: '' },
  }))
    await viewer.open(at(`/support/orders/${changed.id}/${path}`), {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { origin: config.PUBLIC_URL },
    });
  const visitor = await staff('agent');
  const open = (id: string) => visitor.open(at(`/support/orders/${id}`));
  await open(changed.id);
  await visitor.submit(`/orders/${changed.id}/swap`, { to: 'TEE-RED-L' });
  expect(visitor.text).toContain('1 × TEE-RED-M swapped for TEE-RED-L by agent@support.example');
  await visitor.open(at(`/support/orders/${changed.id}/cancel?reason=sold+by+mistake`));
  expect(visitor.text).toContain(`Cancel order ${changed.id}?`);
  const confirm = { html: visitor.html, url: visitor.url };
  await visitor.submit(`/orders/${changed.id}/cancel`);
  expect(visitor.text).toContain('The order is cancelled.');
  expect(visitor.text).toContain('cancelled by agent@support.example');
  Object.assign(visitor, confirm);
  await visitor.submit(`/orders/${changed.id}/cancel`);
  expect([visitor.status, visitor.text]).toEqual([
    409,
    expect.stringContaining('The order is cancelled already.'),
  ]);
  await open(sent.id);
  await visitor.submit(`/orders/${sent.id}/ship`, { carrier: 'DHL', tracking: '0034' });
  expect(visitor.text).toContain('on its way with DHL 0034');
  // A wrong number is mended; nothing else is left to do but to give money back.
  await visitor.submit(`/orders/${sent.id}/ship`, { carrier: 'DHL', tracking: '0035' });
  expect(visitor.text).toContain('on its way with DHL 0035');
  expect(visitor.html).not.toMatch(/orders\/\d+\/(?:cancel|swap)/);
  const audit = await db
    .selectFrom('audit')
    .select(['staff_email', 'action', 'subject', 'reason'])
    .where('subject', 'in', [sent.id, changed.id])
    .orderBy('id')
    .execute();
  expect(
    audit.map(({ staff_email, action, subject, reason }) => [staff_email, action, subject, reason]),
  ).toEqual([
    ['agent@support.example', 'swap TEE-RED-M for TEE-RED-L', changed.id, null],
    ['agent@support.example', 'cancel order', changed.id, 'sold by mistake'],
    ['agent@support.example', 'ship order', sent.id, null],
    ['agent@support.example', 'ship order', sent.id, null],
  ]);
});

test('an agent gives a piece back by name: the page says what ends, and what is left of the line', async () => {
  const { id, payment_id } = await aPaidOrder(shop, [{ text: '#AddToCart x2' }]);
  const visitor = await staff('agent');
  await asks(visitor, id, { amount: '', reason: 'one of them broke', 'of:MUG': '1' });
  expect(visitor.text).toContain(`Give $18.00 of order ${id} back?`);
  expect(visitor.text).toContain('1 × Stoneware mug');
  await visitor.submit(`/orders/${id}/refund`);
  expect(visitor.text).toContain('2 × Stoneware mug (MUG), $18.00 each; 1 given back');
  expect(visitor.text).toContain('of $18.00 for 1 × MUG (requested)');
  expect((await asks(visitor, id, { reason: 'once too often', 'of:MUG': '2' })).text).toContain(
    'of MUG at most 1 can be given back',
  );
  expect((await asks(visitor, id, { reason: 'and nonsense', 'of:MUG': '1.5' })).status).toBe(409);
  expect(await refundsOf(payment_id)).toHaveLength(1);
});

test('a merchant’s people see what is to be sent, after signing in, and send it', async () => {
  const own = await aPaidOrder(shop, [{ text: '#AddToCart x2' }], 'far@mail.example');
  const rival = await aPaidOrder(shop, [{ to: POST.rivalCup }]);
  const digital = await aPaidOrder(shop, [{ to: POST.ebook }]);
  const page = at('/m/shop/orders');
  expect((await shop.visitor().open(page)).url).toBe(at('/m/shop/sign-in'));
  const visitor = await signIn(shop);
  await visitor.open(page);
  expect(visitor.text).toContain(`Order ${own.id}`);
  expect(visitor.text).toContain('2 × MUG (Stoneware mug)');
  for (const { id } of [rival, digital]) expect(visitor.text).not.toContain(`Order ${id} `);
  const send = (order: string, filled: Record<string, string> = {}) =>
    visitor.open(page, {
      method: 'POST',
      body: new URLSearchParams({ order, carrier: 'DHL', tracking: '', ...filled }),
      headers: { origin: config.PUBLIC_URL },
    });
  await send(own.id, { tracking: '0034' });
  expect(visitor.text).toContain(`Order ${own.id} is on its way`);
  for (const { id } of [own, rival, digital]) {
    await send(id);
    expect(visitor.text).toContain(`Do not send order ${id}`);
  }
  const sent = await db
    .selectFrom('orders')
    .select(['carrier', 'tracking'])
    .where('id', '=', own.id)
    .executeTakeFirstOrThrow();
  expect(sent).toEqual({ carrier: 'DHL', tracking: '0034' });
  await sendAll(context);
  const mails = await mailsTo(shop, 'far@mail.example');
  expect(mails.map(({ text }) => text).join()).toContain('the parcel’s number is 0034');
  // Another merchant's page is not theirs.
  expect((await visitor.open(at('/m/rival/orders'))).url).toBe(at('/m/rival/sign-in'));
});
