import type Stripe from 'stripe';
import { accountState } from './account.ts';
import { exchanged } from './currencies.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { type Stand, unixTime } from './stand.ts';

type Dispute = Stripe.Dispute;

export const DISPUTE_STATUSES = [
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'won',
  'lost',
  'prevented',
  'appeal_needs_response',
  'appeal_under_review',
] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** Where a dispute can go from where it is (Stripe documentation, "How disputes work"): the lost may be won after all. */
const NEXT: Record<DisputeStatus, readonly DisputeStatus[]> = {
  warning_needs_response: ['warning_under_review', 'warning_closed', 'needs_response'],
  warning_under_review: ['warning_closed', 'needs_response'],
  warning_closed: [],
  needs_response: ['under_review', 'won', 'lost', 'prevented'],
  under_review: ['won', 'lost'],
  won: [],
  lost: ['won', 'appeal_needs_response'],
  prevented: [],
  appeal_needs_response: ['appeal_under_review', 'won', 'lost'],
  appeal_under_review: ['won', 'lost'],
};

const CLOSED: readonly DisputeStatus[] = ['warning_closed', 'won', 'lost', 'prevented'];
/** What Stripe takes for a dispute, won or lost, of the balance; it differs by country, and is this in the United States. */
const FEE = 1_500;
const DAYS_TO_ANSWER = 14;

/** An inquiry, and what was averted, moves no money. */
const movesMoney = (status: DisputeStatus): boolean =>
  !status.startsWith('warning_') && status !== 'prevented';

interface NewDispute {
  status: DisputeStatus;
  reason: string;
  amount?: number | undefined;
}

/** A shopper's bank disputes a charge. It may be decided already when anybody hears of it. */
export function openDispute(stand: Stand, charge: Stripe.Charge, given: NewDispute): Dispute {
  const { status, reason, amount = charge.amount } = given;
  const created = unixTime(stand.clock);
  const dispute: Dispute = {
    id: newId('dp_1'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: CLOSED.includes(status) ? null : created + DAYS_TO_ANSWER * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'manual',
    },
    intended_submission_method: null,
    is_charge_refundable: status.startsWith('warning_'),
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: 'card',
      card: {
        brand: 'visa',
        case_type: status.startsWith('warning_') ? 'inquiry' : 'chargeback',
        network: 'visa',
        network_reason_code: '10.4',
      },
    },
    reason,
    status,
  };
  stand.store.disputes.set(dispute.id, dispute);
  emit(stand, 'charge.dispute.created', dispute);
  if (!movesMoney(status)) return dispute;
  const withdrawn = move(stand, dispute, -1);
  if (status === 'won') return move(stand, withdrawn, 1);
  return withdrawn;
}

/**
 * Tells how a dispute goes on.
 * @returns `undefined` where it cannot go that way
 */
export function settleDispute(stand: Stand, dispute: Dispute, status: DisputeStatus): Dispute | undefined {
  const before = dispute.status as DisputeStatus;
  if (!NEXT[before].includes(status)) return undefined;
  const charge = stand.store.charges.get(String(dispute.charge));
  const changed: Dispute = { ...dispute, status, is_charge_refundable: status.startsWith('warning_') };
  stand.store.disputes.set(changed.id, changed);
  emit(stand, 'charge.dispute.updated', changed, { previous: { status: before } });
  let last = changed;
  if (movesMoney(status) && !movesMoney(before) && charge) last = move(stand, last, -1);
  if (status === 'won') last = move(stand, last, 1);
  if (CLOSED.includes(status)) emit(stand, 'charge.dispute.closed', last);
  return last;
}

/** Takes the money out of the balance, with the fee, or puts it back without: in the balance's currency. */
function move(stand: Stand, dispute: Dispute, sign: -1 | 1): Dispute {
  const fee = sign < 0 ? FEE : 0;
  const created = unixTime(stand.clock);
  const { default_currency: currency } = accountState(stand);
  const { amount, exchange_rate } = exchanged(dispute.amount, dispute.currency, currency);
  const transaction: Stripe.BalanceTransaction = {
    id: newId('txn_1'),
    object: 'balance_transaction',
    amount: sign * amount,
    available_on: created,
    balance_type: 'payments',
    created,
    currency,
    description: `Chargeback ${sign < 0 ? 'withdrawal' : 'reversal'} for ${dispute.charge}`,
    exchange_rate,
    fee,
    fee_details:
      fee > 0
        ? [{ amount: fee, application: null, currency, description: 'Dispute fee', type: 'stripe_fee' }]
        : [],
    net: sign * amount - fee,
    reporting_category: sign < 0 ? 'dispute' : 'dispute_reversal',
    source: dispute.id,
    status: 'available',
    type: 'adjustment',
  };
  const moved = { ...dispute, balance_transactions: [...dispute.balance_transactions, transaction] };
  stand.store.disputes.set(moved.id, moved);
  const charge = stand.store.charges.get(String(dispute.charge));
  if (charge) stand.store.charges.set(charge.id, { ...charge, disputed: true });
  emit(stand, sign < 0 ? 'charge.dispute.funds_withdrawn' : 'charge.dispute.funds_reinstated', moved);
  return moved;
}

/** Whether a charge was taken back by the bank: it cannot be given back besides (error code `charge_disputed`). */
export const isChargedBack = ({ store }: Stand, charge: Stripe.Charge): boolean =>
  store.disputes.values().some(({ charge: of, is_charge_refundable, status }) => {
    return of === charge.id && !is_charge_refundable && status !== 'won' && status !== 'prevented';
  });

const NO_EVIDENCE: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
