import type { Store } from './store.ts';
import type { Attempt, Delivery } from './webhook-delivery.ts';
import { sendWebhook, signatureOf } from './webhook-request.ts';
import { changeDeliverySettings, deliverySettings } from './webhook-settings.ts';

/**
 * Tries to deliver an event once, unless it is to get lost on the way.
 * @param given now: milliseconds since 1970, each attempt is signed with its own time. unconfirmed: how many endpoints have not
 * confirmed the event
 */
export async function attemptDelivery(
  store: Store,
  delivery: Delivery,
  { now, unconfirmed }: { now: number; unconfirmed: number },
  stop: AbortSignal,
): Promise<Omit<Attempt, 'at'>> {
  const event = store.events.get(delivery.event);
  const receiver = store.endpoints.get(delivery.endpoint);
  if (!event || !receiver) return { status: null, error: 'the event or the endpoint is gone' };
  const { drop } = deliverySettings(store);
  if (drop > 0) {
    changeDeliverySettings(store, { drop: drop - 1 });
    return { status: null, error: 'lost on the way, as was asked for' };
  }
  const payload = JSON.stringify({ ...event, pending_webhooks: unconfirmed }, null, 2);
  const signature = signatureOf(payload, receiver.secret, Math.floor(now / 1000));
  return sendWebhook(receiver.endpoint.url, payload, signature, stop);
}
