import type { Db } from './database.ts';
import { disputesOf, warningsOf } from './disputes.ts';
import type { Order } from './order-facts.ts';
import { swapsOf } from './order-swaps.ts';
import { refundsOf } from './refund-lines.ts';

/** What became of an order after it was paid. */
export type OrderLater = Awaited<ReturnType<typeof readLater>>;

export async function readLater(db: Db, { id, payment_id }: Pick<Order, 'id' | 'payment_id'>) {
  return {
    refunds: await refundsOf(db, payment_id),
    swaps: await swapsOf(db, id),
    disputes: await disputesOf(db, payment_id),
    fraud_warnings: await warningsOf(db, payment_id),
  };
}
