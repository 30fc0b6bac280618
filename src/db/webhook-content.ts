import { sql } from 'kysely';
import type { Db } from './database.ts';
import { linesOfOrder } from './orders.ts';
import { refundsOf } from './refund-lines.ts';
import type { Message } from './webhooks.ts';

/**
 * What a message says: the order as it is now, and what has become of it. Amounts are in the minor units of the currency.
 * Of a shopper who was erased it names nobody, whenever it is sent.
 */
export async function webhookContent(db: Db, message: Message) {
  const { order_id, merchant_id, refund_id, swap_id, dispute_id } = message;
  const order = await db
    .selectFrom('orders as o')
    .leftJoin('shoppers as s', 's.x_user_id', 'o.shopper_id')
    .select([
      'o.id',
      'o.merchant_id',
      'o.status',
      'o.currency',
      'o.subtotal',
      'o.shipping',
      'o.tax',
      'o.tax_included',
      'o.total',
      'o.fee',
      'o.created_at',
      'o.shipped_at',
      'o.carrier',
      'o.tracking',
      'o.cancelled_at',
      'o.payment_id',
      's.username as handle',
      'o.email',
      'o.ship_to',
    ])
    .where('o.id', '=', order_id)
    .where('o.merchant_id', '=', merchant_id)
    .executeTakeFirstOrThrow();
  const lines = (await linesOfOrder(db, order_id)).map(
    ({ sku, title, kind, quantity, price, given_back }) => ({
      ...{ sku, title, kind, quantity, price, given_back },
    }),
  );
  const [refund] = (refund_id ? await refundsOf(db, order.payment_id) : [])
    .filter(({ id }) => id === refund_id)
    .map(({ id, reason, status, amount, currency, lines: pieces }) => ({
      ...{ id, reason, status, amount, currency },
      lines: pieces,
    }));
  const change =
    swap_id &&
    (await db
      .selectFrom('order_swaps')
      .select(['at', 'from_sku', 'from_title', 'to_sku', 'to_title', 'quantity'])
      .select(sql<boolean>`by = 'shopper'`.as('by_shopper'))
      .where('id', '=', swap_id)
      .executeTakeFirst());
  const dispute =
    dispute_id &&
    (await db
      .selectFrom('disputes')
      .select(['id', 'status', 'reason', 'amount', 'currency', 'evidence_due_at'])
      .where('id', '=', dispute_id)
      .executeTakeFirst());
  return {
    order: { ...order, lines },
    ...(refund ? { refund } : {}),
    ...(change ? { change } : {}),
    ...(dispute ? { dispute } : {}),
  };
}
