import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { isNamed } from './refund-lines.ts';

/** A code for a piece of a service. */
export interface Voucher {
  id: string;
  order_id: string;
  merchant_id: string;
  sku: string;
  title: string;
  /** Which of the pieces that were ordered. */
  piece: number;
  quantity: number;
  ordered_at: Date;
  used_at: Date | null;
  used_by: string | null;
  /** Its payment was given back, or its piece, or is about to be. */
  void: boolean;
}

/** Makes a code for each piece of an order that is a service. */
export async function addVouchers(tx: Tx, order_id: string): Promise<void> {
  await sql`
    insert into vouchers (order_id, sku, piece)
    select order_id, sku, piece from order_lines, generate_series(1, quantity) as piece
    where order_id = ${order_id} and kind = 'service' order by sku, piece`.execute(tx);
}

const VOUCHERS = sql`
  select v.id, v.order_id, o.merchant_id, v.sku, l.title, v.piece, l.quantity, o.created_at as ordered_at,
    v.used_at, v.used_by, p.status <> 'ordered' or ${isNamed} as void
  from vouchers v
  join orders o on o.id = v.order_id
  join payments p on p.id = o.payment_id
  join order_lines l on l.order_id = v.order_id and l.sku = v.sku`;

export async function findVoucher(db: Db, id: string): Promise<Voucher | undefined> {
  const { rows } = await sql<Voucher>`${VOUCHERS} where v.id = ${id}`.execute(db);
  return rows[0];
}

/** The codes of an order, in the order of its lines. */
export async function vouchersOf(db: Db, order_id: string): Promise<Voucher[]> {
  const { rows } = await sql<Voucher>`
    ${VOUCHERS} where v.order_id = ${order_id} order by v.sku, v.piece`.execute(db);
  return rows;
}

/**
 * Marks a code as used, unless it was before, or its payment goes back: while this transaction lasts, no refund of it
 * begins. Returns whether it is used now, and was not before.
 */
export async function useVoucher(tx: Tx, id: string, by: string): Promise<boolean> {
  const { rows } = await sql<{ valid: boolean }>`
    select p.status = 'ordered' and not ${isNamed} as valid from vouchers v
    join orders o on o.id = v.order_id join payments p on p.id = o.payment_id
    where v.id = ${id} for share of p`.execute(tx);
  if (!rows[0]?.valid) return false;
  const { numUpdatedRows } = await tx
    .updateTable('vouchers')
    .set({ used_at: sql`now()`, used_by: by })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
