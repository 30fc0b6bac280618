import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface StripeEvent {
  id: string;
  type: string;
  object_id: string;
  livemode: boolean;
  /** The connected account that it happened on. */
  account: string | null;
}

/** Stores an event as it came. `false`: it was here before. */
export async function storeEvent(db: Db, event: StripeEvent, payload: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('stripe_events')
    .values({ ...event, payload })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A stored event; with the attempt that it names as the reason for a payment, if it does. */
export async function findEvent(db: Db, id: string) {
  const names = sql<string | null>`payload -> 'data' -> 'object' -> 'metadata' ->> 'checkout_id'`;
  return db
    .selectFrom('stripe_events')
    .select(['id', 'type', 'object_id', 'account', 'livemode', 'processed_at', names.as('checkout_id')])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Notes that an event was read. What Stripe said is kept only where it is about a cart whose shopper is known. */
export async function noteProcessed(db: Db, id: string): Promise<void> {
  await sql`
    update stripe_events e set processed_at = now(), error = null,
      payload = case when exists (
        select from carts where shopper_id > 0 and id in (
          select cart_id from checkouts where session_id = e.object_id
          union
          select k.cart_id from refunds r
          join payments p on p.id = r.payment_id join checkouts k on k.id = p.checkout_id
          where r.stripe_id = e.object_id)) then payload end
    where id = ${id}`.execute(db);
}

export async function noteEventError(db: Db, id: string, error: string): Promise<void> {
  await db.updateTable('stripe_events').set({ error }).where('id', '=', id).execute();
}

/** Events whose job was lost. In any order: some that nothing can be done about must not keep the others from their turn. */
export async function openEvents(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from stripe_events
    where processed_at is null and received_at < now() - interval '30 seconds' order by random() limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
