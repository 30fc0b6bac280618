import type Stripe from 'stripe';
import { money } from './currencies.ts';
import { isChargedBack } from './dispute.ts';
import { type Cause, emit } from './events.ts';
import { newId } from './ids.ts';
import { invalid } from './refusals.ts';
import { checkTakeBack, type TakeBack, takeBackSplit } from './split.ts';
import { type Stand, unixTime } from './stand.ts';
import { ONLY } from './store.ts';

/** Whether refunds succeed at once, or wait to be told. */
export interface RefundSettings {
  refunds: 'instant' | 'pending';
}

export const refundSettings = ({ store }: Stand): RefundSettings =>
  store.refundSettings.get(ONLY) ?? { refunds: 'instant' };

interface NewRefund extends TakeBack {
  amount?: number | undefined;
  reason?: Stripe.Refund.Reason | undefined;
  metadata?: Record<string, string> | undefined;
}

/**
 * Gives money of a charge back: what is left of it where no amount is given.
 * @throws Refusal 400 where nothing, or not as much, is left
 */
export function refundCharge(
  stand: Stand,
  charge: Stripe.Charge,
  given: NewRefund,
  cause: Cause,
): Stripe.Refund {
  if (isChargedBack(stand, charge))
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  const left = charge.amount - charge.amount_refunded;
  if (left === 0)
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  checkTakeBack(charge, given);
  const { amount = left, reason = null, metadata = {} } = given;
  if (amount > left)
    throw invalid(
      `Refund amount (${money(amount, charge.currency)}) is greater than unrefunded amount on charge (${money(left, charge.currency)})`,
      { param: 'amount' },
    );
  const pending = refundSettings(stand).refunds === 'pending';
  const isCard = charge.payment_method_details?.type === 'card';
  const id = newId('re_3');
  const refund: Stripe.Refund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: unixTime(stand.clock),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    ...(isCard
      ? { destination_details: { type: 'card', card: { type: 'refund', reference_status: 'pending' } } }
      : {}),
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(pending ? { pending_reason: 'processing' as const } : {}),
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: pending ? 'pending' : 'succeeded',
    transfer_reversal: takeBackSplit(stand, charge, { id, amount }, given, cause),
  };
  stand.store.refunds.set(refund.id, refund);
  const refunded = setRefunded(stand, charge, charge.amount_refunded + amount);
  emit(stand, 'refund.created', refund, { cause });
  emit(stand, 'charge.refunded', refunded, {
    cause,
    previous: { amount_refunded: charge.amount_refunded, refunded: charge.refunded },
  });
  return refund;
}

/**
 * Tells how a refund ended. Money that could not be given back is on the charge again.
 * @returns `undefined` where it cannot go that way: failed is final, a success can still come back
 */
export function settleRefund(
  stand: Stand,
  refund: Stripe.Refund,
  status: 'pending' | 'succeeded' | 'failed',
): Stripe.Refund | undefined {
  if (refund.status === status) return refund;
  if (refund.status === 'failed' || status === 'pending') return undefined;
  const { pending_reason: _, ...rest } = refund;
  const settled = { ...rest, status, ...(status === 'failed' ? { failure_reason: 'unknown' } : {}) };
  stand.store.refunds.set(settled.id, settled);
  const charge = stand.store.charges.get(String(refund.charge));
  if (status === 'failed' && charge) setRefunded(stand, charge, charge.amount_refunded - refund.amount);
  emit(stand, 'refund.updated', settled, { previous: { status: refund.status } });
  if (status === 'failed') emit(stand, 'refund.failed', settled);
  return settled;
}

function setRefunded(stand: Stand, charge: Stripe.Charge, amount: number): Stripe.Charge {
  const changed = { ...charge, amount_refunded: amount, refunded: amount === charge.amount };
  stand.store.charges.set(charge.id, changed);
  return changed;
}
