import { takeVoucher } from '../../src/actions/use-voucher.ts';
import { POST } from '../harness/builders.ts';
import { Visitor } from '../harness/visitor.ts';
import { cancel, paidOrder } from './after.ts';
import { insist, opened, press } from './browse.ts';
import { CLASS } from './catalog.ts';
import type { Shopper } from './shopper.ts';
import { linkToOrder } from './world.ts';

/** They download in two browsers, each code is taken by two people at once, and sometimes the order is cancelled at that moment. */
export async function useIt(shopper: Shopper): Promise<void> {
  const { world, random, reply } = shopper;
  await reply(CLASS, '#AddToCart x2');
  if (random.happens(0.5)) await reply(POST.ebook, '#AddToCart');
  const order = await paidOrder(shopper);
  if (!order) return;
  const { order_id } = order;
  const { service, context, told } = world;
  const vouchers = await service.db
    .selectFrom('vouchers')
    .select('id')
    .where('order_id', '=', order_id)
    .execute();
  const take = async (id: string, by: string): Promise<void> => {
    const { taken } = await takeVoucher(context, { id }, by);
    if (!taken) return;
    world.count('codes used');
    told.used.set(id, (told.used.get(id) ?? 0) + 1);
  };
  const { html } = await opened(await insist(() => linkToOrder(world, order_id)));
  const download = /href="(\/d\/[^"]+)"/.exec(html)?.[1];
  const fetchIt = async (path: string): Promise<void> => {
    if (await press(new Visitor(elsewhere), `${service.url}${path}`, path)) world.count('downloads');
  };
  await Promise.all([
    ...vouchers.flatMap(({ id }) => [take(id, 'kim'), take(id, 'lee')]),
    ...(download ? [fetchIt(download), fetchIt(download)] : []),
    ...(random.happens(0.4) ? [cancel(shopper, order_id)] : []),
  ]);
}

/** Files lie on the merchant's own server: nobody asks that. */
const elsewhere: typeof fetch = (input, init) =>
  new URL(String(input)).hostname.endsWith('.example') ? Promise.resolve(new Response()) : fetch(input, init);
