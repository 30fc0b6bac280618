import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { EmailCode as EmailCodes } from './schema.ts';

export type EmailCode = Selectable<EmailCodes>;

/** Codes that one shopper may ask for in a day, wherever they are to go. */
const MOST_CODES = 5;
/** Codes that one address may get in a day, whoever asks: nobody's mailbox is filled from many accounts. */
const MOST_TO_ADDRESS = 10;
/** Wrong guesses that a code survives. */
const MOST_TRIES = 5;
const GOOD_FOR = sql<Date>`now() + interval '30 minutes'`;

/** Notes an address that a code is to be mailed to. `undefined`: that were too many for one day. */
export async function askForCode(tx: Tx, shopper_id: string, email: string): Promise<EmailCode | undefined> {
  const { rows } = await sql<EmailCode>`
    insert into email_codes (shopper_id, email, expires_at)
    select ${shopper_id}, ${email}, ${GOOD_FOR}
    where ${MOST_TO_ADDRESS} > (
      select coalesce(sum(sent), 0) from email_codes
      where lower(email) = ${email.toLowerCase()} and shopper_id <> ${shopper_id} and sent_at > now() - interval '1 day')
    on conflict (shopper_id) do update set
      email = excluded.email, expires_at = excluded.expires_at, tries = 0,
      sent = case when email_codes.sent_at < now() - interval '1 day' then 1 else email_codes.sent + 1 end,
      sent_at = case when email_codes.sent_at < now() - interval '1 day' then now() else email_codes.sent_at end
    where email_codes.sent < ${MOST_CODES} or email_codes.sent_at < now() - interval '1 day'
    returning *`.execute(tx);
  return rows[0];
}

export async function findCode(db: Db, shopper_id: string): Promise<EmailCode | undefined> {
  return db.selectFrom('email_codes').selectAll().where('shopper_id', '=', shopper_id).executeTakeFirst();
}

/** Counts a guess. `undefined`: there is no code to guess any more. */
export async function countTry(tx: Tx, shopper_id: string): Promise<EmailCode | undefined> {
  return tx
    .updateTable('email_codes')
    .set({ tries: sql`tries + 1` })
    .where('shopper_id', '=', shopper_id)
    .where('tries', '<', MOST_TRIES)
    .where('expires_at', '>', sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst();
}

/** Makes the address the shopper's: mail arrives there. The code is used up. */
export async function proveEmail(tx: Tx, shopper_id: string, email: string): Promise<void> {
  await tx
    .updateTable('shoppers')
    .set({ email, email_removed_at: null, email_refused_at: null })
    .where('x_user_id', '=', shopper_id)
    .execute();
  await tx
    .updateTable('email_codes')
    .set({ expires_at: sql`now()` })
    .where('shopper_id', '=', shopper_id)
    .execute();
}
