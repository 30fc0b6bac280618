import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from '../context.ts';
import { storeEvent } from '../db/stripe-events.ts';
import { objectOf, verifyEvent } from '../stripe/events.ts';

const LARGEST = 1024 * 1024;

/**
 * Where Stripe tells what happened. An event is stored and acknowledged; what it means is found out by a job, which
 * asks Stripe itself. A forged one is refused, and nothing of it is kept.
 */
export function stripeWebhook({ config, db, stripe, queues, log }: Context): Hono {
  return new Hono().post('/webhooks/stripe', bodyLimit({ maxSize: LARGEST }), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const event = await verifyEvent(
      stripe,
      body,
      c.req.header('stripe-signature') ?? '',
      config.STRIPE_WEBHOOK_SECRET,
    );
    if (!event) {
      log.warn('a webhook without a valid signature of Stripe was refused');
      return c.text('signature', 400);
    }
    const live = config.STRIPE_SECRET_KEY.includes('_live_');
    if (event.livemode !== live) {
      log.warn({ event: event.id }, 'a webhook of the other mode, live or test, was left aside');
      return c.text('other mode');
    }
    const { id, type, livemode } = event;
    const isNew = await storeEvent(
      db,
      { id, type, livemode, object_id: objectOf(event) },
      new TextDecoder().decode(body),
    );
    if (isNew) await queues.add('read-stripe-event', { event_id: id });
    return c.text('ok');
  });
}
