import { type Selectable, sql } from 'kysely';
import type { Split } from '../domain/payee.ts';
import { type Db, inTransaction, type Tx } from './database.ts';
import { addMail } from './mails.ts';
import { lockStockOfOrder } from './order-facts.ts';
import { lockOrder } from './orders.ts';
import { takeBack, takeBackLines } from './refund-lines.ts';
import type { Refund as Refunds } from './schema.ts';
import { tellMerchant } from './webhooks.ts';

export type Refund = Selectable<Refunds>;

/** A refund, with how its payment was split. */
export async function findRefund(db: Db, id: string): Promise<(Refund & Split) | undefined> {
  return db
    .selectFrom('refunds')
    .innerJoin('payments', 'payments.id', 'refunds.payment_id')
    .innerJoin('checkouts', 'checkouts.id', 'payments.checkout_id')
    .selectAll('refunds')
    .select(['checkouts.destination', 'checkouts.fee'])
    .where('refunds.id', '=', id)
    .executeTakeFirst();
}

/** Our refund that an object of Stripe's belongs to, if it is one of ours. */
export async function refundOfStripe(db: Db, stripe_id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('refunds')
    .select('id')
    .where('stripe_id', '=', stripe_id)
    .executeTakeFirst();
  return row?.id;
}

async function orderOfPayment(db: Db, payment_id: string): Promise<string | undefined> {
  const order = await db
    .selectFrom('orders')
    .select('id')
    .where('payment_id', '=', payment_id)
    .executeTakeFirst();
  return order?.id;
}

/**
 * Notes how far a refund has come. It only moves forward: late news never opens a settled one again.
 *
 * @returns the mail that tells the shopper, once the money is on its way
 */
export async function noteRefund(
  db: Db,
  refund: Refund,
  stripe_id: string | null,
  status: string,
): Promise<string | undefined> {
  const settled = status === 'succeeded' || status === 'failed' || status === 'canceled';
  const next = status === 'succeeded' ? 'succeeded' : settled ? 'failed' : 'pending';
  return inTransaction(db, async (tx) => {
    const order_id = await orderOfPayment(tx, refund.payment_id);
    if (refund.restock && order_id) await lockStockOfOrder(tx, order_id);
    if (order_id) await lockOrder(tx, order_id);
    const { numUpdatedRows } = await tx
      .updateTable('refunds')
      .set({
        stripe_id,
        status: next,
        settled_at: settled ? sql`now()` : null,
        error: next === 'failed' ? status : null,
      })
      .where('id', '=', refund.id)
      .where('status', 'in', ['due', 'pending'])
      .executeTakeFirst();
    if (numUpdatedRows === 0n || !settled) return undefined;
    if (next === 'succeeded') await takeBackLines(tx, refund.id);
    await settlePayment(tx, refund.payment_id);
    if (next !== 'succeeded') return undefined;
    if (order_id) await tellMerchant(tx, 'order.refunded', { order_id, refund_id: refund.id });
    const cart = await tx
      .selectFrom('payments as p')
      .innerJoin('checkouts as k', 'k.id', 'p.checkout_id')
      .innerJoin('carts as c', 'c.id', 'k.cart_id')
      .select(['c.shopper_id', 'c.merchant_id'])
      .where('p.id', '=', refund.payment_id)
      .executeTakeFirstOrThrow();
    return addMail(tx, { kind: 'refund', refund_id: refund.id, ...cart });
  });
}

/**
 * What follows for a payment from its refunds: all of it given back ends its order; where that did not work, it stands as
 * before.
 */
async function settlePayment(tx: Tx, payment_id: string): Promise<void> {
  const { rows } = await sql<{ whole: boolean; open: boolean; restock: boolean }>`
    select coalesce(sum(r.amount) filter (where r.status = 'succeeded'), 0) = p.amount as whole,
      bool_or(r.status in ('due', 'pending')) as open,
      bool_or(r.restock and r.status = 'succeeded'
        and not exists (select from refund_lines where refund_id = r.id)) as restock
    from payments p join refunds r on r.payment_id = p.id where p.id = ${payment_id} group by p.id`.execute(
    tx,
  );
  const [{ whole, open, restock } = { whole: false, open: true, restock: false }] = rows;
  if (whole) {
    await tx.updateTable('payments').set({ status: 'refunded' }).where('id', '=', payment_id).execute();
    await tx.updateTable('orders').set({ status: 'refunded' }).where('payment_id', '=', payment_id).execute();
    if (restock) await takeBack(tx, payment_id);
  } else if (!open) {
    await sql`
      update payments set status = 'ordered'
      where id = ${payment_id} and exists (select from orders where payment_id = ${payment_id} and status = 'paid')`.execute(
      tx,
    );
  }
}

