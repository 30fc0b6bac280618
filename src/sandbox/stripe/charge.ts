import type Stripe from 'stripe';
import { newId } from './ids.ts';
import type { PaymentDetails } from './payment-details.ts';
import { CARDS, type DebitType, FAILURES, type Failure } from './payment-methods.ts';
import { type Stand, unixTime } from './stand.ts';

type Charge = Stripe.Charge;

interface Attempt {
  intent: Stripe.PaymentIntent;
  details: PaymentDetails;
  /** The debit of a session that is paid by one. */
  debit: DebitType | undefined;
}

/** The attempt to move the money of a PaymentIntent, begun and not yet decided. */
export function makeCharge(stand: Stand, { intent, details, debit }: Attempt): Charge {
  const { description, metadata, shipping, statement_descriptor_suffix, transfer_group } = intent;
  const { application_fee_amount, on_behalf_of, transfer_data } = intent;
  return {
    ...{ description, metadata, statement_descriptor_suffix, transfer_group },
    ...{ application_fee_amount, on_behalf_of, transfer_data: chargedTo(transfer_data) },
    id: newId('ch_3'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    balance_transaction: null,
    billing_details: {
      address: details.address,
      email: details.email,
      name: details.name,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: null,
    captured: false,
    created: unixTime(stand.clock),
    currency: intent.currency,
    customer: intent.customer,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: typeof intent.payment_method === 'string' ? intent.payment_method : null,
    payment_method_details: methodDetails(details, debit),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    status: 'pending',
  };
}

/** Whom a charge is for: of all that there is about a transfer, charges say no more. */
const chargedTo = (data: Stripe.PaymentIntent['transfer_data']): Charge['transfer_data'] =>
  data ? { amount: null, destination: data.destination } : null;

export const succeedCharge = (charge: Charge): Charge => ({
  ...charge,
  amount_captured: charge.amount,
  captured: true,
  outcome: {
    ...outcome,
    network_status: 'approved_by_network',
    seller_message: 'Payment complete.',
    type: 'authorized',
  },
  paid: true,
  status: 'succeeded',
});

export const failCharge = (charge: Charge, failure: Failure): Charge => ({
  ...charge,
  failure_code: FAILURES[failure].code,
  failure_message: FAILURES[failure].message,
  outcome: {
    ...outcome,
    network_status: 'declined_by_network',
    reason: FAILURES[failure].decline_code ?? null,
    seller_message: 'The bank did not return any further details with this decline.',
    type: 'issuer_declined',
  },
  status: 'failed',
});

const outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  reason: null,
  risk_level: 'normal',
};

function methodDetails(
  { method }: PaymentDetails,
  debit: DebitType | undefined,
): Charge['payment_method_details'] {
  if (method !== 'bank_debit')
    return { type: 'card', card: { ...card, last4: CARDS[method].last4, three_d_secure: null } };
  switch (debit) {
    case 'sepa_debit':
      return {
        type: debit,
        sepa_debit: { ...account, bank_code: '37040044', branch_code: null, country: 'DE', mandate: null },
      };
    case 'bacs_debit':
      return { type: debit, bacs_debit: { ...account, mandate: null, sort_code: '108800' } };
    default:
      return {
        type: 'us_bank_account',
        us_bank_account: {
          ...account,
          account_holder_type: 'individual',
          account_type: 'checking',
          bank_name: 'STRIPE TEST BANK',
          payment_reference: null,
          routing_number: '110000000',
        },
      };
  }
}

const account = { fingerprint: 'StandInAccount00', last4: '6789' };

const card = {
  amount_authorized: null,
  authorization_code: null,
  brand: 'visa',
  checks: { address_line1_check: 'pass', address_postal_code_check: 'pass', cvc_check: 'pass' },
  country: 'US',
  electronic_commerce_indicator: null,
  exp_month: 12,
  exp_year: 2034,
  fingerprint: 'StandInCard00000',
  funding: 'credit',
  installments: null,
  mandate: null,
  network: 'visa',
  network_token: null,
  network_transaction_id: null,
  regulated_status: 'unregulated' as const,
  transaction_link_id: null,
  wallet: null,
};
