import { sql } from 'kysely';
import { type Payee, type Seller, sellerOf } from '../domain/payee.ts';
import type { Db, Tx } from './database.ts';

export async function findPayee(db: Db, merchant_id: string): Promise<Payee | undefined> {
  return db.selectFrom('payees').selectAll().where('merchant_id', '=', merchant_id).executeTakeFirst();
}

/** Who sells for a merchant at this moment. */
export const currentSeller = async (db: Db, merchant_id: string): Promise<Seller> =>
  sellerOf(await findPayee(db, merchant_id));

/** The merchants for whom nothing can be sold at this moment. */
export async function merchantsWithoutSeller(db: Db): Promise<Set<string>> {
  const payees = await db.selectFrom('payees').selectAll().execute();
  return new Set(
    payees.filter((payee) => sellerOf(payee).kind === 'nobody').map(({ merchant_id }) => merchant_id),
  );
}

/** The merchant whose account this is. */
export async function payeeOfAccount(db: Db, account_id: string): Promise<Payee | undefined> {
  return db.selectFrom('payees').selectAll().where('account_id', '=', account_id).executeTakeFirst();
}

/** A merchant's row, locked; made, if there was none. */
export async function lockPayee(tx: Tx, merchant_id: string): Promise<Payee> {
  await tx
    .insertInto('payees')
    .values({ merchant_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return tx
    .selectFrom('payees')
    .selectAll()
    .where('merchant_id', '=', merchant_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Begins another attempt to get an account. One that is gone stays noted as gone until there is another. */
export async function beginAttempt(
  tx: Tx,
  { merchant_id, attempt }: Payee,
  { country, asked_at }: { country: string | null; asked_at: Date },
): Promise<Payee> {
  return tx
    .updateTable('payees')
    .set({ attempt: attempt + 1, country, asked_at, account_id: null })
    .where('merchant_id', '=', merchant_id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Notes the account that an attempt has made. A later attempt is not changed by it. */
export async function noteAccount(
  db: Db,
  { merchant_id, attempt }: Payee,
  account_id: string,
): Promise<void> {
  await db
    .updateTable('payees')
    .set({
      account_id,
      gone_at: null,
      charges_enabled: false,
      payouts_enabled: false,
      details_submitted: false,
      checked_at: null,
    })
    .where('merchant_id', '=', merchant_id)
    .where('attempt', '=', attempt)
    .where('account_id', 'is', null)
    .execute();
}

/**
 * Notes how an account stands.
 *
 * @param asked_at when Stripe was asked: what was asked earlier changes nothing
 * @returns the row as it is now; `undefined`: it was not changed
 */
export async function noteAccountState(
  db: Db,
  account_id: string,
  state: AccountFlags | 'gone',
  asked_at: Date,
): Promise<Payee | undefined> {
  const set = state === 'gone' ? { ...NOTHING, gone_at: asked_at } : { ...state, gone_at: null };
  const stopped_at = set.charges_enabled
    ? null
    : sql<Date | null>`case when charges_enabled then ${asked_at}::timestamptz else stopped_at end`;
  return db
    .updateTable('payees')
    .set({ ...set, checked_at: asked_at, stopped_at })
    .where('account_id', '=', account_id)
    .where((eb) => eb.or([eb('checked_at', 'is', null), eb('checked_at', '<=', asked_at)]))
    .returningAll()
    .executeTakeFirst();
}

type AccountFlags = Pick<Payee, 'charges_enabled' | 'payouts_enabled' | 'details_submitted'>;
const NOTHING: AccountFlags = { charges_enabled: false, payouts_enabled: false, details_submitted: false };

/** Sets what the platform keeps of a merchant's sales. @param fee_bps null: PLATFORM_FEE_BPS */
export async function setFee(db: Db, merchant_id: string, fee_bps: number | null): Promise<void> {
  await db
    .insertInto('payees')
    .values({ merchant_id, fee_bps })
    .onConflict((conflict) => conflict.column('merchant_id').doUpdateSet({ fee_bps }))
    .execute();
}

/** The merchants that are not withdrawn, with what is known of their accounts. */
export async function merchantPayees(db: Db) {
  return db
    .selectFrom('merchants as m')
    .leftJoin('payees as p', 'p.merchant_id', 'm.id')
    .select([
      'm.id',
      'm.name',
      'p.fee_bps',
      'p.account_id',
      'p.country',
      'p.charges_enabled',
      'p.payouts_enabled',
      'p.details_submitted',
      'p.checked_at',
      'p.gone_at',
      'p.stopped_at',
    ])
    .where('m.withdrawn_at', 'is', null)
    .orderBy('m.id')
    .execute();
}

/** Accounts that Stripe was not asked about for a while: the news of them may have been lost. In any order. */
export async function payeesToCheck(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ merchant_id: string }>`
    select merchant_id from payees
    where account_id is not null and gone_at is null
      and (checked_at is null or checked_at < now() - interval '1 hour')
    order by random() limit ${limit}`.execute(db);
  return rows.map((row) => row.merchant_id);
}
