import { expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { eraseShopper } from '../src/actions/erase-shopper.ts';
import { openCheckout } from '../src/actions/open-checkout.ts';
import { settleReplies } from '../src/actions/settle-replies.ts';
import { unlinkShopper } from '../src/actions/unlink-shopper.ts';
import { makeKeys } from '../src/crypto.ts';
import { inTransaction } from '../src/db/database.ts';
import { addMail, dueMails } from '../src/db/mails.ts';
import { forgetOld } from '../src/db/retention.ts';
import { lockProducts } from '../src/db/stock.ts';
import { openStripe } from '../src/stripe/client.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, newPostId, POST } from './harness/builders.ts';
import { aCart, type Held } from './harness/carts.ts';
import { dumpDatabase } from './harness/dump.ts';
import { eventually } from './harness/eventually.ts';
import { aGate } from './harness/gate.ts';
import { aShopper, deliver, store } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { countsOf, setStock } from './harness/stock.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;

const mentions = async (shopper_id: string): Promise<string[]> =>
  (await dumpDatabase(db)).filter((row) => row.includes(shopper_id));
const mailEverything = async () => sendMails(context, { mail_ids: await dueMails(db, 100) });

/** Holds the stock of the sticker until it is let go: who needs it waits in the middle of their transaction. */
async function holdStock(): Promise<() => Promise<void>> {
  let letGo = (): void => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let holding = (): void => {};
  const held = new Promise<void>((resolve) => {
    holding = resolve;
  });
  const done = inTransaction(db, async (tx) => {
    await lockProducts(tx, { merchant_ids: ['shop'], product_skus: ['STICKER'] });
    holding();
    await released;
  });
  await held;
  return async () => {
    letGo();
    await done;
  };
}

/** So many statements wait for a lock. */
const waitingForLocks = (n: number) =>
  eventually(async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    expect(rows[0]?.n).toBe(n);
  });

test.each([
  ['linked', () => aShopper(context)],
  ['not linked', async () => '6400000000000000001'],
])('erased while a batch of theirs is being settled, %s: nothing of it stays', async (_name, who) => {
  await setStock(context, 'STICKER', 50);
  const shopper_id = await who();
  const ids = await store(
    context,
    ...[1, 2, 3].map(() => aReply({ author: shopper_id, to: POST.sticker, text: '#AddToCart one more' })),
  );
  const letGo = await holdStock();
  const settling = settleReplies(context, ids);
  await waitingForLocks(1);
  const erasing = eraseShopper(context, shopper_id);
  await waitingForLocks(2);
  await letGo();
  await Promise.all([settling, erasing]);
  expect(await mentions(shopper_id)).toEqual([]);
  expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 0, waiting: 0 });
});

test.each([
  ['linked', () => aShopper(context)],
  ['not linked', async () => '6400000000000000002'],
])(
  'a batch that was read before its author was erased, %s, and is settled after: nothing of it stays',
  async (_name, who) => {
    await setStock(context, 'STICKER', 50);
    const shopper_id = await who();
    await deliver(context, aReply({ author: shopper_id, to: POST.sticker }));
    const ids = await store(context, aReply({ author: shopper_id, to: POST.sticker, text: '#AddToCart x3' }));
    const letGo = await holdStock();
    const erasing = eraseShopper(context, shopper_id);
    await waitingForLocks(1);
    const settling = settleReplies(context, ids);
    await waitingForLocks(2);
    await letGo();
    await Promise.all([erasing, settling]);
    expect(await mentions(shopper_id)).toEqual([]);
    expect(await countsOf(context, 'STICKER')).toMatchObject({ held: 0, waiting: 0 });
  },
);

test('settling, erasing and unlinking at the same time, over and over: the erased are gone, the counts are right', async () => {
  await setStock(context, 'STICKER', 200);
  const shoppers = await Promise.all([...Array(12)].map(() => aShopper(context)));
  const batches = await Promise.all(
    [...Array(12)].map(() =>
      store(
        context,
        ...shoppers.map((author) => aReply({ author, to: POST.sticker, text: '#AddToCart one more' })),
      ),
    ),
  );
  const [erased, unlinked] = [shoppers.slice(0, 4), shoppers.slice(4, 8)];
  await Promise.all([
    ...batches.map((ids) => settleReplies(context, ids)),
    ...erased.flatMap((id) => [eraseShopper(context, id), eraseShopper(context, id)]),
    ...unlinked.map((id) => unlinkShopper(context, id)),
  ]);
  for (const id of erased) expect(await mentions(id)).toEqual([]);
  for (const id of unlinked) {
    const open = await db.selectFrom('carts').select('id').where('shopper_id', '=', id).execute();
    expect(open).toEqual([]);
  }
  await countsOf(context, 'STICKER');
});

test('who was erased is known after a change of SECRET_KEY, as long as the old one stands behind the new one', async () => {
  const author = await aShopper(context);
  const reply = aReply({ author });
  await eraseShopper(context, author);
  const keys = makeKeys(`${'new-key-'.repeat(8)},${config.SECRET_KEY}`);
  await settleReplies({ ...context, keys }, await store(context, reply));
  expect(await mentions(author)).toEqual([]);
  await deliver({ ...context, keys }, aReply({ author, id: newPostId(new Date(Date.now() + 1000)) }));
  expect(await mentions(author)).not.toEqual([]);
});

