import type Stripe from 'stripe';

/** The events that the webhook endpoint subscribes to. */
export const EVENT_TYPES = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_method.attached',
  'payment_method.automatically_updated',
  'payment_method.detached',
  'customer.deleted',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'radar.early_fraud_warning.created',
  'radar.early_fraud_warning.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
] as const;

/** The events of merchants' own accounts that their endpoint subscribes to. */
export const CONNECT_EVENT_TYPES = ['account.updated', 'account.application.deauthorized'] as const;

/**
 * Checks a webhook's signature over its raw bytes, and that it is not older than five minutes (Stripe's default).
 * `undefined` where it is not Stripe's.
 */
export async function verifyEvent(
  stripe: Stripe,
  body: Uint8Array,
  signature: string,
  secret: string,
): Promise<Stripe.Event | undefined> {
  try {
    return await stripe.webhooks.constructEventAsync(body, signature, secret);
  } catch {
    return undefined;
  }
}

/** The id of the object that an event is about. */
export function objectOf(event: Stripe.Event): string {
  const object: unknown = event.data?.object;
  const id = typeof object === 'object' && object !== null && 'id' in object ? object.id : undefined;
  return typeof id === 'string' ? id : '';
}
