import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { addAdoptedRefund } from '../db/refunds.ts';
import { record } from '../db/staff.ts';
import { formatMoney } from '../domain/currency.ts';
import { PermanentError } from '../errors.ts';
import { findRefund } from '../stripe/facts.ts';

/**
 * Notes a refund that somebody has made in Stripe's dashboard: from then on it is like one of ours. The order ends where all
 * of its payment is given back, and the shopper hears of it. Noting it twice changes nothing, and one that is ours, of which
 * only Stripe's answer was lost, goes on as ours.
 *
 * @param id Stripe's, re_…
 * @param by who decided it, for the records
 * @throws PermanentError where Stripe has no such refund, or its payment is none of ours
 */
export async function adoptRefund(
  { db, stripe, queues }: Pick<Context, 'db' | 'stripe' | 'queues'>,
  id: string,
  { restock, by }: { restock: boolean; by: string },
): Promise<{ refund_id: string; amount: number; currency: string; isNew: boolean }> {
  const theirs = await findRefund(stripe, id);
  if (!theirs) throw new PermanentError(`Stripe has no refund ${id}`);
  const { payment_id, amount, currency, refund_id: claimed } = theirs;
  const { refund_id, isNew } = await inTransaction(db, async (tx) => {
    const added =
      payment_id &&
      (await addAdoptedRefund(
        tx,
        { stripe_id: id, payment_id, amount, currency, restock, reason: 'requested' },
        claimed,
      ));
    if (!added) throw new PermanentError(`the refund ${id} is of no payment of ours`);
    if (added.isNew) await record(tx, by, `adopt refund ${formatMoney(amount, currency, 'en')}`, id);
    return added;
  });
  await queues.add('give-refund', { refund_id });
  return { refund_id, amount, currency, isNew };
}
