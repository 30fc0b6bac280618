import { sql } from 'kysely';
import type { Finding } from '../domain/comparison.ts';
import type { CheckoutRow, DisputeFact, PaymentRow, RefundRow } from '../domain/comparison-facts.ts';
import { type Db, inTransaction } from './database.ts';
import type { LedgerKind } from './schema.ts';

/** What others have written into metadata is not always a number. */
const number = (column: string) =>
  sql`case when ${sql.ref(column)} ~ '^\\d{1,18}$' then ${sql.ref(column)}::bigint end`;

/** Payments by Stripe's ids, with what the ledger has booked of them. */
export async function paymentRows(db: Db, ids: string[]): Promise<Map<string, PaymentRow>> {
  const booked = (kind: LedgerKind) => sql`coalesce(sum(e.amount) filter (where e.kind = ${kind}), 0)::int`;
  const { rows } = await sql<PaymentRow>`
    select p.id, p.status, p.amount, p.currency, k.destination,
      ${booked('transfer')} as transferred, ${booked('fee')} as fee, ${booked('refund')} as refunded,
      ${booked('reversal')} as reversed, ${booked('fee_refund')} as fee_refunded
    from payments p
    join checkouts k on k.id = p.checkout_id
    left join ledger_entries e on e.payment_id = p.id
    where p.id = any(${ids}) group by p.id, k.id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Attempts by their sessions, or by the ids of ours that the sessions carry. */
export async function checkoutRows(
  db: Db,
  sessions: Array<{ id: string; checkout_id: string | null }>,
): Promise<Map<string, CheckoutRow>> {
  const { rows } = await sql<CheckoutRow & { about: string }>`
    with s as (select * from json_to_recordset(${JSON.stringify(sessions)}) as s (id text, checkout_id text))
    select s.id as about, k.id, k.session_id, k.status, k.total, k.currency from s join checkouts k on k.session_id = s.id
    union all
    select s.id, k.id, k.session_id, k.status, k.total, k.currency
    from s join checkouts k on k.id = ${number('s.checkout_id')} and k.session_id is null`.execute(db);
  return new Map(rows.map(({ about, ...row }) => [about, row]));
}

/** Refunds by Stripe's ids, or by the ids of ours that Stripe's carry. */
export async function refundRows(
  db: Db,
  refunds: Array<{ id: string; refund_id: string | null }>,
): Promise<Map<string, RefundRow>> {
  const { rows } = await sql<RefundRow & { about: string }>`
    with s as (select * from json_to_recordset(${JSON.stringify(refunds)}) as s (id text, refund_id text))
    select s.id as about, r.id, r.stripe_id, r.payment_id, r.status, r.amount, r.currency
    from s join refunds r on r.stripe_id = s.id
    union all
    select s.id, r.id, r.stripe_id, r.payment_id, r.status, r.amount, r.currency
    from s join refunds r on r.id = ${number('s.refund_id')} and r.stripe_id is null`.execute(db);
  return new Map(rows.map(({ about, ...row }) => [about, row]));
}

/** Disputes by Stripe's ids. */
export async function disputeRows(db: Db, ids: string[]): Promise<Map<string, DisputeFact>> {
  const { rows } = await sql<DisputeFact>`
    select id, payment_id, status, moved, moved_currency from disputes where id = any(${ids})`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which of these events are stored. */
export async function knownEvents(db: Db, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from stripe_events where id = any(${ids})`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/**
 * Stripe's ids of what moved in our books in a span of time, and of what differed when they were last compared: Stripe
 * has to know all of it.
 */
export async function idsToCompare(
  db: Db,
  { since, until }: { since: Date; until: Date },
): Promise<string[]> {
  const within = (column: string) => sql`${sql.ref(column)} >= ${since} and ${sql.ref(column)} < ${until}`;
  const { rows } = await sql<{ id: string }>`
    select id from payments where ${within('received_at')}
    union select session_id from checkouts where session_id is not null and ${within('created_at')}
    union select stripe_id from refunds where stripe_id is not null and (${within('created_at')} or ${within('settled_at')})
    union select id from disputes where ${within('read_at')}
    union select outside_id from ledger_entries where kind in ('payment', 'refund') and ${within('booked_at')}
    union select about from ledger_differences`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * Up to when everything was compared: where the first gap between comparisons begins, so that one of a later span alone
 * leaves what lies before it to the next. Nothing moved before the first checkout.
 *
 * @param earliest nobody looks further back
 * @returns `undefined`: nothing has ever moved
 */
export async function comparedUntil(db: Db, earliest: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ until: Date | null }>`
    with spans as (
      select since, until from ledger_checks where until > ${earliest}
      union all
      (select greatest(created_at, ${earliest}), greatest(created_at, ${earliest}) from checkouts order by id limit 1)
    ),
    reaches as (
      select max(until) over w as until, lead(since) over w as next from spans
      window w as (order by since, until)
    )
    select min(until) as until from reaches where next is null or next > until`.execute(db);
  return rows[0]?.until ?? undefined;
}

export interface Check {
  since: Date;
  until: Date;
  started_at: Date;
  /** Objects of Stripe's, and rows of ours that they did not bring. */
  compared: number;
  late: number;
  differences: number;
}

/** What was late at one comparison and is at another, so long after, is late no more: somebody has to look. */
const PATIENCE = sql`interval '30 minutes'`;

/** Notes how a comparison ended, in place of the one before. What was accepted stays so while both sides say the same. */
export async function noteCheck(
  db: Db,
  check: Omit<Check, 'late' | 'differences'>,
  findings: Finding[],
): Promise<Check> {
  return inTransaction(db, async (tx) => {
    const rows = findings.map(({ late, ...finding }) => ({ ...finding, late: late !== null }));
    const found = sql`json_to_recordset(${JSON.stringify(rows)}) as f (
      about text, what text, payment_id text, ours text, theirs text, cure text, late boolean)`;
    await sql`
      delete from ledger_differences d
      where not exists (select from ${found} where f.about = d.about and f.what = d.what)`.execute(tx);
    await sql`
      insert into ledger_differences (about, what, payment_id, ours, theirs, cure, late)
      select * from ${found}
      on conflict (about, what) do update set
        ours = excluded.ours, theirs = excluded.theirs, payment_id = excluded.payment_id, cure = excluded.cure,
        last_seen_at = now(), late = excluded.late and ledger_differences.first_seen_at > now() - ${PATIENCE},
        accepted_at = case when (ledger_differences.ours, ledger_differences.theirs) is not distinct from
          (excluded.ours, excluded.theirs) then ledger_differences.accepted_at end`.execute(tx);
    const { rows: counted } = await sql<{ late: number; differences: number }>`
      select count(*) filter (where late)::int as late,
        count(*) filter (where not late and accepted_at is null)::int as differences
      from ledger_differences`.execute(tx);
    const ended = { ...check, ...(counted[0] ?? { late: 0, differences: 0 }) };
    await tx.insertInto('ledger_checks').values(ended).execute();
    return ended;
  });
}

/** How the newest comparison ended, if there was one. It may have been of a part only. */
export async function lastCheck(db: Db): Promise<(Check & { finished_at: Date }) | undefined> {
  return db.selectFrom('ledger_checks').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
}

/** What still differs, without what somebody has accepted; what is merely late comes last. */
export async function openDifferences(db: Db, most = 50) {
  return db
    .selectFrom('ledger_differences')
    .selectAll()
    .where('accepted_at', 'is', null)
    .orderBy('late')
    .orderBy('first_seen_at')
    .orderBy('about')
    .limit(most)
    .execute();
}

/** Notes that a difference is understood, and stays. `false`: there is none. */
export async function acceptDifference(db: Db, about: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('ledger_differences')
    .set({ accepted_at: sql`now()` })
    .where('about', '=', about)
    .where('late', '=', false)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
