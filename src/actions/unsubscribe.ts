import type { Context } from '../context.ts';
import type { Keys } from '../crypto.ts';
import { inTransaction } from '../db/database.ts';
import { type MailWish, setMailWish } from '../db/mail-wishes.ts';
import { saveConsent } from '../db/shoppers.ts';

/**
 * The version of the texts with which shoppers agree to reminders, on the page of a cart and on /me: changes with them
 * (`texts.mailControl.cart`, `texts.account.reminders`).
 */
export const REMINDERS_CONSENT = 'reminders-2026-11';

/** Where a shopper ends mail about carts. The token follows from the shopper: it is stored nowhere, and does not expire. */
export const unsubscribePath = (keys: Keys, shopper_id: string): string =>
  `/unsubscribe/${shopper_id}-${keys.tokenFor('unsubscribe', shopper_id)}`;

/** Whose token it is; `undefined`: it is none of ours. */
export function shopperOfToken(keys: Keys, token: string): string | undefined {
  const [, shopper_id, signature] = /^(\d{1,19})-([\w-]{43})$/.exec(token) ?? [];
  return shopper_id && signature && keys.isTokenFor('unsubscribe', shopper_id, signature)
    ? shopper_id
    : undefined;
}

/**
 * Does what a shopper wants done about their mail. Doing it again changes nothing.
 *
 * @param locale of the text with which they agreed to reminders
 */
export async function changeMailWish(
  { db }: Pick<Context, 'db'>,
  shopper_id: string,
  wish: MailWish,
  locale = 'en',
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const changed = await setMailWish(tx, shopper_id, wish);
    if (changed && wish === 'remind')
      await saveConsent(tx, { shopper_id, kind: 'reminders', version: REMINDERS_CONSENT, locale });
  });
}
