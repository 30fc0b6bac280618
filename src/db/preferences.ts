import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** @param language null: as the browser says */
export async function setLanguage(db: Db, shopper_id: string, language: string | null): Promise<void> {
  await db.updateTable('shoppers').set({ language }).where('x_user_id', '=', shopper_id).execute();
}

/** @param timezone null: the merchant's */
export async function setTimezone(db: Db, shopper_id: string, timezone: string | null): Promise<void> {
  await db.updateTable('shoppers').set({ timezone }).where('x_user_id', '=', shopper_id).execute();
}

/** Removes the address, and one that waits for its code. */
export async function removeAddress(tx: Tx, shopper_id: string): Promise<void> {
  await tx
    .updateTable('shoppers')
    .set({ email: null, email_refused_at: null, email_removed_at: sql`now()` })
    .where('x_user_id', '=', shopper_id)
    .execute();
  await tx.deleteFrom('email_codes').where('shopper_id', '=', shopper_id).execute();
}
