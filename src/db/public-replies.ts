import { type Selectable, sql } from 'kysely';
import type { Detail, OutcomeKind } from '../domain/outcome.ts';
import type { Db } from './database.ts';
import type { PublicReply as PublicReplies, UnsaidReason } from './schema.ts';

export type PublicReply = Selectable<PublicReplies>;

/** X is given up on after so long: an answer that comes a day later helps nobody. */
const LATEST = sql`interval '1 day'`;
/** Who posts one has so long for it. */
const TURN = sql`interval '5 minutes'`;

/**
 * Notes what is to be said in public. Nobody is answered twice, and a first contact is tried once in a week by
 * the same account.
 * In order, so that two who note the same do not wait for each other crosswise.
 */
export async function addPublicReplies(
  db: Db,
  replies: Array<Pick<PublicReply, 'post_id' | 'kind' | 'account_id' | 'merchant_id' | 'shopper_id'>>,
): Promise<void> {
  if (replies.length === 0) return;
  await sql`
    insert into public_replies (post_id, kind, account_id, merchant_id, shopper_id)
    select post_id, kind, account_id, merchant_id, shopper_id
    from jsonb_populate_recordset(null::public_replies, ${JSON.stringify(replies)})
    order by shopper_id, account_id, post_id
    on conflict do nothing`.execute(db);
}

/** The accounts that have something to post now, and may. */
export async function accountsToPost(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.x_user_id as id from merchant_accounts a
    where tokens is not null and (rests_until is null or rests_until < now())
      and not exists (select from public_posting where stopped_at is not null)
      and exists (
        select from public_replies where account_id = a.x_user_id and status = 'pending' and due_at <= now())
    order by 1`.execute(db);
  return rows.map((row) => row.id);
}

/** A public reply whose turn it is, and what is known of the shopper's reply and the shopper now. */
export type Turn = PublicReply & {
  body: string | null;
  outcome: OutcomeKind | null;
  detail: Detail | null;
  linked: boolean;
  has_mail: boolean;
  opted_out: boolean;
};

/** Takes the oldest one that an account has to post now; `undefined` where nothing is left to do, or nothing may be done. */
export async function takeTurn(db: Db, account_id: string): Promise<Turn | undefined> {
  const { rows } = await sql<Turn>`
    with taken as (
      update public_replies p set attempts = attempts + 1, due_at = now() + ${TURN}
      where post_id = (
        select q.post_id from public_replies q
        join merchant_accounts a on a.x_user_id = q.account_id
        where q.account_id = ${account_id} and status = 'pending' and due_at <= now()
          and tokens is not null and (rests_until is null or rests_until < now())
          and not exists (select from public_posting where stopped_at is not null)
        order by due_at, post_id limit 1 for update of q skip locked)
      returning p.*
    )
    select taken.*, r.body, o.outcome, o.detail, s.x_user_id is not null as linked,
      coalesce(s.email is not null and s.email_refused_at is null, false) as has_mail,
      case when s.x_user_id is not null then coalesce(s.opted_out_at, s.unsubscribed_at) is not null
        else exists (select from outcomes where shopper_id = taken.shopper_id and detail ->> 'action' = 'stop')
      end as opted_out
    from taken
    left join replies r on r.post_id = taken.post_id
    left join shoppers s on s.x_user_id = taken.shopper_id
    left join lateral (
      select outcome, detail from outcomes where post_id = taken.post_id order by revision desc limit 1
    ) o on true`.execute(db);
  return rows[0];
}

/** Notes that X is about to be asked to post it: from here on it may be there. @returns whether it is still our turn */
export async function noteAsking(db: Db, post_id: string, with_link: boolean): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('public_replies')
    .set({ asked_at: sql`now()`, with_link })
    .where('post_id', '=', post_id)
    .where('status', '=', 'pending')
    .where('due_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function notePosted(db: Db, post_id: string, reply_id: string): Promise<void> {
  await db
    .updateTable('public_replies')
    .set({ status: 'posted', reply_id, asked_at: null })
    .where('post_id', '=', post_id)
    .execute();
}

/** Notes that it will never be said. A first contact may then be tried with the shopper's next reply. */
export async function noteUnsaid(db: Db, post_id: string, reason: UnsaidReason): Promise<void> {
  await db
    .updateTable('public_replies')
    .set({ status: 'unsaid', reason, counts: false, asked_at: null })
    .where('post_id', '=', post_id)
    .execute();
}

/**
 * Puts it off.
 *
 * @param refused X has refused it: it is not there, and next time it gets another text. By default X has not been asked;
 * `unknown`: X's answer did not come.
 */
export async function putOff(
  db: Db,
  post_id: string,
  until: Date,
  answer?: 'refused' | 'unknown',
): Promise<void> {
  await db
    .updateTable('public_replies')
    .set({
      due_at: until,
      ...(answer === 'unknown' ? {} : { asked_at: null }),
      ...(answer === 'refused' ? { refusals: sql`refusals + 1` } : {}),
    })
    .where('post_id', '=', post_id)
    .where('status', '=', 'pending')
    .execute();
}

/** Ends what has waited for too long, and lets first contacts be tried again after a week. */
export async function endLatePublicReplies(db: Db): Promise<void> {
  await sql`
    update public_replies set status = 'unsaid', reason = 'too_late', counts = false
    where status = 'pending' and due_at <= now() and written_at < now() - ${LATEST}`.execute(db);
  await sql`
    update public_replies set counts = false
    where counts and kind = 'first_contact' and written_at < now() - interval '7 days'`.execute(db);
}

/** Stops all posting, until the operator lets it go on. @returns whether it went on before */
export async function stopPosting(db: Db, why: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('public_posting')
    .set({ stopped_at: sql`now()`, stopped_why: why })
    .where('stopped_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function resumePosting(db: Db): Promise<void> {
  await db.updateTable('public_posting').set({ stopped_at: null, stopped_why: null }).execute();
}

/** Whether anything is posted at all, and how many public replies became what. */
export async function publicState(db: Db) {
  const stopped = await db
    .selectFrom('public_posting')
    .select(['stopped_at', 'stopped_why'])
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ merchant_id: string; status: string; reason: string | null; count: number }>`
    select merchant_id, status, reason, count(*)::int as count from public_replies
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return { ...stopped, replies: rows };
}
