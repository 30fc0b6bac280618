import { newId } from './ids.ts';
import { API_VERSION, type Stand, unixTime } from './stand.ts';
import { deliverySettings } from './webhook-settings.ts';

/** The events that the stand-in knows of (Stripe API reference, "Types of events"). */
export const EVENT_TYPES = [
  'account.application.deauthorized',
  'account.updated',
  'application_fee.created',
  'application_fee.refunded',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.funds_reinstated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.updated',
  'charge.refunded',
  'charge.succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'customer.created',
  'customer.deleted',
  'customer.updated',
  'payment_intent.canceled',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_method.attached',
  'payment_method.automatically_updated',
  'payment_method.detached',
  'radar.early_fraud_warning.created',
  'radar.early_fraud_warning.updated',
  'refund.created',
  'refund.failed',
  'refund.updated',
  'setup_intent.setup_failed',
  'setup_intent.succeeded',
  'transfer.created',
  'transfer.reversed',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** A snapshot event: the object as it was when it happened. */
export interface StripeEvent {
  id: string;
  object: 'event';
  /** The connected account that it happened on. */
  account?: string;
  api_version: typeof API_VERSION;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  /** The request that caused it; nulls where it was a person or the time. */
  request: { id: string | null; idempotency_key: string | null };
  type: EventType;
}

/** The request to the API that causes an event. */
export interface Cause {
  requestId: string;
  key: string | null;
}

/**
 * Notes that something happened and sends it to the webhook endpoints.
 * @param previous the attributes that changed, as they were
 * @param account the connected account that it happened on: only endpoints for those hear of it
 * @returns the ids of its events: one, or two where that was asked for
 */
export function emit(
  stand: Stand,
  type: EventType,
  object: object,
  { cause, previous, account }: { cause?: Cause | undefined; previous?: object; account?: string } = {},
): string[] {
  const copies = deliverySettings(stand.store).twoEvents ? 2 : 1;
  return Array.from({ length: copies }, () => {
    const event: StripeEvent = {
      id: newId('evt_1'),
      object: 'event',
      ...(account === undefined ? {} : { account }),
      api_version: API_VERSION,
      created: unixTime(stand.clock),
      data: { object: structuredClone(object), ...(previous ? { previous_attributes: previous } : {}) },
      livemode: false,
      pending_webhooks: 0,
      request: { id: cause?.requestId ?? null, idempotency_key: cause?.key ?? null },
      type,
    };
    stand.store.events.set(event.id, event);
    stand.courier.dispatch(event);
    return event.id;
  });
}
