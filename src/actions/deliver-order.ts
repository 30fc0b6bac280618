import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { renewDownloads } from '../db/downloads.ts';
import { addMail, lastRound } from '../db/mails.ts';
import { lockOrder } from '../db/orders.ts';
import { record } from '../db/staff.ts';
import { needsDelivery } from '../domain/cart.ts';
import { PermanentError } from '../errors.ts';
import { queueMails } from '../queue.ts';

/**
 * Gives an order's downloads anew, as often and as long as the catalog says, and mails them with its codes once more.
 * Links that were mailed before end.
 *
 * @param by who decided it, for the records
 * @throws PermanentError where there is nothing to deliver
 */
export async function deliverOrder(
  { db, queues }: Pick<Context, 'db' | 'queues'>,
  order_id: string,
  by: string,
): Promise<void> {
  const mail_id = await inTransaction(db, async (tx) => {
    const order = await lockOrder(tx, order_id);
    if (!order) throw new PermanentError(`there is no order ${order_id}`);
    const { status } = await tx
      .selectFrom('payments')
      .select('status')
      .where('id', '=', order.payment_id)
      .executeTakeFirstOrThrow();
    if (status !== 'ordered')
      throw new PermanentError(`order ${order_id} was given back: nothing is delivered`);
    if (!needsDelivery(order.lines))
      throw new PermanentError(`order ${order_id} has no downloads and no codes`);
    await renewDownloads(tx, order_id);
    await record(tx, by, 'deliver order', order_id);
    const { shopper_id, merchant_id } = order;
    const round = (await lastRound(tx, order_id, 'delivery')) + 1;
    return addMail(tx, { kind: 'delivery', shopper_id, merchant_id, order_id, round });
  });
  if (mail_id) await queueMails({ queues }, [mail_id]);
}
