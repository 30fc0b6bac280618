import type { Theirs } from './at-stripe.ts';
import type { Proof } from './proof.ts';
import type { World } from './world.ts';

/** What pages told shoppers came true. */
export async function proveTold({ service, told }: World, { payments, keys }: Theirs): Promise<Proof[]> {
  const orders = await service.db.selectFrom('orders').select(['id', 'payment_id', 'returned_at']).execute();
  const byId = new Map(orders.map((order) => [order.id, order]));
  const left = new Map(payments.map((payment) => [payment.id, payment.left]));
  const lines = await service.db.selectFrom('order_lines').select(['order_id', 'sku']).execute();
  const ordered = new Set(lines.map(({ order_id, sku }) => `${order_id} ${sku}`));
  const vouchers = await service.db
    .selectFrom('vouchers as v')
    .innerJoin('orders as o', 'o.id', 'v.order_id')
    .select(['v.id', 'v.used_at', 'o.cancelled_by'])
    .execute();
  return [
    {
      name: 'no code was used twice, or after its shopper had cancelled the order',
      against: [
        ...[...told.used].filter(([, times]) => times > 1).map(([id]) => `voucher ${id}: twice`),
        ...vouchers
          .filter(({ used_at, cancelled_by }) => used_at && cancelled_by === 'shopper')
          .map(({ id }) => `voucher ${id}: cancelled`),
        ...[...told.used.keys()].filter((id) => !vouchers.some((each) => each.id === id && each.used_at)),
      ],
    },
    {
      name: 'what a page said to be undone was not charged',
      against: [...told.undone].filter((post_id) => keys.has(`buynow-${post_id}`)),
    },
    {
      name: 'what a page said to be cancelled was given back, and can be sold again',
      against: [...told.cancelled].filter((order_id) => {
        const order = byId.get(order_id);
        return !order?.returned_at || left.get(order.payment_id) !== 0;
      }),
    },
    {
      name: 'what a page said to be swapped is what was ordered',
      against: [...told.swapped]
        .map(([order_id, sku]) => `${order_id} ${sku}`)
        .filter((line) => !ordered.has(line)),
    },
  ];
}
