import type Stripe from 'stripe';
import { idOf } from './references.ts';

/** What a dispute says, as far as we act on it. Amounts in minor units. */
export interface DisputeState {
  id: string;
  payment_id: string | null;
  charge_id: string;
  status: string;
  reason: string;
  amount: number;
  currency: string;
  /** What it has moved on Stripe's balance so far, fees included. */
  moved: number;
  /** The currency of that balance; null: nothing has moved. */
  moved_currency: string | null;
  opened_at: Date;
  evidence_due_at: Date | null;
}

/** Reads a dispute anew: its events are late, doubled and out of order, and the lost may be won after all. */
export async function readDispute(stripe: Stripe, id: string): Promise<DisputeState> {
  return disputeState(await stripe.disputes.retrieve(id));
}

export function disputeState(dispute: Stripe.Dispute): DisputeState {
  const { due_by } = dispute.evidence_details;
  return {
    id: dispute.id,
    payment_id: idOf(dispute.payment_intent),
    charge_id: idOf(dispute.charge) ?? '',
    status: dispute.status,
    reason: dispute.reason,
    amount: dispute.amount,
    currency: dispute.currency.toUpperCase(),
    moved: dispute.balance_transactions.reduce((sum, { net }) => sum + net, 0),
    moved_currency: dispute.balance_transactions[0]?.currency.toUpperCase() ?? null,
    opened_at: fromUnix(dispute.created),
    evidence_due_at: due_by === null ? null : fromUnix(due_by),
  };
}

/** What a warning says, as far as we act on it. */
export interface WarningState {
  id: string;
  payment_id: string | null;
  charge_id: string;
  fraud_type: string;
  actionable: boolean;
  warned_at: Date;
}

/** Reads an early fraud warning anew. */
export async function readFraudWarning(stripe: Stripe, id: string): Promise<WarningState> {
  const warning = await stripe.radar.earlyFraudWarnings.retrieve(id);
  return {
    id: warning.id,
    payment_id: idOf(warning.payment_intent),
    charge_id: idOf(warning.charge) ?? '',
    fraud_type: warning.fraud_type,
    actionable: warning.actionable,
    warned_at: fromUnix(warning.created),
  };
}

const fromUnix = (seconds: number): Date => new Date(seconds * 1000);
