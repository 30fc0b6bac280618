import type Stripe from 'stripe';
import { accountState } from './account.ts';
import { attach, makeCard } from './card.ts';
import { failCharge, makeCharge, succeedCharge } from './charge.ts';
import { changeCustomer } from './customer.ts';
import { emit } from './events.ts';
import type { PaymentDetails } from './payment-details.ts';
import { confirmIntent, failIntent, succeedIntent, waitForBank } from './payment-intent.ts';
import { type DebitType, debitOf, FAILURES, type Failure } from './payment-methods.ts';
import type { SessionRecord } from './session.ts';
import { nobody } from './session-object.ts';
import { chooseShipping } from './session-shipping.ts';
import { addTax } from './session-tax.ts';
import { failSetup, succeedSetup } from './setup.ts';
import { splitCharge } from './split.ts';
import type { Stand } from './stand.ts';

/** How an attempt to pay ended. */
export type Outcome =
  | { outcome: 'paid' | 'processing'; session: Stripe.Checkout.Session }
  | { outcome: 'requires_action'; url: string }
  | { outcome: 'declined'; message: string }
  /** It is not there to be paid: somebody was quicker, or the time. */
  | { outcome: 'closed'; session: Stripe.Checkout.Session };

/** Checkout waits so long for the webhook's answer before it sends people on (Stripe documentation, "Fulfill orders"). */
const WEBHOOK_WAIT_MS = 10_000;

/** Pays a session, as its page and the control API do. Resolves when the webhook was answered, or after ten seconds. */
export async function pay(stand: Stand, found: SessionRecord, details: PaymentDetails): Promise<Outcome> {
  if (found.session.status !== 'open') return { outcome: 'closed', session: found.session };
  if (found.session.mode === 'setup') return keep(stand, found, details);
  const chosen = chooseShipping(found, details.shipping_rate);
  const record = addTax(stand, chosen, details.address?.country ?? undefined);
  if (record.session.amount_total === 0) return complete(stand, record, details, 'no_payment_required');
  const attempt = beginAttempt(stand, record, details);
  switch (details.method) {
    case 'ok':
    case 'asks_once':
      return collect(stand, attempt);
    case 'bank_debit':
      return announce(stand, attempt);
    case 'authentication_required':
      return askBank(stand, attempt);
    default:
      return decline(stand, attempt, details.method);
  }
}

/** Goes on with a payment that waits for the shopper's bank. `undefined` where none does. */
export async function authenticate(
  stand: Stand,
  record: SessionRecord,
  passed: boolean,
): Promise<Outcome | undefined> {
  if (record.session.status !== 'open') return { outcome: 'closed', session: record.session };
  if (!record.waiting) return undefined;
  if (record.session.mode === 'setup')
    return passed ? kept(stand, record, record.waiting) : notKept(stand, record, 'authentication_failed');
  const attempt = beginAttempt(stand, record, record.waiting);
  return passed ? collect(stand, attempt) : decline(stand, attempt, 'authentication_failed');
}

interface Attempt {
  record: SessionRecord;
  intent: Stripe.PaymentIntent;
  details: PaymentDetails;
  debit: DebitType | undefined;
}

function beginAttempt(stand: Stand, record: SessionRecord, details: PaymentDetails): Attempt {
  const intent = confirmIntent(stand, record, details);
  stand.store.intents.set(intent.id, intent);
  const session = { ...record.session, payment_intent: intent.id };
  return {
    record: { ...record, session, waiting: undefined },
    intent,
    details,
    debit: debitOf(session.payment_method_types),
  };
}

/** Keeps a card and takes no money. */
function keep(stand: Stand, record: SessionRecord, details: PaymentDetails): Promise<Outcome> | Outcome {
  if (details.method === 'declined') return notKept(stand, record, 'declined');
  if (details.method !== 'authentication_required' && details.method !== 'asks_once')
    return kept(stand, record, details);
  stand.store.sessions.set(record.session.id, { ...record, waiting: details });
  return { outcome: 'requires_action', url: `${record.session.url}/authenticate` };
}

function kept(stand: Stand, record: SessionRecord, details: PaymentDetails): Promise<Outcome> {
  succeedSetup(stand, record, details);
  return complete(stand, record, details, 'no_payment_required');
}

