import { type Selectable, sql } from 'kysely';
import { type Db, inTransaction } from './database.ts';
import { addMail } from './mails.ts';
import type { Refund as Refunds } from './schema.ts';

export type Refund = Selectable<Refunds>;

export async function findRefund(db: Db, id: string): Promise<Refund | undefined> {
  return db.selectFrom('refunds').selectAll().where('id', '=', id).executeTakeFirst();
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

/**
 * Notes how far a refund has come. It only moves forward: late news never opens a settled one again.
 *
 * @returns the mail that tells the shopper, once the money is on its way
 */
export async function noteRefund(
  db: Db,
  refund: Refund,
  stripe_id: string,
  status: string,
): Promise<string | undefined> {
  const settled = status === 'succeeded' || status === 'failed' || status === 'canceled';
  const next = status === 'succeeded' ? 'succeeded' : settled ? 'failed' : 'pending';
  return inTransaction(db, async (tx) => {
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
    if (numUpdatedRows === 0n || next !== 'succeeded') return undefined;
    await tx
      .updateTable('payments')
      .set({ status: 'refunded' })
      .where('id', '=', refund.payment_id)
      .execute();
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

/** Refunds that should have been made: their job was lost, or Stripe has not settled them. */
export async function openRefunds(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from refunds
    where status in ('due', 'pending') and created_at < now() - interval '1 minute' order by id limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
