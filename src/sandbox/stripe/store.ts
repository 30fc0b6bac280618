import type Stripe from 'stripe';
import type { Collection, Memory } from '../memory.ts';
import type { AccountState } from './account.ts';
import type { KeptAnswer } from './api-idempotency.ts';
import type { CardRecord } from './card.ts';
import type { ConnectedRecord } from './connected.ts';
import type { AccountLink } from './connected-api.ts';
import type { StripeEvent } from './events.ts';
import type { RefundSettings } from './refund.ts';
import type { SessionRecord } from './session.ts';
import type { Delivery } from './webhook-delivery.ts';
import type { EndpointRecord } from './webhook-endpoints.ts';
import type { DeliverySettings } from './webhook-settings.ts';

/** Everything that the stand-in remembers. Objects are replaced, never changed in place: answers and events share them. */
export interface Store {
  sessions: Collection<SessionRecord>;
  intents: Collection<Stripe.PaymentIntent>;
  charges: Collection<Stripe.Charge>;
  products: Collection<Stripe.Product>;
  customers: Collection<Stripe.Customer>;
  cards: Collection<CardRecord>;
  setups: Collection<Stripe.SetupIntent>;
  refunds: Collection<Stripe.Refund>;
  disputes: Collection<Stripe.Dispute>;
  warnings: Collection<Stripe.Radar.EarlyFraudWarning>;
  events: Collection<StripeEvent>;
  endpoints: Collection<EndpointRecord>;
  deliveries: Collection<Delivery>;
  answers: Collection<KeptAnswer>;
  account: Collection<AccountState>;
  connected: Collection<ConnectedRecord>;
  accountLinks: Collection<AccountLink>;
  transfers: Collection<Stripe.Transfer>;
  fees: Collection<Stripe.ApplicationFee>;
  refundSettings: Collection<RefundSettings>;
  deliverySettings: Collection<DeliverySettings>;
}

export function openStore(memory: Memory): Store {
  return {
    sessions: memory.collection('stripe.sessions'),
    intents: memory.collection('stripe.payment_intents'),
    charges: memory.collection('stripe.charges'),
    products: memory.collection('stripe.products'),
    customers: memory.collection('stripe.customers'),
    cards: memory.collection('stripe.payment_methods'),
    setups: memory.collection('stripe.setup_intents'),
    refunds: memory.collection('stripe.refunds'),
    disputes: memory.collection('stripe.disputes'),
    warnings: memory.collection('stripe.early_fraud_warnings'),
    events: memory.collection('stripe.events'),
    endpoints: memory.collection('stripe.webhook_endpoints'),
    deliveries: memory.collection('stripe.deliveries'),
    answers: memory.collection('stripe.idempotency'),
    account: memory.collection('stripe.account'),
    connected: memory.collection('stripe.connected_accounts'),
    accountLinks: memory.collection('stripe.account_links'),
    transfers: memory.collection('stripe.transfers'),
    fees: memory.collection('stripe.application_fees'),
    refundSettings: memory.collection('stripe.refund_settings'),
    deliverySettings: memory.collection('stripe.delivery_settings'),
  };
}

/** The id of what there is one of. */
export const ONLY = 'only';
