import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { LedgerAccount, LedgerKind } from './schema.ts';

/** Which part of the ledger; all of it where nothing is said. */
export interface LedgerPart {
  merchant_id?: string | undefined;
  /** From this day on. */
  since?: Date | undefined;
  /** Before this day. */
  until?: Date | undefined;
}

const within = ({ merchant_id, since, until }: LedgerPart) => sql`
  (${merchant_id ?? null}::text is null or merchant_id = ${merchant_id ?? null})
  and (${since ?? null}::timestamptz is null or booked_at >= ${since ?? null})
  and (${until ?? null}::timestamptz is null or booked_at < ${until ?? null})`;

export interface Moved {
  merchant_id: string;
  currency: string;
  kind: LedgerKind;
  entries: number;
  /** In minor units. */
  amount: number;
}

/** What moved, by kind. */
export async function movedByKind(db: Db, part: LedgerPart): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    select merchant_id, currency, kind, count(*)::int as entries, sum(amount)::float8 as amount
    from ledger_entries where ${within(part)}
    group by merchant_id, currency, kind order by merchant_id, currency, kind`.execute(db);
  return rows;
}

export interface Balance {
  merchant_id: string;
  currency: string;
  account: LedgerAccount;
  /** In minor units; less than 0: more went out than came in. */
  balance: number;
}

/** What came into each account, less what went out. */
export async function balances(db: Db, part: LedgerPart): Promise<Balance[]> {
  const { rows } = await sql<Balance>`
    select merchant_id, currency, account, sum(amount)::float8 as balance
    from ledger_sides where ${within(part)}
    group by merchant_id, currency, account order by merchant_id, currency, account`.execute(db);
  return rows;
}

/** The entries themselves, the oldest first, with the order that each belongs to. */
export async function ledgerEntries(db: Db, part: LedgerPart) {
  return db
    .selectFrom('ledger_entries as e')
    .leftJoin('orders as o', 'o.payment_id', 'e.payment_id')
    .select([
      'e.booked_at',
      'e.merchant_id',
      'e.kind',
      'e.taken_from',
      'e.given_to',
      'e.amount',
      'e.currency',
      'e.outside_id',
      'e.payment_id',
      'o.id as order_id',
    ])
    .$if(part.merchant_id !== undefined, (query) =>
      query.where('e.merchant_id', '=', part.merchant_id as string),
    )
    .$if(part.since !== undefined, (query) => query.where('e.booked_at', '>=', part.since as Date))
    .$if(part.until !== undefined, (query) => query.where('e.booked_at', '<', part.until as Date))
    .orderBy('e.booked_at')
    .orderBy('e.payment_id')
    .orderBy('e.kind')
    .execute();
}
