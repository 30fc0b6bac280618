import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { anyId } from './ids.ts';
import { lockShoppers } from './settle.ts';
import { withdrawReminders } from './shoppers.ts';

/**
 * What a shopper may want about mail. unsubscribe: no mail about carts. resubscribe: that mail again. come_back: their
 * replies count again, after a stop tag. return: both of these. remind and no_reminders: whether they are reminded of what
 * waits in carts.
 */
export type MailWish = 'unsubscribe' | 'resubscribe' | 'come_back' | 'return' | 'remind' | 'no_reminders';

/**
 * Notes a wish. Returns whether that was new: the time at which something was wished first stays. That reminders were agreed
 * to, and until when, stays on record.
 */
export async function setMailWish(tx: Tx, shopper_id: string, wish: MailWish): Promise<boolean> {
  const shopper = tx.updateTable('shoppers').where('x_user_id', '=', shopper_id);
  const now = sql<Date>`now()`;
  const change = {
    // Who comes back is not reminded before they have agreed to that anew.
    unsubscribe: shopper
      .set({ unsubscribed_at: now, reminders_at: null })
      .where('unsubscribed_at', 'is', null),
    resubscribe: shopper.set({ unsubscribed_at: null }).where('unsubscribed_at', 'is not', null),
    come_back: shopper.set({ opted_out_at: null }).where('opted_out_at', 'is not', null),
    return: shopper
      .set({ unsubscribed_at: null, opted_out_at: null })
      .where(({ or, eb }) => or([eb('unsubscribed_at', 'is not', null), eb('opted_out_at', 'is not', null)])),
    remind: shopper.set({ reminders_at: now }).where('reminders_at', 'is', null),
    no_reminders: shopper.set({ reminders_at: null }).where('reminders_at', 'is not', null),
  }[wish];
  const { numUpdatedRows } = await change.executeTakeFirst();
  if (wish === 'unsubscribe' || wish === 'no_reminders') await withdrawReminders(tx, [shopper_id]);
  return numUpdatedRows > 0n;
}

/** Notes that a mail server refuses an address for good, for every shopper who has it. Returns whose it is. */
export async function noteRefused(tx: Tx, email: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('shoppers')
    .select('x_user_id')
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .execute();
  const shopper_ids = rows.map(({ x_user_id }) => x_user_id);
  await lockShoppers(tx, shopper_ids);
  await refuseAddressOf(tx, shopper_ids);
  return shopper_ids;
}

/** Notes that nothing can be sent to the addresses of these shoppers. */
export async function refuseAddressOf(db: Db, shopper_ids: string[]): Promise<void> {
  if (shopper_ids.length === 0) return;
  await db
    .updateTable('shoppers')
    .set({ email_refused_at: sql`coalesce(email_refused_at, now())` })
    .where(anyId('x_user_id', shopper_ids))
    .where('email', 'is not', null)
    .execute();
}
