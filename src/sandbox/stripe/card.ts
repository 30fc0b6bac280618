import type Stripe from 'stripe';
import { type Cause, emit } from './events.ts';
import { newId } from './ids.ts';
import { CARDS, type CardMethod } from './payment-methods.ts';
import { invalid, noSuch } from './refusals.ts';
import type { SessionRecord } from './session.ts';
import { type Stand, unixTime } from './stand.ts';

/** A PaymentMethod, with what its bank does when it is charged. */
export interface CardRecord {
  card: Stripe.PaymentMethod;
  behaves: CardMethod;
  /** A customer gave it up: nobody can use it any more. */
  detached?: boolean;
}

/** Stripe's test tokens: each use makes a PaymentMethod of its own (Stripe documentation, "Test card numbers"). */
const TOKENS: Record<string, CardMethod> = {
  pm_card_visa: 'ok',
  pm_card_authenticationRequired: 'authentication_required',
  pm_card_authenticationRequiredOnSetup: 'asks_once',
  pm_card_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  pm_card_chargeCustomerFail: 'declines_later',
};

interface NewCard {
  behaves: CardMethod;
  billing?: Partial<Stripe.PaymentMethod.BillingDetails>;
  allow_redisplay?: Stripe.PaymentMethod.AllowRedisplay;
}

/** Makes a card that belongs to nobody yet. */
export function makeCard(stand: Stand, { behaves, billing, allow_redisplay }: NewCard): CardRecord {
  const { last4 } = CARDS[behaves];
  const record: CardRecord = {
    behaves,
    card: {
      id: newId('pm_1'),
      object: 'payment_method',
      allow_redisplay: allow_redisplay ?? 'unspecified',
      billing_details: { address: null, email: null, name: null, phone: null, tax_id: null, ...billing },
      card: {
        brand: 'visa',
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
        country: 'US',
        display_brand: 'visa',
        exp_month: 12,
        exp_year: 2034,
        fingerprint: `StandInCard${last4}`,
        funding: 'credit',
        generated_from: null,
        last4,
        networks: { available: ['visa'], preferred: null },
        regulated_status: 'unregulated',
        three_d_secure_usage: { supported: true },
        wallet: null,
      },
      created: unixTime(stand.clock),
      customer: null,
      customer_account: null,
      livemode: false,
      metadata: {},
      type: 'card',
    },
  };
  stand.store.cards.set(record.card.id, record);
  return record;
}

/** The card that a request names, by its id or by a test token. @throws Refusal where there is none, or none any more */
export function cardNamed(stand: Stand, id: string, status: 400 | 404 = 404): CardRecord {
  const behaves = TOKENS[id];
  if (behaves) return makeCard(stand, { behaves });
  const found = stand.store.cards.get(id);
  if (!found) throw noSuch('PaymentMethod', id, 'payment_method', status);
  return found;
}

/** Gives a card to a customer. @throws Refusal where it is another's, or was given up */
export function attach(stand: Stand, record: CardRecord, customer: string, cause?: Cause): CardRecord {
  const { card } = record;
  if (card.customer !== null && card.customer !== customer)
    throw invalid('The payment method you provided has already been attached to a customer.', {
      code: 'payment_method_unexpected_state',
    });
  if (record.detached) throw usedUp();
  const attached = { ...record, card: { ...card, customer } };
  stand.store.cards.set(card.id, attached);
  emit(stand, 'payment_method.attached', attached.card, { cause });
  return attached;
}

/** Takes a card from its customer, for good. @throws Refusal where it is nobody's */
export function detach(stand: Stand, record: CardRecord, cause?: Cause): CardRecord {
  const { card } = record;
  if (card.customer === null)
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      { code: 'payment_method_unexpected_state' },
    );
  const detached = { ...record, detached: true, card: { ...card, customer: null } };
  stand.store.cards.set(card.id, detached);
  emit(stand, 'payment_method.detached', detached.card, { cause, previous: { customer: card.customer } });
  return detached;
}

/** What a card network tells of a card that was replaced or renewed. */
export function updateCard(
  stand: Stand,
  record: CardRecord,
  change: Partial<Pick<Stripe.PaymentMethod.Card, 'brand' | 'last4' | 'exp_month' | 'exp_year'>>,
): CardRecord {
  const before = record.card.card as Stripe.PaymentMethod.Card;
  const updated = { ...record, card: { ...record.card, card: { ...before, ...change } } };
  stand.store.cards.set(record.card.id, updated);
  const previous = Object.fromEntries(Object.keys(change).map((key) => [key, before[key as 'brand']]));
  emit(stand, 'payment_method.automatically_updated', updated.card, { previous: { card: previous } });
  return updated;
}

export const usedUp = () =>
  invalid(
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
    { param: 'payment_method' },
  );

/** A customer's cards, the oldest first. */
export const cardsOf = ({ store }: Stand, customer: string): CardRecord[] =>
  store.cards.values().filter(({ card }) => card.customer === customer);

/** The cards that a session's page shows again: those that their owner has asked to keep. */
export const savedFor = (stand: Stand, { session }: SessionRecord): CardRecord[] =>
  session.mode !== 'payment' || typeof session.customer !== 'string'
    ? []
    : cardsOf(stand, session.customer).filter(({ card }) => card.allow_redisplay === 'always');
