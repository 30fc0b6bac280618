import type { Db } from './database.ts';
import { downloadsOf } from './downloads.ts';
import { readOrderFacts } from './order-facts.ts';
import { swapChoices, swapsOf } from './order-swaps.ts';
import { refundsOf } from './refund-lines.ts';
import { vouchersOf } from './vouchers.ts';

/** Everything that an order's page shows. */
export type OrderPage = NonNullable<Awaited<ReturnType<typeof readOrderPage>>>;

export async function readOrderPage(db: Db, order_id: string) {
  const found = await readOrderFacts(db, order_id);
  if (!found) return undefined;
  const { order, lines } = found;
  return {
    ...found,
    refunds: await refundsOf(db, order.payment_id),
    swaps: await swapsOf(db, order_id),
    choices: await swapChoices(db, order, lines),
    downloads: await downloadsOf(db, order_id),
    vouchers: await vouchersOf(db, order_id),
  };
}
