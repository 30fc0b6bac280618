import { type Selectable, sql } from 'kysely';
import type { CancelFacts } from '../domain/cancelling.ts';
import { isOpenDispute } from '../domain/dispute.ts';
import type { LineOfOrder } from '../domain/given-back.ts';
import { lockCart } from './carts.ts';
import type { Db, Tx } from './database.ts';
import { linesOfOrder } from './orders.ts';
import type { Order as Orders } from './schema.ts';
import { lockProducts } from './stock.ts';

export type Order = Selectable<Orders>;

/** An order with what decides what may still be done with it. */
export interface OrderFacts {
  order: Order;
  lines: LineOfOrder[];
  facts: CancelFacts;
  /** What is left of its payment that can be given back, in minor units. */
  left: number;
}

/** Reads an order. `undefined`: there is none. */
export async function readOrderFacts(db: Db, order_id: string): Promise<OrderFacts | undefined> {
  const order = await db.selectFrom('orders').selectAll().where('id', '=', order_id).executeTakeFirst();
  if (!order) return undefined;
  const lines = await linesOfOrder(db, order_id);
  const { rows } = await sql<{ cancel_hours: number; amount: number; owed: number }>`
    select m.cancel_hours, p.amount,
      (select coalesce(sum(amount), 0)::int from refunds where payment_id = p.id and status <> 'failed') as owed
    from payments p join merchants m on m.id = ${order.merchant_id}
    where p.id = ${order.payment_id}`.execute(db);
  const [{ cancel_hours, amount, owed }] = rows as [(typeof rows)[number]];
  const disputes = await db
    .selectFrom('disputes')
    .select('status')
    .where('payment_id', '=', order.payment_id)
    .execute();
  const facts = {
    ...{ status: order.status, created_at: order.created_at, shipped_at: order.shipped_at, cancel_hours },
    refunding: owed >= amount,
    disputed: disputes.some(({ status }) => isOpenDispute(status)),
    used: await usedUp(db, order_id),
  };
  return { order, lines, facts, left: amount - owed };
}

/**
 * The same, locked: the stock of all its products, its shopper, its cart, itself and its payment, in the order that all keep.
 */
export async function lockOrderFacts(tx: Tx, order_id: string): Promise<OrderFacts | undefined> {
  const order = await lockStockOfOrder(tx, order_id);
  if (!order) return undefined;
  await lockCart(tx, order.cart_id, []);
  await tx.selectFrom('orders').select('id').where('id', '=', order_id).forUpdate().execute();
  await tx.selectFrom('payments').select('id').where('id', '=', order.payment_id).forUpdate().execute();
  return readOrderFacts(tx, order_id);
}

/**
 * Locks the stock of all options of what is in an order: which of them it is may change until the order itself is locked.
 */
export async function lockStockOfOrder(
  tx: Tx,
  order_id: string,
): Promise<{ cart_id: string; payment_id: string } | undefined> {
  const order = await tx
    .selectFrom('orders')
    .select(['cart_id', 'payment_id', 'merchant_id'])
    .where('id', '=', order_id)
    .executeTakeFirst();
  if (!order) return undefined;
  const { merchant_id } = order;
  const products = await tx
    .selectFrom('order_lines as l')
    .innerJoin('variants as v', (join) =>
      join.on('v.merchant_id', '=', merchant_id).onRef('v.sku', '=', 'l.sku'),
    )
    .select('v.product_sku')
    .distinct()
    .where('l.order_id', '=', order_id)
    .execute();
  const product_skus = products.map(({ product_sku }) => product_sku);
  await lockProducts(tx, { merchant_ids: product_skus.map(() => merchant_id), product_skus });
  return order;
}

/**
 * Whether anything of an order was used up, so that its shopper cannot cancel it any more: something was downloaded, or a
 * code was taken. What was sold before downloads were counted may have been fetched: nobody can see whether.
 */
export async function usedUp(db: Db, order_id: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from vouchers where order_id = ${order_id} and used_at is not null)
      or exists (
        select from downloads d join download_uses u on u.download_id = d.id where d.order_id = ${order_id})
      or exists (
        select from order_lines l where l.order_id = ${order_id} and l.kind = 'digital'
          and not exists (select from downloads d where d.order_id = l.order_id and d.sku = l.sku)) as used`.execute(
    db,
  );
  return rows[0]?.used ?? false;
}
