import { type Selectable, sql } from 'kysely';
import type { Db } from './database.ts';
import type { StaffRole, Staff as StaffRows } from './schema.ts';

export type Staff = Selectable<StaffRows>;

/** Somebody who has not clicked for so long has to sign in again; and everybody after a week. */
const IDLE = sql`interval '8 hours'`;
const LONGEST = sql`interval '7 days'`;
/** Wrong passwords for one address before it has to wait. */
const MOST_FAILURES = 10;

/**
 * Invites somebody, or invites them again: an earlier invitation is void. Their role changes at once.
 *
 * @param merchant_id whose staff they are; null: the operator's
 */
export async function invite(
  db: Db,
  email: string,
  role: StaffRole,
  invitation_hash: Buffer,
  merchant_id: string | null = null,
): Promise<void> {
  const invited_until = sql<Date>`now() + interval '7 days'`;
  await db
    .insertInto('staff')
    .values({ email, role, merchant_id, invitation_hash, invited_until })
    .onConflict((conflict) =>
      conflict.column('email').doUpdateSet({ role, merchant_id, invitation_hash, invited_until }),
    )
    .execute();
}

/** Whom an invitation is for. */
export async function invited(db: Db, invitation_hash: Buffer): Promise<Staff | undefined> {
  return db
    .selectFrom('staff')
    .selectAll()
    .where('invitation_hash', '=', invitation_hash)
    .where('invited_until', '>', sql<Date>`now()`)
    .executeTakeFirst();
}

/** Sets a password. The invitation is used up, and other sessions end. */
export async function setPassword(db: Db, email: string, password_hash: string): Promise<void> {
  await db
    .updateTable('staff')
    .set({ password_hash, invitation_hash: null, invited_until: null })
    .where('email', '=', email)
    .execute();
  await db.deleteFrom('staff_sessions').where('staff_email', '=', email).execute();
}

export async function findStaff(db: Db, email: string): Promise<Staff | undefined> {
  return db.selectFrom('staff').selectAll().where('email', '=', email).executeTakeFirst();
}

export async function openStaffSession(db: Db, token_hash: Buffer, staff_email: string): Promise<void> {
  await db.insertInto('staff_sessions').values({ token_hash, staff_email }).execute();
}

export async function closeStaffSession(db: Db, token_hash: Buffer): Promise<void> {
  await db.deleteFrom('staff_sessions').where('token_hash', '=', token_hash).execute();
}

/** Whose session it is; using it keeps it open. */
export async function staffOfSession(db: Db, token_hash: Buffer): Promise<Staff | undefined> {
  const { rows } = await sql<Staff>`
    with seen as (
      update staff_sessions set last_seen_at = now()
      where token_hash = ${token_hash} and last_seen_at > now() - ${IDLE} and created_at > now() - ${LONGEST}
      returning staff_email)
    select staff.* from staff join seen on seen.staff_email = staff.email`.execute(db);
  return rows[0];
}

/** Records what staff did or saw. */
export async function record(
  db: Db,
  staff_email: string,
  action: string,
  subject: string,
  reason?: string,
): Promise<void> {
  await db.insertInto('audit').values({ staff_email, action, subject, reason }).execute();
}

/** Whether too many wrong passwords were tried for an address lately. */
export async function isBlocked(db: Db, email: string): Promise<boolean> {
  const { rows } = await sql<{ failures: number }>`
    select count(*)::int as failures from audit
    where staff_email = ${email} and action = 'sign-in failed' and at > now() - interval '15 minutes'`.execute(
    db,
  );
  return (rows[0]?.failures ?? 0) >= MOST_FAILURES;
}
