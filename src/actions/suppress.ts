import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { refuseAddressOf, setMailWish } from '../db/mail-wishes.ts';
import { lockShoppers } from '../db/settle.ts';
import { searchSupport } from '../db/support-search.ts';
import { PermanentError } from '../errors.ts';

/**
 * Ends mail for the operator, who alone hears of complaints and of mail that comes back: a mail server tells neither
 * when it takes a mail.
 *
 * @param who as for the support search; an e-mail address means everybody who has it
 * @param cause complaint: no more mail about carts; bounce: nothing is sent to the address any more
 * @param by who did it, for the records
 * @returns whose mail has ended
 */
export async function suppress(
  { db }: Pick<Context, 'db'>,
  who: string,
  cause: 'complaint' | 'bounce',
  by: string,
): Promise<string[]> {
  const hits = await searchSupport(db, who);
  const found = [...new Set(hits.flatMap((hit) => (hit.kind === 'shopper' ? [hit.shopper_id] : [])))];
  return inTransaction(db, async (tx) => {
    const linked = (await lockShoppers(tx, found)).map(({ x_user_id }) => x_user_id);
    if (linked.length === 0) throw new PermanentError('nobody who has linked was found');
    if (linked.length > 1 && !who.includes('@', 1))
      throw new PermanentError(
        `that may be several: name one of them by their X user id, ${linked.join(', ')}`,
      );
    if (cause === 'bounce') await refuseAddressOf(tx, linked);
    else for (const shopper_id of linked) await setMailWish(tx, shopper_id, 'unsubscribe');
    await tx
      .insertInto('audit')
      .values(
        linked.map((id) => ({
          staff_email: by,
          action: 'suppress mail',
          subject: `shopper ${id}`,
          reason: cause,
        })),
      )
      .execute();
    return linked;
  });
}
