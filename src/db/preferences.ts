import { sql } from 'kysely';
import type { Language } from '../domain/languages.ts';
import type { Db, Tx } from './database.ts';

/** @param language null: as the browser says */
export async function setLanguage(db: Db, shopper_id: string, language: Language | null): Promise<void> {
  await db.updateTable('shoppers').set({ language }).where('x_user_id', '=', shopper_id).execute();
}

/** Starts or stops mail about carts. */
export async function setCartMails(db: Db, shopper_id: string, on: boolean): Promise<void> {
  await db
    .updateTable('shoppers')
    .set({ unsubscribed_at: on ? null : sql`coalesce(unsubscribed_at, now())` })
    .where('x_user_id', '=', shopper_id)
    .execute();
}

/** Starts reminders. `false`: they were on, or there is no such shopper. */
export async function startReminders(tx: Tx, shopper_id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('shoppers')
    .set({ reminders_at: sql`now()` })
    .where('x_user_id', '=', shopper_id)
    .where('reminders_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends reminders. That they were agreed to, and until when, stays on record. */
export async function endReminders(tx: Tx, shopper_id: string): Promise<void> {
  await tx.updateTable('shoppers').set({ reminders_at: null }).where('x_user_id', '=', shopper_id).execute();
  await tx
    .updateTable('consents')
    .set({ withdrawn_at: sql`now()` })
    .where('shopper_id', '=', shopper_id)
    .where('kind', '=', 'reminders')
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** Takes a stop tag back: replies count again from now on. */
export async function comeBack(db: Db, shopper_id: string): Promise<void> {
  await db.updateTable('shoppers').set({ opted_out_at: null }).where('x_user_id', '=', shopper_id).execute();
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
