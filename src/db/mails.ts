import { type Selectable, sql } from 'kysely';
import type { MailContent, MailMerchant } from '../domain/mail.ts';
import type { Db, Tx } from './database.ts';
import type { MailKind, Mail as Mails } from './schema.ts';

export type MailRow = Selectable<Mails>;

/** A mail that is being sent belongs to whoever claimed it, for this long. */
const CLAIM = sql`interval '2 minutes'`;

/**
 * Takes a mail to send it: nobody else does so meanwhile. `undefined` where it is not due, or done, or somebody
 * else is at it.
 */
export async function claimMail(tx: Tx, id: string): Promise<MailRow | undefined> {
  const { rows } = await sql<MailRow>`
    update mails set status = 'sending', claimed_at = now(), attempts = attempts + 1
    where id = ${id} and (
      (status = 'pending' and due_at <= now()) or (status = 'sending' and claimed_at < now() - ${CLAIM}))
    returning *`.execute(tx);
  return rows[0];
}

export async function storeContent(tx: Tx, id: string, content: MailContent): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ content: JSON.stringify(content) })
    .where('id', '=', id)
    .execute();
}

export async function markSent(db: Db, id: string): Promise<void> {
  await db
    .updateTable('mails')
    .set({ status: 'sent', sent_at: sql`now()`, error: null })
    .where('id', '=', id)
    .execute();
}

/** Ends a mail that nobody will get. */
export async function endMail(
  db: Db,
  id: string,
  status: 'skipped' | 'failed',
  error: string,
): Promise<void> {
  await db.updateTable('mails').set({ status, error }).where('id', '=', id).execute();
}

/**
 * Puts a mail back that the mail server refused for now. Where another update has come up meanwhile, that one
 * tells everything, and takes this one's outcomes over.
 */
export async function postponeMail(tx: Tx, mail: MailRow, seconds: number, error: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from mails where kind = 'update' and status = 'pending' and id <> ${mail.id}
      and shopper_id = ${mail.shopper_id} and merchant_id is not distinct from ${mail.merchant_id}
    for update`.execute(tx);
  const [next] = rows;
  if (mail.kind === 'update' && next) {
    await sql`update outcomes set mail_id = ${next.id} where shopper_id = ${mail.shopper_id} and mail_id = ${mail.id}`.execute(
      tx,
    );
    await endMail(tx, mail.id, 'skipped', `not sent: ${error}; told by mail ${next.id}`);
    return;
  }
  await tx
    .updateTable('mails')
    .set({ status: 'pending', error, content: null, due_at: sql`now() + ${seconds} * interval '1 second'` })
    .where('id', '=', mail.id)
    .execute();
}

/** Mails that should be on their way: due, or claimed by a process that is gone. */
export async function dueMails(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from mails
    where (status = 'pending' and due_at <= now()) or (status = 'sending' and claimed_at < now() - ${CLAIM})
    order by due_at limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Writes a mail into the outbox, once for each order or refund. Returns its id; `undefined`: it was there before. */
export async function addMail(
  db: Db,
  mail: { kind: MailKind; shopper_id?: string; merchant_id?: string; order_id?: string; refund_id?: string },
): Promise<string | undefined> {
  const row = await db
    .insertInto('mails')
    .values(mail)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Whether a mail of this kind went out, or will, within the last while: asking twice sends one. */
export async function mailedLately(
  db: Db,
  shopper_id: string,
  kind: MailKind,
  minutes: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('mails')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .where('kind', '=', kind)
    .where('created_at', '>', sql<Date>`now() - ${minutes} * interval '1 minute'`)
    .executeTakeFirst();
  return row !== undefined;
}

export async function mailMerchant(db: Db, id: string): Promise<MailMerchant> {
  return db
    .selectFrom('merchants')
    .select([
      'id',
      'name',
      'username',
      'support_email',
      'postal_address',
      'returns_policy',
      'currency',
      'locale',
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
