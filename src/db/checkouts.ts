import { type Selectable, sql } from 'kysely';
import type { CheckoutLine, Totals } from '../domain/cart.ts';
import type { ShipTo } from '../domain/order.ts';
import type { Split } from '../domain/payee.ts';
import type { Taxes } from '../domain/tax.ts';
import type { Db, Tx } from './database.ts';
import type { CheckoutStatus, Checkout as Checkouts, TaxBehavior } from './schema.ts';

export type Checkout = Selectable<Checkouts>;

/** The attempts to pay a cart that somebody could still pay, the newest first. */
export async function liveCheckouts(db: Db, cart_id: string): Promise<Checkout[]> {
  return db
    .selectFrom('checkouts')
    .selectAll()
    .where('cart_id', '=', cart_id)
    .where('status', 'in', ['creating', 'open'])
    .orderBy('id', 'desc')
    .execute();
}

export async function addCheckout(
  tx: Tx,
  checkout: {
    cart_id: string;
    cart_version: number;
    lines: CheckoutLine[];
    currency: string;
    expires_at: Date;
    country: string | null;
    tax_behavior: TaxBehavior | null;
    fee_bps: number | null;
    signed_in: boolean;
    /** Where a kept card pays. */
    card_id?: string;
    payer?: string;
    ship_to?: ShipTo | null;
  } & Totals &
    Split,
): Promise<Checkout> {
  return tx
    .insertInto('checkouts')
    .values({
      ...checkout,
      lines: JSON.stringify(checkout.lines) as never,
      ship_to: checkout.ship_to ? (JSON.stringify(checkout.ship_to) as never) : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Notes the session that Stripe opened. `false`: the attempt has ended meanwhile, and stays so: nobody may have the session's
 * address.
 */
export async function noteSession(
  db: Db,
  id: string,
  session: { id: string; url: string },
): Promise<boolean> {
  const { rows } = await sql<{ status: CheckoutStatus }>`
    update checkouts set session_id = ${session.id},
      url = case when status in ('creating', 'open') then ${session.url} end,
      status = case when status = 'creating' then 'open' else status end
    where id = ${id} returning status`.execute(db);
  return rows[0]?.status === 'open';
}

/** Notes the tax that Stripe found while an attempt was paid. */
export async function noteTaxes(tx: Tx, checkout: Checkout, taxes: Taxes): Promise<Checkout> {
  return tx
    .updateTable('checkouts')
    .set({ ...taxes, total: checkout.subtotal + checkout.shipping + taxes.tax })
    .where('id', '=', checkout.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Notes that nobody can pay this attempt any more. A paid one stays paid. */
export async function noteExpired(db: Db, id: string): Promise<void> {
  await db
    .updateTable('checkouts')
    .set({ status: 'expired', ship_to: null })
    .where('id', '=', id)
    .where('status', 'in', ['creating', 'open'])
    .execute();
}

/** So long may a bank take: what is short is kept for the shopper until then. The slowest methods take two weeks. */
export const BANK_DAYS = 21;

/**
 * Notes that an attempt is paid in a way that takes days. `false`: that was noted before, or it has ended. A lost event that
 * comes late opens nothing again.
 */
export async function noteProcessing(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('checkouts')
    .set({ status: 'processing' })
    .where('id', '=', id)
    .where('status', 'in', ['creating', 'open', 'expired'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that the shopper's bank has refused. `false`: that was noted before, or the money has come after all. */
export async function noteFailed(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('checkouts')
    .set({ status: 'failed', ship_to: null })
    .where('id', '=', id)
    .where('status', 'in', ['creating', 'open', 'expired', 'processing'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Sessions whose shoppers' banks are at it: the news of how that ended may have been lost. In any order. */
export async function lateSessions(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('checkouts')
    .select('session_id')
    .where('status', '=', 'processing')
    .orderBy(sql`random()`)
    .limit(limit)
    .execute();
  return rows.flatMap(({ session_id }) => session_id ?? []);
}

/** A payment of a cart that its shopper's bank is still at, if there is one: what it is over. */
export async function lateCheckout(
  db: Db,
  cart_id: string,
): Promise<{ total: number; currency: string } | undefined> {
  return db
    .selectFrom('checkouts')
    .select(['total', 'currency'])
    .where('cart_id', '=', cart_id)
    .where('status', '=', 'processing')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** The attempt that a session belongs to; by the id that we gave to Stripe where the answer to that was lost. */
export async function checkoutOfSession(
  db: Db,
  session: { id: string; checkout_id: string | null },
): Promise<Checkout | undefined> {
  const known = await db
    .selectFrom('checkouts')
    .selectAll()
    .where('session_id', '=', session.id)
    .executeTakeFirst();
  if (known || !/^\d{1,18}$/.test(session.checkout_id ?? '')) return known;
  return db
    .updateTable('checkouts')
    .set({ session_id: session.id })
    .where('id', '=', session.checkout_id)
    .where('session_id', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Sessions that should have ended: the news of it may have been lost. In any order, so that each gets its turn. */
export async function overdueSessions(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ session_id: string }>`
    select session_id from checkouts
    where status in ('creating', 'open') and session_id is not null and expires_at < now() - interval '1 minute'
    order by random() limit ${limit}`.execute(db);
  return rows.map((row) => row.session_id);
}

/** Ends attempts that never got a session: nobody has an address to pay them at. */
export async function endAbandoned(db: Db): Promise<void> {
  await sql`
    update checkouts set status = 'expired'
    where status = 'creating' and session_id is null and card_id is null and expires_at < now() - interval '1 minute'`.execute(
    db,
  );
}
