import { sql } from 'kysely';
import type { Db } from './database.ts';
import { givenBack } from './refund-lines.ts';
import type { OrderStatus } from './schema.ts';

/**
 * Orders with their lines, the oldest first: one row for each line, as things are now. What was swapped is the option that
 * it is now; what was given back is counted, and is not to be sent.
 *
 * @param given.unshipped only lines of which something is to be sent
 */
export async function orderRows(db: Db, given: { merchant_id?: string; since?: Date; unshipped?: boolean }) {
  const toSend = sql<number>`
    case when l.kind = 'physical' and o.status = 'paid' and p.status = 'ordered' and o.shipped_at is null
      then l.quantity - ${givenBack} else 0 end`;
  return db
    .selectFrom('orders as o')
    .innerJoin('order_lines as l', 'l.order_id', 'o.id')
    .innerJoin('payments as p', 'p.id', 'o.payment_id')
    .leftJoin('shoppers as s', 's.x_user_id', 'o.shopper_id')
    .select([
      'o.id as order_id',
      'o.created_at as ordered_at',
      'o.merchant_id',
      // While all of it goes back the order still says that it was paid.
      sql<OrderStatus | 'refunding'>`
        case when o.status = 'paid' and p.status <> 'ordered' then 'refunding' else o.status::text end`.as(
        'status',
      ),
      'o.shipped_at',
      'o.carrier',
      'o.tracking',
      'l.sku',
      'l.title',
      'l.kind',
      'l.quantity',
      givenBack.as('given_back'),
      toSend.as('to_send'),
      'l.price',
      'o.currency',
      'o.subtotal',
      'o.shipping',
      'o.tax',
      'o.tax_included',
      'o.total',
      sql<number>`(
        select coalesce(sum(amount), 0)::int from refunds where payment_id = p.id and status <> 'failed')`.as(
        'refunded',
      ),
      'o.fee',
      'o.country',
      'o.payment_id',
      's.username as handle',
      'o.email',
      'o.ship_to',
    ])
    .$if(given.merchant_id !== undefined, (query) =>
      query.where('o.merchant_id', '=', given.merchant_id as string),
    )
    .$if(given.since !== undefined, (query) => query.where('o.created_at', '>=', given.since as Date))
    .$if(given.unshipped === true, (query) => query.where(toSend, '>', 0))
    .orderBy('o.id')
    .orderBy('l.sku')
    .execute();
}
