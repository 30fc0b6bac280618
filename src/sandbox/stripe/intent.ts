import type Stripe from 'stripe';
import { isChargeable } from './account.ts';
import type { Call } from './api-endpoint.ts';
import { type CardRecord, cardNamed, usedUp } from './card.ts';
import { failCharge, makeCharge, succeedCharge } from './charge.ts';
import { money, smallestAmount, stepOf } from './currencies.ts';
import { customerNamed } from './customer.ts';
import { emit } from './events.ts';
import type { IntentParams } from './intent-api.ts';
import { blankIntent, failIntent, succeedIntent } from './payment-intent.ts';
import { type CardMethod, FAILURES, type Failure } from './payment-methods.ts';
import { invalid, noSuch, notSimulated, Refusal } from './refusals.ts';
import { splitCharge } from './split.ts';
import { checkSplit } from './split-params.ts';
import { type Stand, unixTime } from './stand.ts';

/** Refuses a PaymentIntent whose parameters do not fit each other or the amounts that Stripe charges. */
export function checkIntent(stand: Stand, params: IntentParams): void {
  const { amount, currency, confirm, off_session, error_on_requires_action, payment_method } = params;
  if (!isChargeable(stand)) throw invalid('Your account cannot currently make charges.');
  if (amount < smallestAmount(currency))
    throw invalid(`Amount must be at least ${money(smallestAmount(currency), currency)} ${currency}`, {
      code: 'amount_too_small',
      param: 'amount',
    });
  if (amount % stepOf(currency) !== 0)
    throw invalid(`Invalid amount: ${amount} in ${currency}`, { param: 'amount' });
  checkSplit(
    stand,
    params,
    { amount, currency },
    (first, ...path) => `${first}${path.map((part) => `[${part}]`).join('')}`,
  );
  if (!confirm && (off_session !== undefined || error_on_requires_action)) {
    const param = off_session === undefined ? 'error_on_requires_action' : 'off_session';
    throw invalid(`The parameter \`${param}\` can only be set when \`confirm\` is \`true\`.`, { param });
  }
  if (!confirm) return;
  if (payment_method === undefined)
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      { code: 'payment_intent_unexpected_state' },
    );
  checkRedirects(params);
}

/** Methods that lead to another page need to know where to come back to. */
function checkRedirects({ off_session, return_url, allowed_payment_method_types }: IntentParams): void {
  const stays = allowed_payment_method_types?.every((type) => type === 'card' || type === 'link');
  if (return_url !== undefined || stays || (off_session !== undefined && off_session !== 'false')) return;
  throw invalid(
    'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`.',
    { param: 'return_url' },
  );
}

/**
 * Makes a PaymentIntent, and charges its card if it is confirmed.
 * @throws Refusal 402 with the intent in it where the bank does not give the money
 */
export function createIntent(stand: Stand, params: IntentParams, call: Call): Stripe.PaymentIntent {
  const { customer } = params;
  if (customer !== undefined) customerNamed(stand, customer, 400);
  const record =
    params.payment_method === undefined ? undefined : cardOf(stand, params.payment_method, customer);
  const { address, ...to } = params.shipping ?? {};
  const intent: Stripe.PaymentIntent = {
    ...blankIntent(stand, {
      ...params,
      payment_method_types: params.allowed_payment_method_types ?? ['card'],
    }),
    amount: params.amount,
    customer: customer ?? null,
    payment_method: record?.card.id ?? null,
    shipping: address ? { ...to, address: { ...NOWHERE, ...address } } : null,
    status: record ? 'requires_confirmation' : 'requires_payment_method',
  };
  stand.store.intents.set(intent.id, intent);
  return params.confirm && record ? confirm(stand, intent, record, params, call) : intent;
}

const NOWHERE = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

function cardOf(stand: Stand, id: string, customer: string | undefined): CardRecord {
  const record = cardNamed(stand, id, 400);
  const { card, detached } = record;
  if (detached) throw usedUp();
  if (card.customer !== null && customer === undefined)
    throw invalid(
      `The PaymentMethod ${card.id} belongs to the Customer ${card.customer}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
    );
  if (card.customer !== null && card.customer !== customer)
    throw invalid(
      `The customer does not have a payment method with the ID ${card.id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'payment_method' },
    );
  return record;
}

function confirm(
  stand: Stand,
  intent: Stripe.PaymentIntent,
  { card, behaves }: CardRecord,
  { off_session, error_on_requires_action }: IntentParams,
  call: Call,
): Stripe.PaymentIntent {
  const { email, name, address } = card.billing_details;
  const details = {
    method: behaves,
    email: email ?? '',
    name: name ?? '',
    address,
    shipping_rate: undefined,
  };
  const charge = makeCharge(stand, { intent, details, debit: undefined });
  const failure = FAILS[behaves];
  if (failure === undefined) {
    const paid = splitCharge(stand, succeedCharge(charge));
    const succeeded = succeedIntent(intent, paid.id);
    stand.store.charges.set(paid.id, paid);
    stand.store.intents.set(succeeded.id, succeeded);
    emit(stand, 'charge.succeeded', paid, { cause: call });
    emit(stand, 'payment_intent.succeeded', succeeded, { cause: call });
    return succeeded;
  }
  const away = off_session !== undefined && off_session !== 'false';
  if (failure === 'authentication_required' && !away && !error_on_requires_action)
    throw notSimulated('3-D Secure of a PaymentIntent: set `error_on_requires_action`, or use a session');
  const failed = failCharge(charge, failure);
  const unpaid = failIntent(intent, failure, 'card', failed.id);
  stand.store.charges.set(failed.id, failed);
  stand.store.intents.set(unpaid.id, unpaid);
  emit(stand, 'payment_intent.payment_failed', unpaid, { cause: call });
  throw new Refusal(402, {
    type: 'card_error',
    ...FAILURES[failure],
    charge: failed.id,
    payment_intent: unpaid,
    payment_method: card,
  });
}

/** What comes of charging cards that are on file; a card that asks once has been asked when it was kept. */
const FAILS: Partial<Record<CardMethod, Failure>> = {
  declined: 'declined',
  insufficient_funds: 'insufficient_funds',
  declines_later: 'declines_later',
  authentication_required: 'authentication_required',
};

const CANCELABLE = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
];

/** Ends a PaymentIntent that has taken no money: it never will. @throws Refusal where it is too late for that */
export function cancelIntent(
  stand: Stand,
  cancellation_reason: Stripe.PaymentIntent.CancellationReason | null,
  call: Call,
): Stripe.PaymentIntent {
  const intent = stand.store.intents.get(call.id);
  if (!intent) throw noSuch('payment_intent', call.id, 'intent');
  if (!CANCELABLE.includes(intent.status))
    throw new Refusal(400, {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(', ')}.`,
      payment_intent: intent,
    });
  const canceled = {
    ...intent,
    status: 'canceled' as const,
    canceled_at: unixTime(stand.clock),
    cancellation_reason,
    next_action: null,
  };
  stand.store.intents.set(intent.id, canceled);
  emit(stand, 'payment_intent.canceled', canceled, { cause: call });
  return canceled;
}
