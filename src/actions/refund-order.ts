import type { Context } from '../context.ts';
import { type Db, inTransaction, type Tx } from '../db/database.ts';
import { disputesOf } from '../db/disputes.ts';
import { lockPayment, oweRefund } from '../db/refunds.ts';
import { record } from '../db/staff.ts';
import { formatMoney } from '../domain/currency.ts';
import { isOpenDispute } from '../domain/dispute.ts';
import { PermanentError } from '../errors.ts';

/**
 * Gives an order's money back, or a part of it: notes the refund, which a job then makes. Never more than was paid.
 *
 * @param amount in minor units; all that is left, if left out
 * @param restock whether the pieces can be sold again once all is given back
 * @param by who decided it, and why, for the records
 * @param despiteDispute a bank that disputes the payment gives it back by itself: who does so besides has to say that it is meant
 * @throws PermanentError where there is nothing to give back, or not so much, or a dispute that nobody has thought of
 */
export async function refundOrder(
  { db, queues }: Pick<Context, 'db' | 'queues'>,
  order_id: string,
  { amount, restock, by, why, despiteDispute, shownLeft }: Wish,
): Promise<{ refund_id: string; amount: number; currency: string }> {
  const refund = await inTransaction(db, async (tx) => {
    const { payment_id, amount: back, currency, whole, left, disputed } = await plan(tx, order_id, amount);
    if (shownLeft !== undefined && left !== shownLeft)
      throw new PermanentError(`of order ${order_id} something was given back meanwhile: look again`);
    if (disputed && !despiteDispute)
      throw new PermanentError(
        `a bank disputes the payment of order ${order_id}, and may give it back by itself: it would go back twice`,
      );
    const refund_id = await oweRefund(
      tx,
      { payment_id, reason: 'requested', amount: back, currency, restock },
      whole,
    );
    await record(tx, by, `refund ${formatMoney(back, currency, 'en')}`, order_id, why);
    return { refund_id, amount: back, currency };
  });
  await queues.add('give-refund', { refund_id: refund.refund_id });
  return refund;
}

interface Wish {
  amount?: number | undefined;
  restock: boolean;
  by: string;
  why?: string;
  despiteDispute?: boolean;
  /** What was left when it was decided, in minor units: where that has changed since, somebody has to look again. */
  shownLeft?: number;
}

/** What would be given back, and whether a bank is at it already. @throws PermanentError as when it is done */
export async function planRefund(
  db: Db,
  order_id: string,
  amount?: number,
): Promise<{ amount: number; currency: string; left: number; disputed: boolean }> {
  const planned = await inTransaction(db, (tx) => plan(tx, order_id, amount));
  const { amount: back, currency, left, disputed } = planned;
  return { amount: back, currency, left, disputed };
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
  const disputes = await disputesOf(tx, payment.payment_id);
  const disputed = disputes.some(({ status }) => isOpenDispute(status));
  return { ...payment, amount: back, left, whole: back === left, disputed };
}
