import { sql } from 'kysely';
import type { OrderToSend } from '../domain/order.ts';
import type { Db } from './database.ts';
import { givenBack } from './refund-lines.ts';

/**
 * The orders that a merchant has to send, the oldest first: paid, not cancelled, nothing of them on its way, and not about to
 * be given back. Of their lines what is to be sent: without pieces that were given back.
 *
 * @param order_id only this one
 */
export async function ordersToSend(
  db: Db,
  merchant_id: string,
  { order_id, limit }: { order_id?: string; limit: number },
): Promise<OrderToSend[]> {
  const { rows } = await sql<OrderToSend>`
    select o.id, o.created_at, o.ship_to, lines.lines
    from orders o
    join payments p on p.id = o.payment_id and p.status = 'ordered'
    cross join lateral (
      select json_agg(json_build_object('sku', sku, 'title', title, 'quantity', quantity - ${givenBack}) order by sku) as lines
      from order_lines l
      where order_id = o.id and kind = 'physical' and quantity > ${givenBack}) lines
    where o.merchant_id = ${merchant_id} and o.status = 'paid' and o.shipped_at is null and lines.lines is not null
      and (${order_id ?? null}::bigint is null or o.id = ${order_id ?? null})
    order by o.id limit ${limit}`.execute(db);
  return rows;
}
