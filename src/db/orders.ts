import { sql } from 'kysely';
import type { CheckoutLine } from '../domain/cart.ts';
import type { LineOfOrder } from '../domain/given-back.ts';
import type { ShipTo } from '../domain/order.ts';
import type { Checkout } from './checkouts.ts';
import type { Db, Tx } from './database.ts';
import { addDownloads } from './downloads.ts';
import { givenBack } from './refund-lines.ts';
import { addVouchers } from './vouchers.ts';

/** Notes that money arrived. `false`: that was noted before. */
export async function addPayment(
  tx: Tx,
  payment: { id: string; checkout_id: string; amount: number; currency: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('payments')
    .values({ ...payment, status: 'ordered' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Makes the order of a paid attempt. Returns its id. */
export async function addOrder(
  tx: Tx,
  order: {
    checkout: Checkout;
    payment_id: string;
    shopper_id: string;
    merchant_id: string;
    email: string | null;
    ship_to: ShipTo | null;
    /** Where it goes, or where the shopper is. */
    country: string | null;
  },
): Promise<string> {
  const { checkout, ship_to, ...rest } = order;
  const { cart_id, currency, subtotal, shipping, tax, tax_included, total, fee, destination } = checkout;
  const { id } = await tx
    .insertInto('orders')
    .values({
      ...rest,
      checkout_id: checkout.id,
      cart_id,
      ...{ currency, subtotal, shipping, tax, tax_included, total, fee, destination },
      ship_to: ship_to ? (JSON.stringify(ship_to) as never) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('order_lines')
    .values(
      checkout.lines.map(({ sku, title, kind, quantity, price, post_id }) => ({
        order_id: id,
        sku,
        title,
        kind,
        quantity,
        price,
        post_id,
      })),
    )
    .execute();
  await addDownloads(tx, id);
  await addVouchers(tx, id);
  await tx
    .updateTable('checkouts')
    .set({ status: 'paid', ship_to: null })
    .where('id', '=', checkout.id)
    .execute();
  return id;
}

/**
 * Closes a paid cart. What it held beyond the paid lines moves to a new open cart, with the order of all its changes:
 * an older reply that arrives late changes nothing of what was paid.
 */
export async function closePaidCart(tx: Tx, cart_id: string, paid: CheckoutLine[]): Promise<void> {
  await sql`update carts set status = 'ordered', updated_at = now() where id = ${cart_id}`.execute(tx);
  await sql`
    with rest as (
      select l.*, greatest(l.quantity - coalesce(p.quantity, 0), 0) as remaining
      from cart_lines l
      left join json_to_recordset(${JSON.stringify(paid)}) as p (sku text, quantity int) using (sku)
      where l.cart_id = ${cart_id}
    ),
    next as (
      insert into carts (shopper_id, merchant_id, currency)
      select shopper_id, merchant_id, currency from carts where id = ${cart_id} and exists (select from rest)
      returning id
    )
    insert into cart_lines (cart_id, sku, quantity, price, priced_at, offer_post_id, post_id, position)
    select next.id, sku, remaining, price, priced_at, offer_post_id, post_id, position from rest, next`.execute(
    tx,
  );
}

/** What is in an order, and how much of it was given back. */
export const linesOfOrder = (db: Db, order_id: string): Promise<LineOfOrder[]> =>
  db
    .selectFrom('orders as o')
    .innerJoin('order_lines as l', 'l.order_id', 'o.id')
    .selectAll('l')
    .select(givenBack.as('given_back'))
    .where('o.id', '=', order_id)
    .orderBy('l.sku')
    .execute();

/** An order and what is in it, locked. */
export async function lockOrder(tx: Tx, id: string) {
  const order = await tx.selectFrom('orders').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!order) return undefined;
  return { ...order, lines: await linesOfOrder(tx, id) };
}

/** Notes that an order is on its way. Returns whether that says anything new. */
export async function noteShipped(
  tx: Tx,
  id: string,
  { carrier, tracking }: { carrier: string | null; tracking: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    update orders set carrier = ${carrier}, tracking = ${tracking}, shipped_at = coalesce(shipped_at, now())
    where id = ${id} and (shipped_at is null or (carrier, tracking) is distinct from (${carrier}, ${tracking}))
    returning id`.execute(tx);
  return rows.length > 0;
}

/** Notes that an order is cancelled: it is not sent any more. */
export async function noteCancelled(tx: Tx, id: string, by: string): Promise<void> {
  await tx
    .updateTable('orders')
    .set({ status: 'cancelled', cancelled_at: sql`now()`, cancelled_by: by })
    .where('id', '=', id)
    .execute();
}
