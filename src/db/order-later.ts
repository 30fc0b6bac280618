import type { Db } from './database.ts';
import { disputesOf, warningsOf } from './disputes.ts';
import type { Order } from './order-facts.ts';
import { swapsOf } from './order-swaps.ts';

/** What became of an order after it was paid. */
export type OrderLater = Awaited<ReturnType<typeof readLater>>;

export async function readLater(db: Db, { id, payment_id }: Pick<Order, 'id' | 'payment_id'>) {
  const refunds = await db
    .selectFrom('refunds')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .orderBy('id')
    .execute();
  return {
    refunds,
    swaps: await swapsOf(db, id),
    disputes: await disputesOf(db, payment_id),
    fraud_warnings: await warningsOf(db, payment_id),
  };
}