/** Whether all of a payment is owed back. The order is locked: nobody decides otherwise meanwhile. */
export async function isGoingBack(tx: Tx, payment_id: string): Promise<boolean> {
  const payment = await tx
    .selectFrom('payments')
    .select('status')
    .where('id', '=', payment_id)
    .forUpdate()
    .executeTakeFirst();
  return payment?.status !== 'ordered';
}

/** An order's payment, locked, how much of it is given back or owed, and what it was for. */
export async function lockPayment(tx: Tx, order_id: string): Promise<OrderPayment | undefined> {
  const { rows } = await sql<Omit<OrderPayment, 'owed'>>`
    select p.id as payment_id, p.amount, p.currency, o.subtotal, o.shipping, o.tax from orders o
    join payments p on p.id = o.payment_id where o.id = ${order_id} for update of p`.execute(tx);
  const [payment] = rows;
  if (!payment) return undefined;
  const { owed } = await tx
    .selectFrom('refunds')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('amount'), sql<number>`0`).as('owed'))
    .where('payment_id', '=', payment.payment_id)
    .where('status', '<>', 'failed')
    .executeTakeFirstOrThrow();
  return { ...payment, owed: Number(owed) };
}

/** Amounts in minor units. */
interface OrderPayment {
  payment_id: string;
  amount: number;
  currency: string;
  owed: number;
  subtotal: number;
  shipping: number;
  tax: number;
}

/** Owes money back. Returns the refund's id. @param whole nothing is left of the payment then */
export async function oweRefund(
  tx: Tx,
  refund: Pick<Refund, 'payment_id' | 'reason' | 'amount' | 'currency'> & {
    restock?: boolean;
    /** Stripe has made it before. */
    stripe_id?: string;
  },
  whole: boolean,
): Promise<string> {
  if (whole)
    await tx
      .updateTable('payments')
      .set({ status: 'refunding' })
      .where('id', '=', refund.payment_id)
      .execute();
  const { id } = await tx.insertInto('refunds').values(refund).returning('id').executeTakeFirstOrThrow();
  return id;
}

/**
 * Notes a refund that Stripe made without us, or finds the one that it is.
 *
 * @param claimed the refund of ours that Stripe's says it is: so it is, where that one still waits for Stripe's answer
 * @returns `undefined`: its payment is none of ours
 */
export async function addAdoptedRefund(
  tx: Tx,
  refund: Pick<Refund, 'payment_id' | 'reason' | 'amount' | 'currency' | 'restock'> & { stripe_id: string },
  claimed: string | null,
): Promise<{ refund_id: string; isNew: boolean } | undefined> {
  const { rows } = await sql<{ left: number }>`
    select amount - (select coalesce(sum(amount), 0) from refunds where payment_id = p.id and status <> 'failed')::int as left
    from payments p where id = ${refund.payment_id} for update`.execute(tx);
  const [payment] = rows;
  if (!payment) return undefined;
  const ours = /^\d{1,18}$/.test(claimed ?? '') ? claimed : null;
  const { rows: known } = await sql<{ id: string }>`
    select id from refunds where payment_id = ${refund.payment_id} and (
      stripe_id = ${refund.stripe_id} or (stripe_id is null and status = 'due' and id = ${ours}::bigint))`.execute(
    tx,
  );
  if (known[0]) return { refund_id: known[0].id, isNew: false };
  const refund_id = await oweRefund(tx, refund, payment.left === refund.amount);
  return { refund_id, isNew: true };
}

/**
 * Refunds that should have been made: their job was lost, or Stripe has not settled them. In any order: those that wait for
 * a bank for days must not keep the others from their turn.
 */
export async function openRefunds(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from refunds
    where status in ('due', 'pending') and created_at < now() - interval '1 minute' order by random() limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
