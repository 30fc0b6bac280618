import type Stripe from 'stripe';
import type { Split } from '../domain/payee.ts';
import { KEY_LIVES_MS, KEYS, SHOWS_MS } from './idempotency.ts';
import { isStoredFailure } from './stored-failure.ts';

/**
 * Gives a payment back, or a part of it, or finds that an earlier try did. What went to a merchant's account, and the
 * platform's part, are taken back in the same proportion (Stripe docs: destination charges, issue refunds).
 */
export async function refundPayment(
  stripe: Stripe,
  refund: { id: string; payment_id: string; amount: number; created_at: Date } & Split,
  now: Date,
  nth = 1,
): Promise<{ id: string; status: string }> {
  const age = now.getTime() - refund.created_at.getTime();
  const made = age > KEY_LIVES_MS ? await findMade(stripe, refund) : undefined;
  if (made) return made;
  try {
    const { id, status } = await stripe.refunds.create(
      {
        payment_intent: refund.payment_id,
        amount: refund.amount,
        metadata: { refund_id: refund.id },
        ...(refund.destination === null ? {} : { reverse_transfer: true }),
        // Stripe refuses it where there is none.
        ...(refund.fee > 0 ? { refund_application_fee: true } : {}),
      },
      { idempotencyKey: nth === 1 ? `refund-${refund.id}` : `refund-${refund.id}-${nth}` },
    );
    return { id, status: status ?? 'pending' };
  } catch (error) {
    if (!isStoredFailure(error)) throw error;
    // It may have been made in spite of the failure that Stripe repeats. Where it shows nowhere, another key is taken.
    const found = await findMade(stripe, refund);
    if (found) return found;
    if (age < SHOWS_MS || nth === KEYS) throw error;
    return refundPayment(stripe, refund, now, nth + 1);
  }
}

async function findMade(
  stripe: Stripe,
  { id, payment_id }: { id: string; payment_id: string },
): Promise<{ id: string; status: string } | undefined> {
  const { data } = await stripe.refunds.list({ payment_intent: payment_id, limit: 100 });
  const made = data.find(({ metadata }) => metadata?.refund_id === id);
  return made && { id: made.id, status: made.status ?? 'pending' };
}

export async function readRefund(stripe: Stripe, id: string): Promise<{ id: string; status: string }> {
  const refund = await stripe.refunds.retrieve(id);
  return { id: refund.id, status: refund.status ?? 'pending' };
}
