import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { endReminders, removeAddress, startReminders } from '../db/preferences.ts';
import { saveConsent } from '../db/shoppers.ts';

/** The version of the text by which shoppers agree to reminders: changes with the text (`texts.account.reminders`). */
export const REMINDERS_VERSION = '2026-11';

/** Notes that a shopper wants reminders, with what they have agreed to. Agreeing twice is agreeing once. */
export async function agreeToReminders(
  { db }: Pick<Context, 'db'>,
  shopper_id: string,
  locale: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await startReminders(tx, shopper_id))) return;
    await saveConsent(tx, { shopper_id, kind: 'reminders', version: REMINDERS_VERSION, locale });
  });
}

export async function stopReminders({ db }: Pick<Context, 'db'>, shopper_id: string): Promise<void> {
  await inTransaction(db, (tx) => endReminders(tx, shopper_id));
}

/** Removes a shopper's address: no mail at all is sent any more, until they give one again. */
export async function forgetAddress({ db }: Pick<Context, 'db'>, shopper_id: string): Promise<void> {
  await inTransaction(db, (tx) => removeAddress(tx, shopper_id));
}
