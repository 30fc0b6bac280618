import { refundOrder } from '../../src/actions/refund-order.ts';
import { PermanentError } from '../../src/errors.ts';
import { POST } from '../harness/builders.ts';
import { Visitor } from '../harness/visitor.ts';
import { checkOut, insist, opened, press } from './browse.ts';
import { PACK } from './catalog.ts';
import { pay, payOnce } from './paying.ts';
import type { Shopper } from './shopper.ts';
import { linkToOrder } from './world.ts';

/** What may become of an order once it is paid. */

/** Pays, and waits for what comes of it. Nothing, where it could not be paid or the money goes back. */
export async function paidOrder(
  shopper: Shopper,
): Promise<{ order_id: string; payment_id: string; amount: number } | undefined> {
  const { world, cart_id } = shopper;
  if (!(await payOnce(shopper))) return undefined;
  const { order_id, ...payment } = await insist(async () => {
    const [found] = await world.service.db
      .selectFrom('payments as p')
      .innerJoin('checkouts as k', 'k.id', 'p.checkout_id')
      .leftJoin('orders as o', 'o.payment_id', 'p.id')
      .select(['p.id as payment_id', 'o.id as order_id', 'p.amount'])
      .where('k.cart_id', '=', cart_id)
      .execute();
    if (!found) throw new Error(`cart ${cart_id} was paid, and nothing came of it`);
    return found;
  });
  return order_id === null ? undefined : { order_id, ...payment };
}

/** All of it, a part, two equal parts; or the merchant gives it back at Stripe, past us. */
export async function wantItBack(shopper: Shopper): Promise<void> {
  const { world, random } = shopper;
  const { context, service } = world;
  const order = await paidOrder(shopper);
  if (!order) return;
  const { order_id, payment_id, amount } = order;
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

/** On the order's page; the merchant gives it back at the same time, or they press twice. */
export async function cancelIt(shopper: Shopper): Promise<void> {
  const order = await paidOrder(shopper);
  if (order) await cancel(shopper, order.order_id);
}

/** Presses the button on an order's page, while something else may happen to it. */
export async function cancel(
  { world, random }: Pick<Shopper, 'world' | 'random'>,
  order_id: string,
): Promise<void> {
  const link = await insist(() => linkToOrder(world, order_id));
  const page = new Visitor();
  const besides = {
    nothing: async () => {},
    another: () => press(new Visitor(), `${link}/cancel`, '/cancel'),
    refund: () => refundOrder(world.context, order_id, { restock: true, by: 'chaos' }).catch(tooLate),
  }[random.pick(['nothing', 'nothing', 'another', 'refund'] as const)];
  await Promise.all([press(page, `${link}/cancel`, '/cancel'), besides()]);
  await insist(() => page.open(link));
  if (!/Cancelled\. Your payment goes back|Your whole payment was given back/.test(page.text)) return;
  world.count('orders cancelled');
  world.told.cancelled.add(order_id);
}

/** Somebody was quicker. */
function tooLate(error: unknown): void {
  if (!(error instanceof PermanentError)) throw error;
}

/** Another option in the place of one, and sometimes no option at all in the end. */
export async function swapIt(shopper: Shopper): Promise<void> {
  const { world, random, reply } = shopper;
  await reply(
    ...random.pick<[string, string]>([
      [POST.tee, '#AddToCart red M'],
      [PACK, '#AddToCart 2-pack'],
    ]),
  );
  const order = await paidOrder(shopper);
  if (!order) return;
  const { order_id } = order;
  const link = await insist(() => linkToOrder(world, order_id));
  for (let times = 1 + random.below(2); times > 0; times--) {
    const page = await opened(link);
    const options = [...page.html.matchAll(/<option value="([\w-]+)"(?! disabled)/g)].map(([, sku]) => sku);
    const to = random.pick(options);
    if (!to) break;
    await press(page, link, '/swap', { to });
    if (!page.text.includes('Swapped. ')) continue;
    world.count('lines swapped');
    world.told.swapped.set(order_id, to);
  }
  if (random.happens(0.3)) await cancel(shopper, order_id);
}

/** Where a dispute goes, from its beginning to its end, if it comes to one. */
const COURSES = [
  ['needs_response'],
  ['needs_response', 'under_review', 'won'],
  ['needs_response', 'under_review', 'lost'],
  ['needs_response', 'lost', 'won'],
  ['lost'],
  ['warning_needs_response', 'warning_closed'],
  ['warning_needs_response', 'needs_response', 'lost'],
] as const;

/** They tell their bank that it was not them, and sometimes its network warns of it before; of either we may hear first. */
export async function callItFraud(shopper: Shopper): Promise<void> {
  const { world, random, link } = shopper;
  const { context, service } = world;
  const session = await checkOut(link);
  if (!session || !(await pay(shopper, session))) return;
  const { payment_intent } = await insist(() => context.stripe.checkout.sessions.retrieve(session));
  if (random.happens(0.5)) {
    world.count('warnings of fraud');
    const warning = await service.control(service.stripe, '/fraud-warnings', { payment_intent });
    if (random.happens(0.3)) await service.control(service.stripe, `/fraud-warnings/${warning.id}/end`, {});
    if (random.happens(0.3)) return;
  }
  world.count('disputes');
  const [status, ...course] = random.pick(COURSES);
  const { id } = await service.control(service.stripe, '/disputes', { payment_intent, status });
  for (const next of course) {
    await new Promise((resolve) => setTimeout(resolve, random.below(1_000)));
    await service.control(service.stripe, `/disputes/${id}`, { status: next });
  }
}
