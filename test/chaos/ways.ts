import { refundOrder } from '../../src/actions/refund-order.ts';
import type { Random } from '../bench/workload/random.ts';
import { POST } from '../harness/builders.ts';
import { eventually } from '../harness/eventually.ts';
import { atStripe, checkOut, insist, opened } from './browse.ts';
import type { Shopper } from './shopper.ts';

/** How shoppers go on once something is in their cart. */
type Way = (shopper: Shopper) => Promise<unknown>;

const PATIENCE_MS = 240_000;

/** Each with the share of shoppers that goes it, in percent. */
const WAYS: Array<[share: number, way: Way]> = [
  [37, payOnce],
  [10, declinedFirst],
  [8, askedByTheirBank],
  [8, payByDebit],
  [10, inTwoTabs],
  [8, changeTheirMind],
  [4, payTwice],
  [9, wantItBack],
  [6, leave],
];

export function wayOf(random: Random): Way {
  let place = random.below(100);
  for (const [share, way] of WAYS) {
    place -= share;
    if (place < 0) return way;
  }
  return leave;
}

/** Whether it could be paid. */
async function payOnce(shopper: Shopper): Promise<boolean> {
  const session = await checkOut(shopper.link);
  const paid = session !== undefined && (await pay(shopper, session));
  if (!paid) shopper.world.count('carts that could not be paid');
  return paid;
}

/** Pays a session, and looks at the page that Stripe sends them to. */
async function pay({ world, link }: Shopper, session: string, card = 'ok'): Promise<boolean> {
  if (!(await atStripe(world, `/sessions/${session}/pay`, { card }))) return false;
  if (card === 'ok') {
    world.count('payments');
    await opened(`${link}?session=${session}`);
  }
  return true;
}

async function declinedFirst(shopper: Shopper): Promise<void> {
  const session = await checkOut(shopper.link);
  if (!session) return;
  shopper.world.count('declined cards');
  await pay(shopper, session, shopper.random.pick(['declined', 'insufficient_funds']));
  await pay(shopper, session);
}

async function askedByTheirBank(shopper: Shopper): Promise<void> {
  const { world, random, link } = shopper;
  const session = await checkOut(link);
  if (!session || !(await pay(shopper, session, 'authentication_required'))) return;
  world.count('questions of banks');
  const result = random.happens(0.7) ? 'complete' : 'fail';
  if (!(await atStripe(world, `/sessions/${session}/authenticate`, { result }))) return;
  if (result === 'complete') world.count('payments');
  await opened(`${link}?session=${session}`);
}

/** The bank tells later whether there is money. */
async function payByDebit(shopper: Shopper): Promise<void> {
  const { world, random, link } = shopper;
  const session = await checkOut(link);
  if (!session || !(await pay(shopper, session, 'bank_debit'))) return;
  world.count('bank debits');
  await opened(`${link}?session=${session}`);
  await new Promise((resolve) => setTimeout(resolve, random.below(2_000)));
  const result = random.happens(0.7) ? 'succeeded' : 'failed';
  if ((await atStripe(world, `/sessions/${session}/async`, { result })) && result === 'succeeded')
    world.count('payments');
}

/** The same cart in two tabs, and in one of them something else than in the other. */
async function inTwoTabs(shopper: Shopper): Promise<void> {
  const { world, random, link, reply } = shopper;
  world.count('carts in two tabs');
  const first = await checkOut(link);
  if (random.happens(0.5)) await reply(POST.mug, '#AddToCart one more');
  const second = await checkOut(link);
  await Promise.all([first, second].map((session) => session && pay(shopper, session)));
}

/** The payment page is left open, the cart changes, and the old page is paid: late, if it can be paid at all. */
async function changeTheirMind(shopper: Shopper): Promise<void> {
  const { world, random, link, reply } = shopper;
  const old = await checkOut(link);
  await reply(random.pick([POST.mug, POST.ebook]), '#AddToCart');
  const next = random.happens(0.5) ? await checkOut(link) : undefined;
  if (old && (await pay(shopper, old))) return world.count('late payments');
  if (next) await pay(shopper, next);
}

/** Two pages for one cart that both can be paid: as when nobody could close the one, because Stripe was away. */
async function payTwice(shopper: Shopper): Promise<void> {
  const { world, link } = shopper;
  const first = await checkOut(link);
  if (!first) return;
  await insist(() =>
    world.service.db
      .updateTable('checkouts')
      .set({ status: 'expired' })
      .where('session_id', '=', first)
      .where('status', '=', 'open')
      .execute(),
  );
  const second = await checkOut(link);
  if (!second || second === first) return;
  world.count('carts paid twice');
  await Promise.all([pay(shopper, first), pay(shopper, second)]);
}

/** All of it, a part, two equal parts; or the merchant gives it back at Stripe, past us. */
async function wantItBack(shopper: Shopper): Promise<void> {
  const { world, random, cart_id } = shopper;
  const { context, service } = world;
  if (!(await payOnce(shopper))) return;
  const order = await eventually(async () => {
    const [payment] = await service.db
      .selectFrom('payments as p')
      .innerJoin('checkouts as k', 'k.id', 'p.checkout_id')
      .leftJoin('orders as o', 'o.payment_id', 'p.id')
      .select(['p.id as payment_id', 'o.id as order_id', 'p.amount'])
      .where('k.cart_id', '=', cart_id)
      .execute();
    if (!payment) throw new Error(`cart ${cart_id} was paid, and nothing came of it`);
    return payment;
  }, PATIENCE_MS);
  const { order_id, payment_id, amount } = order;
  if (order_id === null) return;
  world.count('refunds');
  const by = 'chaos';
  if (random.happens(0.15)) {
    world.count('refunds in Stripe’s dashboard');
    const { fee } = await service.db
      .selectFrom('orders')
      .select('fee')
      .where('id', '=', order_id)
      .executeTakeFirstOrThrow();
    const refund = { payment_intent: payment_id, amount: Math.ceil(amount / 3), reverse_transfer: true };
    await insist(() =>
      context.stripe.refunds.create({ ...refund, ...(fee > 0 ? { refund_application_fee: true } : {}) }),
    );
  } else if (random.happens(0.4)) await refundOrder(context, order_id, { restock: random.happens(0.5), by });
  else
    for (let part = 0; part < 2; part++)
      await refundOrder(context, order_id, { amount: Math.floor(amount / 2), restock: true, by });
}

/** Half of them have opened Stripe's page by then. */
async function leave({ world, random, link }: Shopper): Promise<void> {
  world.count('shoppers who left');
  if (random.happens(0.5)) await checkOut(link);
}