function notKept(stand: Stand, record: SessionRecord, failure: Failure): Outcome {
  failSetup(stand, record, failure);
  stand.store.sessions.set(record.session.id, { ...record, waiting: undefined });
  return { outcome: 'declined', message: FAILURES[failure].message };
}

/** The money is there. */
function collect(stand: Stand, attempt: Attempt): Promise<Outcome> {
  const charge = splitCharge(stand, succeedCharge(makeCharge(stand, attempt)));
  const intent = succeedIntent(attempt.intent, charge.id);
  stand.store.charges.set(charge.id, charge);
  stand.store.intents.set(intent.id, intent);
  emit(stand, 'charge.succeeded', charge);
  emit(stand, 'payment_intent.succeeded', intent);
  saveCard(stand, attempt);
  return complete(stand, attempt.record, attempt.details, 'paid');
}

/** Gives the card to the customer, who has asked for it, or whose merchant has. */
function saveCard(stand: Stand, { record, intent, details }: Attempt): void {
  const { customer } = record.session;
  const wanted = details.save || record.payment.setup_future_usage !== undefined;
  if (typeof customer !== 'string' || details.card || !wanted || details.method === 'bank_debit') return;
  const { email, name, address } = details;
  const made = makeCard(stand, {
    behaves: details.method,
    billing: { email, name, address },
    allow_redisplay: details.save ? 'always' : 'limited',
  });
  stand.store.intents.set(intent.id, {
    ...intent,
    ...stand.store.intents.get(intent.id),
    payment_method: made.card.id,
  });
  attach(stand, made, customer);
}

/** The order is placed, whether the money comes is told later. */
function announce(stand: Stand, attempt: Attempt): Promise<Outcome> {
  const charge = makeCharge(stand, attempt);
  stand.store.charges.set(charge.id, charge);
  stand.store.intents.set(attempt.intent.id, { ...attempt.intent, latest_charge: charge.id });
  return complete(stand, attempt.record, attempt.details, 'unpaid');
}

function askBank(stand: Stand, { record, intent, details }: Attempt): Outcome {
  const url = `${record.session.url}/authenticate`;
  stand.store.intents.set(intent.id, waitForBank(intent, url));
  stand.store.sessions.set(record.session.id, { ...record, waiting: details });
  return { outcome: 'requires_action', url };
}

/** The session stays open: another attempt may be made. */
function decline(stand: Stand, attempt: Attempt, failure: Failure): Outcome {
  const { record } = attempt;
  const reachedBank = failure !== 'authentication_failed';
  const charge = reachedBank ? failCharge(makeCharge(stand, attempt), failure) : undefined;
  if (charge) stand.store.charges.set(charge.id, charge);
  const intent = failIntent(attempt.intent, failure, 'card', charge?.id);
  stand.store.intents.set(intent.id, intent);
  stand.store.sessions.set(record.session.id, record);
  emit(stand, 'payment_intent.payment_failed', intent);
  return { outcome: 'declined', message: FAILURES[failure].message };
}

async function complete(
  stand: Stand,
  record: SessionRecord,
  { email, name, address }: PaymentDetails,
  payment_status: 'paid' | 'unpaid' | 'no_payment_required',
): Promise<Outcome> {
  const nowhere = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  const session: Stripe.Checkout.Session = {
    ...record.session,
    collected_information: {
      business_name: null,
      individual_name: null,
      shipping_details: record.session.shipping_address_collection && address ? { address, name } : null,
    },
    customer_details: {
      ...nobody,
      address: address ?? { ...nowhere, country: accountState(stand).country },
      email,
      name,
    },
    payment_status,
    status: 'complete',
    url: null,
  };
  stand.store.sessions.set(session.id, { ...record, session, waiting: undefined });
  const customer = stand.store.customers.get(String(session.customer));
  if (customer && customer.email === null) changeCustomer(stand, customer, { email });
  const events = emit(stand, 'checkout.session.completed', session);
  await stand.courier.settled(events, WEBHOOK_WAIT_MS);
  return { outcome: payment_status === 'unpaid' ? 'processing' : 'paid', session };
}
