import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { addMail } from '../db/mails.ts';
import { lockOrderFacts } from '../db/order-facts.ts';
import { noteCancelled } from '../db/orders.ts';
import { takeBack } from '../db/refund-lines.ts';
import { oweRefund } from '../db/refunds.ts';
import { record } from '../db/staff.ts';
import { tellMerchant } from '../db/webhooks.ts';
import { type WhyNotCancelled, whyNotCancelled } from '../domain/cancelling.ts';
import { queueMails } from '../queue.ts';

/** What became of the wish; an amount is in minor units. */
export type CancelResult =
  | { kind: 'cancelled'; amount: number; currency: string }
  | { kind: 'refused'; why: WhyNotCancelled | 'unknown' };

interface Refused {
  why: Extract<CancelResult, { kind: 'refused' }>['why'];
}
interface Done {
  refund_id: string;
  amount: number;
  currency: string;
  mail_id: string | undefined;
}

/**
 * Cancels an order that is not on its way: all that is left of its payment goes back, its pieces can be had again (who
 * waits for them is next), and the merchant hears not to send it. Against a parcel that leaves in the same moment one wins.
 *
 * @param staff who of the staff wants it; none: the shopper
 * @param reason why they do, for the records
 */
export async function cancelOrder(
  { db, queues, now }: Pick<Context, 'db' | 'queues' | 'now'>,
  order_id: string,
  staff?: string,
  reason?: string,
): Promise<CancelResult> {
  const done = await inTransaction(db, async (tx): Promise<Refused | Done> => {
    const found = await lockOrderFacts(tx, order_id);
    if (!found) return { why: 'unknown' };
    const why = whyNotCancelled(found.facts, staff ? 'staff' : 'shopper', now());
    if (why) return { why };
    const { order, left: amount } = found;
    const { payment_id, merchant_id, currency } = order;
    await noteCancelled(tx, order_id, staff ?? 'shopper');
    await takeBack(tx, payment_id);
    const refund_id = await oweRefund(
      tx,
      { payment_id, reason: 'cancelled', amount, currency, restock: true },
      true,
    );
    await tellMerchant(tx, 'order.cancelled', { order_id });
    if (staff) await record(tx, staff, 'cancel order', order_id, reason);
    const mail_id = await addMail(tx, { kind: 'cancelled', merchant_id, order_id });
    return { refund_id, amount, currency, mail_id };
  });
  if ('why' in done) return { kind: 'refused', why: done.why };
  await queues.add('give-refund', { refund_id: done.refund_id });
  if (done.mail_id) await queueMails({ queues }, [done.mail_id]);
  return { kind: 'cancelled', amount: done.amount, currency: done.currency };
}
