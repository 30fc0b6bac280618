import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { dropAccount, endCarts, forgetReplies, lockToLeave } from '../db/leaving.ts';
import { closeCheckouts } from './close-checkouts.ts';

/**
 * Makes an account as if it had never been linked: address, consents, sessions and open carts go, orders stay. Later
 * replies are held until it is linked again.
 */
export async function unlinkShopper(
  context: Pick<Context, 'db' | 'stripe' | 'queues' | 'log'>,
  shopper_id: string,
): Promise<void> {
  const sessions = await inTransaction(context.db, async (tx) => {
    const leaving = await lockToLeave(tx, shopper_id);
    const open = await endCarts(tx, leaving);
    await forgetReplies(tx, leaving);
    await dropAccount(tx, leaving);
    return open;
  });
  await closeCheckouts(context, sessions);
}
