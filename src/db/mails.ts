import { type Selectable, sql } from 'kysely';
import { type Recipient, TO_MERCHANT } from '../domain/mail.ts';
import type { MailContent } from '../domain/mail-content.ts';
import type { Db, Tx } from './database.ts';
import { anyId } from './ids.ts';
import type { MailKind, Mail as Mails } from './schema.ts';

export type MailRow = Selectable<Mails>;

/** A mail with the time zone of its reader; null: not known. */
export type ReadMail = MailRow & { timezone: string | null };

/** A mail that is being sent, with who gets it. `to` is null where nobody gave an address. */
export type ClaimedMail = ReadMail &
  Recipient & {
    handle: string | null;
    /** What tells the reader's language, the most important first: the mail is written in the first that is ours. */
    locales: Array<string | null>;
  };

/** A mail that is being sent belongs to whoever claimed it, for this long. */
const CLAIM = sql`interval '2 minutes'`;

const DUE = sql`((status = 'pending' and due_at <= now()) or (status = 'sending' and claimed_at < now() - ${CLAIM}))`;

const FOR_MERCHANTS = sql`${TO_MERCHANT}::mail_kind[]`;

/**
 * Takes mails to send them: nobody else does so meanwhile. Those that are not due, or done, or that somebody
 * else is at, are left out.
 *
 * @param operator where mail to whoever runs this goes; null: nowhere
 */
export async function claimMails(
  tx: Tx,
  ids: string[],
  operator: string | null = null,
): Promise<ClaimedMail[]> {
  const { rows } = await sql<ClaimedMail>`
    with claimed as (
      update mails set status = 'sending', claimed_at = now(), attempts = attempts + 1
      where id in (select id from mails where ${anyId('id', ids)} and ${DUE} order by id for update)
      returning *
    )
    select m.*,
      case
        when m.kind = any(${FOR_MERCHANTS}) then merchant.support_email
        when m.kind = 'code' then typed.email
        when m.kind in ('receipt', 'shipped', 'swapped', 'delivery') then coalesce(bought.email, shopper.email)
        when m.kind = 'operator' then ${operator}
        else shopper.email
      end as "to",
      case when m.kind <> all(${FOR_MERCHANTS}) then shopper.username end as handle,
      case
        when m.kind = any(${FOR_MERCHANTS}) then array[merchant.locale]
        else array[shopper.language, shopper.locale, said.lang, merchant.locale]
      end as locales,
      case when m.kind <> all(${FOR_MERCHANTS}) then shopper.timezone end as timezone,
      shopper.email, opted_out_at, unsubscribed_at, reminders_at, email_refused_at
    from claimed m
    left join lateral (
      select * from shoppers where x_user_id = m.shopper_id offset 0) shopper on true
    left join lateral (
      select detail->>'lang' as lang from outcomes
      where shopper_id = m.shopper_id and detail->>'lang' is not null
      order by post_id desc limit 1) said on true
    left join lateral (select support_email, locale from merchants where id = m.merchant_id offset 0) merchant on true
    left join lateral (select email from email_codes where shopper_id = m.shopper_id offset 0) typed on true
    left join lateral (
      select email from orders
      where id = coalesce(m.order_id, (select order_id from order_swaps where id = m.swap_id)) offset 0) bought on true`.execute(
    tx,
  );
  return rows;
}

/** Keeps what mails say. */
export async function storeContents(tx: Tx, contents: Map<string, MailContent>): Promise<void> {
  if (contents.size === 0) return;
  const given = JSON.stringify([...contents].map(([id, content]) => ({ id, content })));
  await sql`
    update mails set content = given.content
    from json_to_recordset(${given}) as given (id bigint, content jsonb)
    where mails.id = given.id`.execute(tx);
}

export async function markSent(db: Db, ids: string[]): Promise<void> {
  await db
    .updateTable('mails')
    .set({ status: 'sent', sent_at: sql`now()`, error: null })
    .where(anyId('id', ids))
    .execute();
}

/** Ends mails that nobody will get. */
export async function endMails(
  db: Db,
  ids: string[],
  status: 'skipped' | 'failed',
  error: string,
): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('mails').set({ status, error }).where(anyId('id', ids)).execute();
}

/**
 * Puts a mail back that the mail server refused for now. Where another update has come up meanwhile, that one
 * tells everything, and takes this one's outcomes over.
 */
export async function postponeMail(tx: Tx, id: string, seconds: number, error: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select next.id from mails this
    join mails next on next.kind = 'update' and next.status = 'pending' and next.id <> this.id
      and next.shopper_id = this.shopper_id and next.merchant_id is not distinct from this.merchant_id
    where this.id = ${id} and this.kind = 'update'
    for update`.execute(tx);
  const [next] = rows;
  if (next) {
    await sql`
      update outcomes set mail_id = ${next.id} from mails this
      where this.id = ${id} and outcomes.shopper_id = this.shopper_id and outcomes.mail_id = this.id`.execute(
      tx,
    );
    await endMails(tx, [id], 'skipped', `not sent: ${error}; told by mail ${next.id}`);
    return;
  }
  await tx
    .updateTable('mails')
    .set({ status: 'pending', error, content: null, due_at: sql`now() + ${seconds} * interval '1 second'` })
    .where('id', '=', id)
    .execute();
}

/** Puts a claimed mail back until its time has come. That was no attempt. */
export async function putBack(tx: Tx, id: string, due_at: Date): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ status: 'pending', content: null, due_at, attempts: sql`attempts - 1` })
    .where('id', '=', id)
    .execute();
}

/** Mails that should be on their way: due, or claimed by a process that is gone. */
export async function dueMails(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from mails
    where ${DUE}
    order by due_at limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Writes a mail into the outbox, once for each order (and round) or refund. Returns its id; `undefined`: it was there before. */
export async function addMail(
  db: Db,
  mail: { kind: MailKind } & Partial<
    Record<
      | 'shopper_id'
      | 'merchant_id'
      | 'order_id'
      | 'refund_id'
      | 'post_id'
      | 'cart_id'
      | 'swap_id'
      | 'dispute_id'
      | 'warning_id',
      string
    >
  > & { round?: number },
): Promise<string | undefined> {
  const row = await db
    .insertInto('mails')
    .values(mail)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** How often a mail of this kind was written about an order, but for the first time. */
export async function lastRound(tx: Tx, order_id: string, kind: MailKind): Promise<number> {
  const { round } = await tx
    .selectFrom('mails')
    .select(({ fn }) => fn.max('round').as('round'))
    .where('order_id', '=', order_id)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  return round ?? -1;
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
