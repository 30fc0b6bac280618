import type { Context } from '../context.ts';
import { type Db, inTransaction, type Tx } from '../db/database.ts';
import { lockPayment, oweRefund } from '../db/refunds.ts';
import { record } from '../db/staff.ts';
import { formatMoney } from '../domain/currency.ts';
import { PermanentError } from '../errors.ts';

/**
 * Gives an order's money back, or a part of it: notes the refund, which a job then makes. Never more than was paid.
 *
 * @param amount in minor units; all that is left, if left out
 * @param restock whether the pieces can be sold again once all is given back
 * @param by who decided it, for the records
 * @throws PermanentError where there is nothing to give back, or not so much
 */
export async function refundOrder(
  { db, queues }: Pick<Context, 'db' | 'queues'>,
  order_id: string,
  { amount, restock, by }: { amount?: number; restock: boolean; by: string },
): Promise<{ refund_id: string; amount: number; currency: string }> {
  const refund = await inTransaction(db, async (tx) => {
    const { payment_id, amount: back, currency, whole } = await plan(tx, order_id, amount);
    const refund_id = await oweRefund(
      tx,
      { payment_id, reason: 'requested', amount: back, currency, restock },
      whole,
    );
    await record(tx, by, `refund ${formatMoney(back, currency, 'en')}`, order_id);
    return { refund_id, amount: back, currency };
  });
  await queues.add('give-refund', { refund_id: refund.refund_id });
  return refund;
}

/** What would be given back. @throws PermanentError as when it is done */
export async function planRefund(
  db: Db,
  order_id: string,
  amount?: number,
): Promise<{ amount: number; currency: string }> {
  const { amount: back, currency } = await inTransaction(db, (tx) => plan(tx, order_id, amount));
  return { amount: back, currency };
}

async function plan(tx: Tx, order_id: string, amount: number | undefined) {
  const payment = await lockPayment(tx, order_id);
  if (!payment) throw new PermanentError(`there is no order ${order_id}`);
  const left = payment.amount - payment.owed;
  const back = amount ?? left;
  if (left === 0) throw new PermanentError(`order ${order_id} was given back already`);
  if (back < 1 || back > left)
    throw new PermanentError(
      `of order ${order_id} at most ${formatMoney(left, payment.currency, 'en')} can be given back`,
    );
  return { ...payment, amount: back, whole: back === left };
}
