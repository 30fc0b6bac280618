import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Dispute as Disputes, FraudWarning as Warnings } from './schema.ts';

export type Dispute = Selectable<Disputes>;
export type FraudWarning = Selectable<Warnings>;

/** The disputes of a payment, the oldest first. */
export const disputesOf = (db: Db, payment_id: string): Promise<Dispute[]> =>
  db
    .selectFrom('disputes')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();

/** What cards' networks say of a payment. */
export const warningsOf = (db: Db, payment_id: string): Promise<FraudWarning[]> =>
  db
    .selectFrom('fraud_warnings')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .orderBy('warned_at')
    .orderBy('id')
    .execute();

/** Whose payment it is; `undefined`: none of ours. */
export async function ownerOfPayment(
  db: Db,
  payment_id: string,
): Promise<{ merchant_id: string; order_id: string | null } | undefined> {
  const { rows } = await sql<{ merchant_id: string; order_id: string | null }>`
    select c.merchant_id, o.id as order_id from payments p
    join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id
    left join orders o on o.payment_id = p.id
    where p.id = ${payment_id}`.execute(db);
  return rows[0];
}

/**
 * Notes how a dispute stands. Answers that cross each other on the way change nothing back: only what was asked later counts.
 *
 * @returns its status before, null where it is new; `undefined`: something newer is known
 */
export async function noteDispute(tx: Tx, dispute: Dispute): Promise<{ before: string | null } | undefined> {
  await lockPaymentRow(tx, dispute.payment_id);
  const known = await tx
    .selectFrom('disputes')
    .select(['status', 'read_at'])
    .where('id', '=', dispute.id)
    .executeTakeFirst();
  if (known && known.read_at > dispute.read_at) return undefined;
  const { id: _, ...changes } = dispute;
  await tx
    .insertInto('disputes')
    .values(dispute)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
    .execute();
  return { before: known?.status ?? null };
}

/** Notes a warning. Returns whether it is new. */
export async function noteWarning(tx: Tx, warning: FraudWarning): Promise<boolean> {
  await lockPaymentRow(tx, warning.payment_id);
  const known = await tx
    .selectFrom('fraud_warnings')
    .select('read_at')
    .where('id', '=', warning.id)
    .executeTakeFirst();
  if (known && known.read_at > warning.read_at) return false;
  const { id: _, ...changes } = warning;
  await tx
    .insertInto('fraud_warnings')
    .values(warning)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
    .execute();
  return known === undefined;
}

/** One at a time says something of a payment; and nobody gives it back meanwhile. */
async function lockPaymentRow(tx: Tx, payment_id: string): Promise<void> {
  await tx.selectFrom('payments').select('id').where('id', '=', payment_id).forUpdate().execute();
}
