import type { DisputeFact, IntentFact } from '../../src/domain/comparison-facts.ts';
import { disputePages, intentPages, refundPages } from '../../src/stripe/facts.ts';
import type { World } from './world.ts';

/** What Stripe's own lists say of a run. */
export interface Theirs {
  /** Payments that were made for us. `left`: of the amount, what was not given back. */
  payments: Array<IntentFact & { checkout_id: string; left: number }>;
  disputes: DisputeFact[];
  /** The ids of warnings of fraud. */
  warnings: string[];
  /** The idempotency keys of the requests that took money. */
  keys: Set<string>;
}

/** @param since when the run began */
export async function readStripe({ context: { stripe } }: World, since: Date): Promise<Theirs> {
  const span = { since, until: new Date(Date.now() + 60_000) };
  const created = { gte: Math.floor(since.getTime() / 1000) };
  const given = new Map<string, number>();
  for await (const page of refundPages(stripe, span))
    for (const { payment_id, amount, status } of page)
      if (payment_id && status === 'succeeded') given.set(payment_id, (given.get(payment_id) ?? 0) + amount);
  const theirs: Theirs = { payments: [], disputes: [], warnings: [], keys: new Set() };
  for await (const page of intentPages(stripe, span))
    for (const intent of page) {
      const { id, succeeded, checkout_id, amount } = intent;
      if (succeeded && checkout_id !== null)
        theirs.payments.push({ ...intent, checkout_id, left: amount - (given.get(id) ?? 0) });
    }
  for await (const page of disputePages(stripe, span)) theirs.disputes.push(...page);
  for await (const { id } of stripe.radar.earlyFraudWarnings.list({ created, limit: 100 }))
    theirs.warnings.push(id);
  for await (const { request } of stripe.events.list({
    created,
    type: 'payment_intent.succeeded',
    limit: 100,
  }))
    if (request?.idempotency_key) theirs.keys.add(request.idempotency_key);
  return theirs;
}
