import type { Context } from '../context.ts';
import { type Checkout, noteExpired } from '../db/checkouts.ts';
import { expireSession } from '../stripe/checkout.ts';

/**
 * Closes Stripe's pages of carts that are gone. What was paid meanwhile counts; what Stripe does not answer for now ends
 * by itself within the hour.
 */
export async function closeCheckouts(
  { stripe, queues, log }: Pick<Context, 'stripe' | 'queues' | 'log'>,
  sessions: string[],
): Promise<void> {
  for (const session_id of sessions) {
    try {
      await expireSession(stripe, session_id);
    } catch (error) {
      log.warn({ err: error, session: session_id }, 'a payment page could not be closed');
    }
    await queues.add('record-payment', { session_id });
  }
}

/**
 * Closes attempts to pay, before the same is paid in another way. `false`: one was paid in this moment, and that payment
 * counts.
 */
export async function closeReplaced(
  { db, stripe, queues }: Pick<Context, 'db' | 'stripe' | 'queues'>,
  replaced: Checkout[],
): Promise<boolean> {
  for (const { id, session_id } of replaced) {
    if (session_id !== null && !(await expireSession(stripe, session_id))) {
      await queues.add('record-payment', { session_id });
      return false;
    }
    await noteExpired(db, id);
  }
  return true;
}
