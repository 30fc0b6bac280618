import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { touchCatalog } from './posts.ts';
import type { MerchantAccount as Accounts } from './schema.ts';

export type MerchantAccount = Selectable<Accounts>;

/** An X account whose owner has signed in, or had. */
export const findAccount = (db: Db, x_user_id: string): Promise<MerchantAccount | undefined> =>
  db.selectFrom('merchant_accounts').selectAll().where('x_user_id', '=', x_user_id).executeTakeFirst();

/** Keeps the tokens of who has signed in. Whoever holds the catalog reads it again. */
export async function saveAccount(
  tx: Tx,
  account: { x_user_id: string; username: string; tokens: string; expires_at: Date },
): Promise<void> {
  const fresh = { refreshing_at: null, rests_until: null, lost_at: null, lost_why: null };
  await tx
    .insertInto('merchant_accounts')
    .values(account)
    .onConflict((conflict) =>
      conflict.column('x_user_id').doUpdateSet({ ...account, ...fresh, signed_in_at: sql`now()` }),
    )
    .execute();
  await touchCatalog(tx);
}

/**
 * Forgets an account's tokens: it has to sign in again. Whoever holds the catalog reads it again.
 *
 * @param tokens only if it has still these
 * @returns what was forgotten
 */
export async function loseAccount(
  tx: Tx,
  x_user_id: string,
  why: string,
  tokens?: string,
): Promise<string | undefined> {
  const known = await lockAccount(tx, x_user_id);
  if (!known?.tokens || (tokens !== undefined && tokens !== known.tokens)) return undefined;
  await tx
    .updateTable('merchant_accounts')
    .set({ tokens: null, refreshing_at: null, lost_at: sql`now()`, lost_why: why })
    .where('x_user_id', '=', x_user_id)
    .execute();
  await touchCatalog(tx);
  return known.tokens;
}

/** Locks an account: its refresh token is shown to X once, by one process. */
export const lockAccount = (tx: Tx, x_user_id: string): Promise<MerchantAccount | undefined> =>
  tx
    .selectFrom('merchant_accounts')
    .selectAll()
    .where('x_user_id', '=', x_user_id)
    .forUpdate()
    .executeTakeFirst();

/** Notes that the refresh token is about to be shown to X. */
export async function noteRefreshing(tx: Tx, x_user_id: string): Promise<void> {
  await tx
    .updateTable('merchant_accounts')
    .set({ refreshing_at: sql`now()` })
    .where('x_user_id', '=', x_user_id)
    .execute();
}

/** Keeps new tokens, or, where X has not seen the old refresh token, the old ones. */
export async function endRefreshing(
  db: Db,
  x_user_id: string,
  renewed?: { tokens: string; expires_at: Date },
): Promise<void> {
  await db
    .updateTable('merchant_accounts')
    .set({ refreshing_at: null, ...renewed })
    .where('x_user_id', '=', x_user_id)
    .where('refreshing_at', 'is not', null)
    .execute();
}

/** Until when X takes no more posts of an account. */
export async function noteRest(db: Db, x_user_id: string, until: Date): Promise<void> {
  await db
    .updateTable('merchant_accounts')
    .set({ rests_until: until })
    .where('x_user_id', '=', x_user_id)
    .execute();
}

/** The accounts of the present catalog, and what is known of their sign-ins. */
export async function accountsOfCatalog(db: Db) {
  return db
    .selectFrom('merchants as m')
    .leftJoin('merchant_accounts as a', 'a.x_user_id', 'm.x_user_id')
    .select(['m.id', 'm.username', 'm.first_contact', 'm.acknowledge', 'a.tokens', 'a.lost_why', 'a.lost_at'])
    .where('m.withdrawn_at', 'is', null)
    .orderBy('m.id')
    .execute();
}
