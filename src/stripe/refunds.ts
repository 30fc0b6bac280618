import type Stripe from 'stripe';

/** Gives a payment back in full, or finds that an earlier try did. */
export async function refundPayment(
  stripe: Stripe,
  refund: { id: string; payment_id: string; amount: number },
): Promise<{ id: string; status: string }> {
  const created = await stripe.refunds.create(
    { payment_intent: refund.payment_id, amount: refund.amount, metadata: { refund_id: refund.id } },
    { idempotencyKey: `refund-${refund.id}` },
  );
  return { id: created.id, status: created.status ?? 'pending' };
}

export async function readRefund(stripe: Stripe, id: string): Promise<{ id: string; status: string }> {
  const refund = await stripe.refunds.retrieve(id);
  return { id: refund.id, status: refund.status ?? 'pending' };
}
