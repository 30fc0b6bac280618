import type { Context } from '../context.ts';
import { checkoutRows, disputeRows, paymentRows, refundRows } from '../db/comparison.ts';
import {
  compareDispute,
  comparePayment,
  compareRefund,
  compareSession,
  type Finding,
} from '../domain/comparison.ts';
import type { DisputeFact, IntentFact, RefundFact, SessionFact } from '../domain/comparison-facts.ts';
import { findDispute, findIntent, findRefund, findSession, sessionOfIntent } from '../stripe/facts.ts';

type Needs = Pick<Context, 'db' | 'stripe'>;

/** In what Stripe's objects differ from our rows of them. */

export async function comparePayments({ db, stripe }: Needs, intents: IntentFact[]): Promise<Finding[]> {
  const rows = await paymentRows(
    db,
    intents.map(({ id }) => id),
  );
  const findings: Finding[] = [];
  for (const intent of intents) {
    const row = rows.get(intent.id);
    const isMissing = !row && intent.succeeded && intent.checkout_id !== null;
    const session_id = isMissing ? await sessionOfIntent(stripe, intent.id) : null;
    findings.push(...comparePayment(intent.id, intent, row, session_id));
  }
  return findings;
}

export async function compareSessions({ db }: Pick<Needs, 'db'>, all: SessionFact[]): Promise<Finding[]> {
  const rows = await checkoutRows(db, all);
  return all.flatMap((session) => compareSession(session.id, session, rows.get(session.id)));
}

export async function compareRefunds({ db }: Pick<Needs, 'db'>, all: RefundFact[]): Promise<Finding[]> {
  const rows = await refundRows(db, all);
  const ours = await paymentRows(
    db,
    all.map(({ payment_id }) => payment_id ?? ''),
  );
  return all.flatMap((refund) =>
    compareRefund(refund.id, refund, rows.get(refund.id), ours.has(refund.payment_id ?? '')),
  );
}

export async function compareDisputes({ db }: Pick<Needs, 'db'>, all: DisputeFact[]): Promise<Finding[]> {
  const rows = await disputeRows(
    db,
    all.map(({ id }) => id),
  );
  const ours = await paymentRows(
    db,
    all.map(({ payment_id }) => payment_id ?? ''),
  );
  return all.flatMap((dispute) =>
    compareDispute(dispute.id, dispute, rows.get(dispute.id), ours.has(dispute.payment_id ?? '')),
  );
}

/** Looks at one thing by its id, on both sides. */
export async function compareOne({ db, stripe }: Needs, id: string): Promise<Finding[]> {
  if (id.startsWith('pi_')) {
    const intent = await findIntent(stripe, id);
    if (intent) return comparePayments({ db, stripe }, [intent]);
    return comparePayment(id, undefined, (await paymentRows(db, [id])).get(id), null);
  }
  if (id.startsWith('cs_')) {
    const session = await findSession(stripe, id);
    if (session) return compareSessions({ db }, [session]);
    return compareSession(id, undefined, (await checkoutRows(db, [{ id, checkout_id: null }])).get(id));
  }
  if (id.startsWith('re_')) {
    const refund = await findRefund(stripe, id);
    if (refund) return compareRefunds({ db }, [refund]);
    return compareRefund(id, undefined, (await refundRows(db, [{ id, refund_id: null }])).get(id), true);
  }
  if (/^(dp|du)_/.test(id)) {
    const dispute = await findDispute(stripe, id);
    if (dispute) return compareDisputes({ db }, [dispute]);
    return compareDispute(id, undefined, (await disputeRows(db, [id])).get(id), true);
  }
  return [];
}
