import type Stripe from 'stripe';
import type { IntentFact, RefundFact, SessionFact } from '../domain/comparison-facts.ts';
import { type DisputeState, disputeState } from './disputes.ts';
import { find, pagesOf, type Span } from './lists.ts';
import { idOf } from './references.ts';

/** What Stripe's books say, in the words of ours. */

/** What is asked for along with a payment: what became of its money. */
const SPLIT = ['latest_charge.transfer', 'latest_charge.application_fee'];

const expanded = <T extends object>(reference: string | T | null | undefined): T | undefined =>
  typeof reference === 'object' && reference !== null ? reference : undefined;

function intentFact(intent: Stripe.PaymentIntent): IntentFact {
  const charge = expanded(intent.latest_charge);
  const transfer = expanded(charge?.transfer);
  return {
    id: intent.id,
    checkout_id: intent.metadata?.checkout_id ?? null,
    succeeded: intent.status === 'succeeded',
    status: intent.status,
    amount: intent.amount_received,
    currency: intent.currency.toUpperCase(),
    destination: idOf(transfer?.destination),
    transferred: transfer?.amount ?? 0,
    fee: intent.application_fee_amount ?? 0,
    refunded: charge?.amount_refunded ?? 0,
    reversed: transfer?.amount_reversed ?? 0,
    fee_refunded: expanded(charge?.application_fee)?.amount_refunded ?? 0,
  };
}

const sessionFact = (session: Stripe.Checkout.Session): SessionFact => ({
  id: session.id,
  checkout_id: session.metadata?.checkout_id ?? null,
  status: session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open',
  paid: session.status === 'complete' && session.payment_status === 'paid',
  payment_id: idOf(session.payment_intent),
  amount: session.amount_total ?? 0,
  currency: (session.currency ?? '').toUpperCase(),
});

const refundFact = (refund: Stripe.Refund): RefundFact => ({
  id: refund.id,
  payment_id: idOf(refund.payment_intent),
  refund_id: refund.metadata?.refund_id ?? null,
  status: refund.status ?? 'pending',
  amount: refund.amount,
  currency: refund.currency.toUpperCase(),
});

type Pages<T> = AsyncGenerator<T[]>;

async function* mapped<S, T>(pages: Pages<S>, fact: (given: S) => T): Pages<T> {
  for await (const page of pages) yield page.map(fact);
}

export const intentPages = (stripe: Stripe, span: Span): Pages<IntentFact> =>
  mapped(
    pagesOf(
      (page) => stripe.paymentIntents.list({ ...page, expand: SPLIT.map((path) => `data.${path}`) }),
      span,
    ),
    intentFact,
  );
export const sessionPages = (stripe: Stripe, span: Span): Pages<SessionFact> =>
  mapped(
    pagesOf((page) => stripe.checkout.sessions.list(page), span),
    sessionFact,
  );
export const refundPages = (stripe: Stripe, span: Span): Pages<RefundFact> =>
  mapped(
    pagesOf((page) => stripe.refunds.list(page), span),
    refundFact,
  );

export const disputePages = (stripe: Stripe, span: Span): Pages<DisputeState> =>
  mapped(
    pagesOf((page) => stripe.disputes.list(page), span),
    disputeState,
  );

export async function findIntent(stripe: Stripe, id: string): Promise<IntentFact | undefined> {
  const intent = await find(() => stripe.paymentIntents.retrieve(id, { expand: SPLIT }));
  return intent && intentFact(intent);
}

export async function findSession(stripe: Stripe, id: string): Promise<SessionFact | undefined> {
  const session = await find(() => stripe.checkout.sessions.retrieve(id));
  return session && sessionFact(session);
}

export async function findRefund(stripe: Stripe, id: string): Promise<RefundFact | undefined> {
  const refund = await find(() => stripe.refunds.retrieve(id));
  return refund && refundFact(refund);
}

export async function findDispute(stripe: Stripe, id: string): Promise<DisputeState | undefined> {
  const dispute = await find(() => stripe.disputes.retrieve(id));
  return dispute && disputeState(dispute);
}

/** The session that a payment was made in; null where there was none. */
export async function sessionOfIntent(stripe: Stripe, payment_intent: string): Promise<string | null> {
  const found = await find(() => stripe.checkout.sessions.list({ payment_intent, limit: 1 }));
  return found?.data[0]?.id ?? null;
}
