import type Stripe from 'stripe';
import { failCharge, succeedCharge } from './charge.ts';
import { emit } from './events.ts';
import { failIntent, succeedIntent } from './payment-intent.ts';
import { debitOf } from './payment-methods.ts';
import type { SessionRecord } from './session.ts';
import { splitCharge } from './split.ts';
import type { Stand } from './stand.ts';

/** Whether a session is completed by a bank debit that the bank has not decided yet. */
export function isUnderWay({ store }: Stand, { session }: SessionRecord): boolean {
  const intent = store.intents.get(String(session.payment_intent));
  return session.status === 'complete' && intent?.status === 'processing';
}

/**
 * Tells how a bank debit ended, days after its session was completed.
 * @returns the session, or `undefined` where no debit is under way
 */
export function settleDebit(
  stand: Stand,
  record: SessionRecord,
  result: 'succeeded' | 'failed',
): Stripe.Checkout.Session | undefined {
  const { store } = stand;
  const intent = store.intents.get(String(record.session.payment_intent));
  const charge = store.charges.get(String(intent?.latest_charge));
  if (record.session.status !== 'complete' || intent?.status !== 'processing' || !charge) return undefined;
  if (result === 'failed') {
    const failed = failIntent(
      intent,
      'debit_failed',
      String(debitOf(intent.payment_method_types)),
      charge.id,
    );
    store.charges.set(charge.id, failCharge(charge, 'debit_failed'));
    store.intents.set(intent.id, failed);
    emit(stand, 'payment_intent.payment_failed', failed);
    emit(stand, 'checkout.session.async_payment_failed', record.session);
    return record.session;
  }
  const paidCharge = splitCharge(stand, succeedCharge(charge));
  const paidIntent = succeedIntent(intent, charge.id);
  const session = { ...record.session, payment_status: 'paid' as const };
  store.charges.set(charge.id, paidCharge);
  store.intents.set(intent.id, paidIntent);
  store.sessions.set(session.id, { ...record, session });
  emit(stand, 'charge.succeeded', paidCharge);
  emit(stand, 'payment_intent.succeeded', paidIntent);
  emit(stand, 'checkout.session.async_payment_succeeded', session);
  return session;
}
