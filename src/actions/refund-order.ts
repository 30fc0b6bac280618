import type { Context } from '../context.ts';
import { type Db, inTransaction, type Tx } from '../db/database.ts';
import { disputesOf } from '../db/disputes.ts';
import { linesOfOrder } from '../db/orders.ts';
import { addRefundLines } from '../db/refund-lines.ts';
import { lockPayment, oweRefund } from '../db/refunds.ts';
import { record } from '../db/staff.ts';
import { vouchersOf } from '../db/vouchers.ts';
import { formatMoney } from '../domain/currency.ts';
import { isOpenDispute } from '../domain/dispute.ts';
import {
  type LineOfOrder,
  namedPieces,
  type PlannedPieces,
  piecesText,
  worthOf,
} from '../domain/given-back.ts';
import { PermanentError } from '../errors.ts';

/** How much is to be given back, and for what. */
export interface RefundWish {
  /** In minor units. Left out: what the pieces have cost that are named, or all that is left. */
  amount?: number | undefined;
  /** Pieces, or all that is left of a line: their codes and downloads end. */
  of?: Array<{ sku: string; pieces?: number | undefined }> | undefined;
}

/**
 * Gives an order's money back, or a part of it: notes the refund, which a job then makes. Never more than was paid.
 *
 * @param restock whether what is named can be sold again; without names all of the order, once all is given back
 * @param by who decided it, and why, for the records
 * @param despiteDispute a bank that disputes the payment gives it back by itself: who does so besides has to say that it is meant
 * @throws PermanentError where there is nothing to give back, or not so much, or a dispute that nobody has thought of
 */
export async function refundOrder(
  { db, queues }: Pick<Context, 'db' | 'queues'>,
  order_id: string,
  { restock, by, why, despiteDispute, shownLeft, ...wish }: Decided,
): Promise<{ refund_id: string; amount: number; currency: string }> {
  const refund = await inTransaction(db, async (tx) => {
    const { payment_id, amount, currency, whole, left, disputed, pieces } = await plan(tx, order_id, wish);
    if (shownLeft !== undefined && left !== shownLeft)
      throw new PermanentError(`of order ${order_id} something was given back meanwhile: look again`);
    if (disputed && !despiteDispute)
      throw new PermanentError(
        `a bank disputes the payment of order ${order_id}, and may give it back by itself: it would go back twice`,
      );
    const refund_id = await oweRefund(
      tx,
      { payment_id, reason: 'requested', amount, currency, restock },
      whole,
    );
    await addRefundLines(tx, refund_id, order_id, pieces);
    const what = pieces.length > 0 ? ` for ${piecesText(pieces)}` : '';
    await record(tx, by, `refund ${formatMoney(amount, currency, 'en')}${what}`, order_id, why);
    return { refund_id, amount, currency };
  });
  await queues.add('give-refund', { refund_id: refund.refund_id });
  return refund;
}

interface Decided extends RefundWish {
  restock: boolean;
  by: string;
  why?: string;
  despiteDispute?: boolean | undefined;
  /** What was left when it was decided, in minor units: where that has changed since, somebody has to look again. */
  shownLeft?: number;
}

/** What would be given back, and whether a bank is at it already. @throws PermanentError as when it is done */
export async function planRefund(
  db: Db,
  order_id: string,
  wish: RefundWish,
): Promise<{ amount: number; currency: string; left: number; disputed: boolean; pieces: PlannedPieces[] }> {
  return inTransaction(db, async (tx) => {
    const { amount, currency, left, disputed, pieces, lines } = await plan(tx, order_id, wish);
    const vouchers = await vouchersOf(tx, order_id);
    const planned = pieces.map((each) => {
      const own = vouchers.filter(({ sku }) => sku === each.sku);
      const good = own.filter((voucher) => !voucher.used_at && !voucher.void).length;
      return {
        ...each,
        title: titleOf(lines, each.sku),
        codes: Math.min(good, each.pieces),
        used: own.filter(({ used_at }) => used_at).length,
      };
    });
    return { amount, currency, left, disputed, pieces: planned };
  });
}

const titleOf = (lines: LineOfOrder[], sku: string): string =>
  lines.find((line) => line.sku === sku)?.title ?? sku;

async function plan(tx: Tx, order_id: string, { amount, of = [] }: RefundWish) {
  const payment = await lockPayment(tx, order_id);
  if (!payment) throw new PermanentError(`there is no order ${order_id}`);
  const left = payment.amount - payment.owed;
  if (left === 0) throw new PermanentError(`order ${order_id} was given back already`);
  const lines = await linesOfOrder(tx, order_id);
  const named = namedPieces(of, lines);
  if ('fault' in named) throw new PermanentError(`order ${order_id}: ${named.fault}`);
  const { pieces } = named;
  const back = amount ?? (pieces.length > 0 ? worthOf(pieces, lines, payment) : left);
  if (back < 1 || back > left)
    throw new PermanentError(
      `of order ${order_id} at most ${formatMoney(left, payment.currency, 'en')} can be given back`,
    );
  const disputes = await disputesOf(tx, payment.payment_id);
  const disputed = disputes.some(({ status }) => isOpenDispute(status));
  return { ...payment, lines, pieces, amount: back, left, whole: back === left, disputed };
}
