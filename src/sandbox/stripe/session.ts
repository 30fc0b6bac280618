import type Stripe from 'stripe';
import { type Cause, emit } from './events.ts';
import type { PaymentDetails } from './payment-details.ts';
import { noSuch } from './refusals.ts';
import type { LineItem } from './session-line-items.ts';
import type { SessionParams } from './session-params.ts';
import { type Stand, unixTime } from './stand.ts';

/** A Checkout Session with what belongs to it. */
export interface SessionRecord {
  session: Stripe.Checkout.Session;
  items: LineItem[];
  rates: Stripe.ShippingRate[];
  /** What the payment is to be made with, once there is one. */
  payment: NonNullable<SessionParams['payment_intent_data']>;
  /** A payment that the shopper's bank wants confirmed. */
  waiting?: PaymentDetails | undefined;
}

/** A session as it is now: expired, if its time has come. */
export function findSession(stand: Stand, id: string): SessionRecord | undefined {
  const record = stand.store.sessions.get(id);
  if (!record || !isOverdue(stand, record)) return record;
  return expire(stand, record);
}

/** @throws Refusal 404 for an unknown one */
export function sessionOf(stand: Stand, id: string): SessionRecord {
  const record = findSession(stand, id);
  if (!record) throw noSuch('checkout.session', id, 'session');
  return record;
}

/** Ends an open session: it cannot be paid any more, and a payment that was begun is canceled. */
export function expire(stand: Stand, record: SessionRecord, cause?: Cause): SessionRecord {
  const { store, clock } = stand;
  const { waiting: _, ...rest } = record;
  const expired = { ...rest, session: { ...record.session, status: 'expired' as const, url: null } };
  store.sessions.set(record.session.id, expired);
  const intent = store.intents.get(String(record.session.payment_intent));
  if (intent)
    store.intents.set(intent.id, {
      ...intent,
      status: 'canceled',
      canceled_at: unixTime(clock),
      cancellation_reason: 'expired',
      next_action: null,
    });
  emit(stand, 'checkout.session.expired', expired.session, { cause });
  return expired;
}

/** Ends the sessions whose time has come. */
export function expireOverdue(stand: Stand): void {
  for (const record of stand.store.sessions.values()) if (isOverdue(stand, record)) expire(stand, record);
}

const isOverdue = (stand: Stand, { session }: SessionRecord): boolean =>
  session.status === 'open' && session.expires_at <= unixTime(stand.clock);
