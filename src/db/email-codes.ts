import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { EmailCode as EmailCodes } from './schema.ts';

export type EmailCode = Selectable<EmailCodes>;

/** Codes that one account may ask for in a day, wherever they are to go. */
const MOST_CODES = 5;
/** Codes that one address may get in a day, whoever asks: nobody's mailbox is filled from many accounts. */
const MOST_TO_ADDRESS = 10;
/** Wrong guesses that a code survives. */
const MOST_TRIES = 5;
const GOOD_FOR = sql<Date>`now() + interval '30 minutes'`;

/**
 * Notes an address that a code is to be mailed to. `undefined`: that were too many for one day.
 *
 * @param hashes of the account and the address, in hexadecimal digits: by these is counted, whatever becomes of the account
 */
export async function askForCode(
  tx: Tx,
  { shopper_id, email }: { shopper_id: string; email: string },
  hashes: { account: string; address: string },
): Promise<EmailCode | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('code mails'))`.execute(tx);
  const mailedAbout = async (hash: string): Promise<number> => {
    const { rows } = await sql<{ mailed: number }>`
      select count(*)::int as mailed from code_mails
      where about = decode(${hash}, 'hex') and mailed_at > now() - interval '1 day'`.execute(tx);
    return rows[0]?.mailed ?? 0;
  };
  if ((await mailedAbout(hashes.account)) >= MOST_CODES) return undefined;
  if ((await mailedAbout(hashes.address)) >= MOST_TO_ADDRESS) return undefined;
  await sql`
    insert into code_mails (about)
    select decode(hash, 'hex') from unnest(${Object.values(hashes)}::text[]) as given (hash)`.execute(tx);
  return tx
    .insertInto('email_codes')
    .values({ shopper_id, email, expires_at: GOOD_FOR })
    .onConflict((conflict) =>
      conflict.column('shopper_id').doUpdateSet((row) => ({
        email: row.ref('excluded.email'),
        expires_at: row.ref('excluded.expires_at'),
        tries: 0,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
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