/** Presses the button on the cart page. Returns the session's id. */
async function checkOut({ path }: Held): Promise<string> {
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  return /cs_test_\w+/.exec((await page.submit('/checkout')).url)?.[0] as string;
}

const pay = (session: string) =>
  shop.control(shop.stripe, `/sessions/${session}/pay`, {
    name: 'Pat Payer',
    address: { line1: '3 Late Road', city: 'Portland', postal_code: '97201', state: 'OR', country: 'US' },
  });
const orderOf = (cart_id: string) =>
  db.selectFrom('orders').selectAll().where('cart_id', '=', cart_id).executeTakeFirst();

test('paid, and erased before the payment was recorded: the order is delivered, and says nothing later', async () => {
  const held = await aCart(shop, [{}], 'late@mail.example');
  const session = await checkOut(held);
  await pay(session);
  await eraseShopper(context, held.shopper_id);
  await recordPayment(context, { session_id: session });
  expect(await orderOf(held.cart_id)).toMatchObject({
    status: 'paid',
    email: null,
    ship_to: { name: 'Pat Payer' },
  });
  expect(Number((await orderOf(held.cart_id))?.shopper_id)).toBeLessThan(0);
  await mailEverything();
  const mails = await shop.mails();
  expect(mails.filter((mail) => mail.to.includes('late@mail.example'))).toEqual([]);
  expect(mails.filter((mail) => mail.to.includes('help@shop.example')).at(0)?.text).toContain('3 Late Road');

  await db
    .updateTable('orders')
    .set({ created_at: new Date(Date.now() - (config.DELIVERY_DAYS + 1) * 86_400_000) })
    .where('cart_id', '=', held.cart_id)
    .execute();
  await forgetOld(db, config);
  expect(await orderOf(held.cart_id)).toMatchObject({ status: 'paid', ship_to: null });
});

test.each([
  ['signed in, while the page before it is closed', true, '/expire'],
  ['signed in, while the page is opened', true, '/v1/checkout/sessions'],
  ['by the link, while the page is opened', false, '/v1/checkout/sessions'],
])('erased on the way to pay, %s: nobody can pay, and nothing of it stays', async (_how, signed_in, path) => {
  const held = await aCart(shop);
  const before = await checkOut(held);
  await deliver(context, aReply({ author: held.shopper_id, text: '#AddToCart x2' }));
  const gate = await aGate(shop.stripe);
  const erased = jest.fn(() => eraseShopper(context, held.shopper_id));
  gate.before(path, erased);
  const stripe = openStripe({ ...config, STRIPE_API_URL: gate.url });
  const page = {
    returnUrl: `${config.PUBLIC_URL}${held.path}`,
    shippingLabel: 'Shipping',
    language: 'en',
    signed_in,
  };
  expect(await openCheckout({ ...context, stripe }, held.cart_id, 4090, page)).toEqual({ kind: 'paid' });
  expect(erased).toHaveBeenCalledTimes(1);
  expect(await mentions(held.shopper_id)).toEqual([]);
  const { data } = await context.stripe.checkout.sessions.list({ limit: 100 });
  const ofCart = data.filter(({ client_reference_id }) => client_reference_id === held.cart_id);
  expect(ofCart.map(({ id, status }) => [id, status])).toContainEqual([before, 'expired']);
  expect(ofCart.filter(({ status }) => status !== 'expired')).toEqual([]);
});

test('what the merchant has not heard of an order yet is told after the erasure, without a name', async () => {
  const held = await aCart(shop, [{}], 'soon@mail.example');
  const session = await checkOut(held);
  await pay(session);
  await recordPayment(context, { session_id: session });
  const order = await orderOf(held.cart_id);
  await eraseShopper(context, held.shopper_id);
  await mailEverything();
  const mail = (await shop.mails()).find((each) => each.subject.includes(`New order ${order?.id}:`));
  expect(mail?.text).toContain('Shopper: unknown');
  expect((await shop.mails()).filter((each) => each.to.includes('soon@mail.example'))).toEqual([]);
});

test('no mail goes to an erased address; one that somebody else has too stays theirs', async () => {
  const [gone, stays] = [
    await aShopper(context, 'two@mail.example'),
    await aShopper(context, 'two@mail.example'),
  ];
  const alone = await aShopper(context, 'alone@mail.example');
  await eraseShopper(context, gone);
  await eraseShopper(context, alone);
  const [other] = [await aShopper(context, 'other@mail.example')];
  await db
    .updateTable('shoppers')
    .set({ email: 'Alone@mail.example' })
    .where('x_user_id', '=', other)
    .execute();
  for (const shopper_id of [stays, other]) await addMail(db, { kind: 'links', shopper_id });
  await mailEverything();
  const to = (await shop.mails())
    .filter((mail) => mail.subject.includes('Your carts'))
    .map((mail) => mail.to);
  expect(to).toEqual([['two@mail.example']]);
  const { error } = await db
    .selectFrom('mails')
    .select('error')
    .where('shopper_id', '=', other)
    .executeTakeFirstOrThrow();
  expect(error).toBe('erased');
});
