import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { anyId } from './ids.ts';
import type { ConsentKind, Shopper as Shoppers } from './schema.ts';
import { waiting } from './waiting.ts';

export type Shopper = Selectable<Shoppers>;

/**
 * Links an X account, or notes that it came back. An e-mail address that is known already is kept, unless it was
 * refused and X tells another; one that was removed stays away. Who had the handle before has another one by now, which X
 * does not tell.
 */
export async function saveShopper(
  tx: Tx,
  shopper: { x_user_id: string; username: string; email: string | null; locale: string | null },
): Promise<Shopper> {
  await tx
    .updateTable('shoppers')
    .set({ username: null })
    .where(sql`lower(username)`, '=', shopper.username.toLowerCase())
    .where('x_user_id', '<>', shopper.x_user_id)
    .execute();
  return tx
    .insertInto('shoppers')
    .values(shopper)
    .onConflict((conflict) =>
      conflict.column('x_user_id').doUpdateSet((row) => ({
        username: row.ref('excluded.username'),
        locale: row.ref('excluded.locale'),
        email: sql`case
          when shoppers.email_removed_at is not null then null
          when ${another} then excluded.email
          else coalesce(shoppers.email, excluded.email)
        end`,
        email_refused_at: sql`case when ${another} then null else shoppers.email_refused_at end`,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

const another = sql`(shoppers.email_refused_at is not null and lower(excluded.email) <> lower(shoppers.email))`;

export async function saveConsent(
  tx: Tx,
  { version, ...consent }: { shopper_id: string; kind: ConsentKind; version: string; locale: string },
): Promise<void> {
  await tx
    .insertInto('consents')
    .values({ ...consent, text_version: version })
    .execute();
}

export async function findShopper(db: Db, x_user_id: string): Promise<Shopper | undefined> {
  return db.selectFrom('shoppers').selectAll().where('x_user_id', '=', x_user_id).executeTakeFirst();
}

/** Several X accounts may share one address. */
export async function shoppersByEmail(db: Db, email: string): Promise<Shopper[]> {
  return db.selectFrom('shoppers').selectAll().where(sql`lower(email)`, '=', email.toLowerCase()).execute();
}

/** The replies that wait for their author to link, oldest first, as far as they are not older than `days`. */
export async function waitingReplies(db: Db, shopper_id: string, days: number): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from outcomes o
    where shopper_id = ${shopper_id} and ${waiting} and decided_at > now() - ${days} * interval '1 day'
    order by post_id`.execute(db);
  return rows.map((row) => row.post_id);
}

export async function openSession(
  db: Db,
  token_hash: Buffer,
  shopper_id: string,
  expires_at: Date,
): Promise<void> {
  await db.insertInto('shopper_sessions').values({ token_hash, shopper_id, expires_at }).execute();
}

export async function closeSession(db: Db, token_hash: Buffer): Promise<void> {
  await db.deleteFrom('shopper_sessions').where('token_hash', '=', token_hash).execute();
}

/** In how many browsers a shopper is signed in. */
export async function sessionsOf(db: Db, shopper_id: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from shopper_sessions
    where shopper_id = ${shopper_id} and expires_at > now()`.execute(db);
  return rows[0]?.open ?? 0;
}

/** Whose browser it is. */
export async function shopperOfSession(db: Db, token_hash: Buffer): Promise<Shopper | undefined> {
  return db
    .selectFrom('shopper_sessions as s')
    .innerJoin('shoppers', 'shoppers.x_user_id', 's.shopper_id')
    .selectAll('shoppers')
    .where('s.token_hash', '=', token_hash)
    .where('s.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
}

/**
 * Notes that shoppers want nothing more of us: who comes back is not reminded before they have agreed to that anew. Those
 * who have not linked get nothing anyway.
 */
export async function optOut(tx: Tx, shopper_ids: string[]): Promise<void> {
  if (shopper_ids.length === 0) return;
  await tx
    .updateTable('shoppers')
    .set({ opted_out_at: sql`coalesce(opted_out_at, now())`, reminders_at: null })
    .where(anyId('x_user_id', shopper_ids))
    .execute();
  await withdrawReminders(tx, shopper_ids);
}

/** Notes that shoppers have taken back their consent to reminders: that they agreed, and until when, stays on record. */
export async function withdrawReminders(tx: Tx, shopper_ids: string[]): Promise<void> {
  await tx
    .updateTable('consents')
    .set({ withdrawn_at: sql`now()` })
    .where(anyId('shopper_id', shopper_ids))
    .where('kind', '=', 'reminders')
    .where('withdrawn_at', 'is', null)
    .execute();
}
