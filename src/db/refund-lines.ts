import { sql } from 'kysely';
import type { Pieces } from '../domain/given-back.ts';
import type { Db, Tx } from './database.ts';

/** Of "orders o" and "order_lines l": how many of the line's pieces were given back, or are about to be, by name. */
export const givenBack = sql<number>`(
  select coalesce(sum(named.pieces), 0)::int from refund_lines named
  join refunds r on r.id = named.refund_id and r.status <> 'failed'
  where r.payment_id = o.payment_id and named.sku = l.sku)`;

/** Of "vouchers v": whether a refund has named it, and not failed. */
export const isNamed = sql<boolean>`
  exists (select from refunds where id = v.refund_id and status <> 'failed')`;

/**
 * Notes which pieces of an order a refund gives back. Codes of theirs end, as many as are not used; the order's payment
 * is locked, so that nobody takes one meanwhile.
 */
export async function addRefundLines(
  tx: Tx,
  refund_id: string,
  order_id: string,
  lines: Pieces[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insertInto('refund_lines')
    .values(lines.map((line) => ({ refund_id, ...line })))
    .execute();
  for (const { sku, pieces } of lines)
    await sql`
      update vouchers set refund_id = ${refund_id}
      where id in (
        select v.id from vouchers v
        where v.order_id = ${order_id} and v.sku = ${sku} and v.used_at is null and not ${isNamed}
        order by v.piece desc limit ${pieces})`.execute(tx);
}

/** The refunds of a payment, the oldest first, each with the pieces that it names. */
export async function refundsOf(db: Db, payment_id: string) {
  const refunds = await db
    .selectFrom('refunds')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .orderBy('id')
    .execute();
  const lines = await db
    .selectFrom('refund_lines')
    .innerJoin('refunds', 'refunds.id', 'refund_id')
    .selectAll('refund_lines')
    .where('payment_id', '=', payment_id)
    .orderBy('sku')
    .execute();
  return refunds.map((refund) => ({
    ...refund,
    lines: lines
      .filter(({ refund_id }) => refund_id === refund.id)
      .map(({ sku, pieces }): Pieces => ({ sku, pieces })),
  }));
}

/** Moves pieces of lines of "orders o" from what counts as sold back into the stock, which is locked. */
const toStock = (pieces: ReturnType<typeof sql>) => sql`
  pieces as (${pieces}),
  noted as (
    update order_lines l set restocked = l.restocked + pieces.n
    from pieces where l.order_id = pieces.order_id and l.sku = pieces.sku
  )
  update variants set sold = sold - pieces.n
  from pieces where variants.merchant_id = pieces.merchant_id and variants.sku = pieces.sku`;

/** Puts the pieces that a refund names back into the stock, unless all of the order's are there again. */
export async function takeBackLines(tx: Tx, refund_id: string): Promise<void> {
  await sql`
    with ${toStock(sql`
      select o.merchant_id, o.id as order_id, named.sku, named.pieces as n
      from refund_lines named
      join refunds r on r.id = named.refund_id and r.restock
      join orders o on o.payment_id = r.payment_id and o.returned_at is null
      where named.refund_id = ${refund_id}`)}`.execute(tx);
}

/**
 * Puts an order's pieces back into the stock, once: all that are not there already, but for those that a refund has named
 * and that cannot be sold again.
 */
export async function takeBack(tx: Tx, payment_id: string): Promise<void> {
  await sql`
    with taken as (
      update orders set returned_at = now() where payment_id = ${payment_id} and returned_at is null returning *
    ),
    ${toStock(sql`
      select o.merchant_id, l.order_id, l.sku, l.quantity - l.restocked - (
        select coalesce(sum(named.pieces), 0)::int from refund_lines named
        join refunds r on r.id = named.refund_id and r.status <> 'failed' and not r.restock
        where r.payment_id = o.payment_id and named.sku = l.sku) as n
      from taken o join order_lines l on l.order_id = o.id`)}`.execute(tx);
}
