import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { addMail } from '../db/mails.ts';
import { lockOrder, noteShipped } from '../db/orders.ts';
import { isGoingBack } from '../db/refunds.ts';
import { record } from '../db/staff.ts';
import { tellMerchant } from '../db/webhooks.ts';
import { needsShipping } from '../domain/cart.ts';
import { piecesLeft } from '../domain/given-back.ts';
import { PermanentError } from '../errors.ts';
import { queueMails } from '../queue.ts';

/**
 * Notes that an order is on its way, and tells the shopper, once. Who does it again corrects carrier and number.
 *
 * @param by who said so, for the records
 * @throws PermanentError where there is nothing to send
 */
export async function shipOrder(
  { db, queues }: Pick<Context, 'db' | 'queues'>,
  order_id: string,
  { carrier, tracking, by }: { carrier: string | null; tracking: string | null; by: string },
): Promise<{ told: boolean }> {
  const mail_id = await inTransaction(db, async (tx) => {
    const order = await lockOrder(tx, order_id);
    if (!order) throw new PermanentError(`there is no order ${order_id}`);
    if (order.status === 'cancelled')
      throw new PermanentError(`order ${order_id} was cancelled: do not send it`);
    if (order.status !== 'paid') throw new PermanentError(`order ${order_id} was given back: do not send it`);
    if (await isGoingBack(tx, order.payment_id))
      throw new PermanentError(`order ${order_id} is being given back: do not send it`);
    if (!needsShipping(order.lines.filter((line) => piecesLeft(line) > 0)))
      throw new PermanentError(`order ${order_id} has nothing to send`);
    const isNews = await noteShipped(tx, order_id, { carrier, tracking });
    if (isNews) await tellMerchant(tx, 'order.shipped', { order_id });
    await record(tx, by, 'ship order', order_id);
    const { shopper_id, merchant_id } = order;
    return addMail(tx, { kind: 'shipped', shopper_id, merchant_id, order_id });
  });
  if (mail_id) await queueMails({ queues }, [mail_id]);
  return { told: mail_id !== undefined };
}
