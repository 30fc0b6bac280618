import type Stripe from 'stripe';
import { newId } from './ids.ts';
import type { PaymentDetails } from './payment-details.ts';
import { FAILURES, type Failure } from './payment-methods.ts';
import type { SessionRecord } from './session.ts';
import { describeSplit, type SplitParams } from './split-params.ts';
import { type Stand, unixTime } from './stand.ts';

type Intent = Stripe.PaymentIntent;

/** The PaymentIntent of a session, made at the first attempt to pay, as it is when an attempt begins. */
export function confirmIntent(stand: Stand, record: SessionRecord, details: PaymentDetails): Intent {
  const { session } = record;
  const before = stand.store.intents.get(String(session.payment_intent));
  const { address, name } = details;
  return {
    ...(before ?? intentOf(stand, record)),
    amount: session.amount_total ?? 0,
    last_payment_error: null,
    next_action: null,
    payment_method: details.card ?? newId('pm_1'),
    shipping: session.shipping_address_collection && address ? { address, name } : null,
    status: 'processing',
  };
}

export const waitForBank = (intent: Intent, pageUrl: string): Intent => ({
  ...intent,
  status: 'requires_action',
  next_action: { type: 'redirect_to_url', redirect_to_url: { url: pageUrl, return_url: null } },
});

export const succeedIntent = (intent: Intent, charge: string): Intent => ({
  ...intent,
  amount_received: intent.amount,
  latest_charge: charge,
  next_action: null,
  status: 'succeeded',
});

/** @param charge the failed charge, if it came so far */
export const failIntent = (intent: Intent, failure: Failure, type: string, charge?: string): Intent => ({
  ...intent,
  last_payment_error: {
    type: 'card_error',
    ...FAILURES[failure],
    payment_method_type: type,
    ...(charge ? { charge } : {}),
  },
  latest_charge: charge ?? intent.latest_charge,
  next_action: null,
  payment_method: null,
  status: 'requires_payment_method',
});

const intentOf = (stand: Stand, { session, payment }: SessionRecord): Intent => ({
  ...blankIntent(stand, {
    ...payment,
    currency: session.currency ?? '',
    payment_method_types: session.payment_method_types,
  }),
  customer: session.customer,
  setup_future_usage: payment.setup_future_usage ?? null,
});

interface Beginning extends SplitParams {
  currency: string;
  payment_method_types: string[];
  allowed_payment_method_types?: string[] | undefined;
  capture_method?: Intent['capture_method'] | undefined;
  description?: string | undefined;
  metadata?: Record<string, string> | undefined;
  receipt_email?: string | undefined;
  statement_descriptor_suffix?: string | undefined;
  transfer_group?: string | undefined;
}

/** A PaymentIntent that nobody has tried to pay yet. */
export function blankIntent({ clock }: Stand, given: Beginning): Intent {
  const id = newId('pi_3');
  const group = given.transfer_group ?? null;
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: (given.allowed_payment_method_types ??
      null) as Intent['allowed_payment_method_types'],
    amount: 0,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.capture_method ?? 'automatic_async',
    client_secret: newId(`${id}_secret_`),
    confirmation_method: 'automatic',
    created: unixTime(clock),
    currency: given.currency,
    customer: null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_action: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: given.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: given.receipt_email ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_group: group,
    ...describeSplit(given, group ?? `group_${id}`),
  };
}
