import { Hono, type Context as Request } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from '../context.ts';
import { storeEvent } from '../db/stripe-events.ts';
import { objectOf, verifyEvent } from '../stripe/events.ts';

const LARGEST = 1024 * 1024;

/**
 * Where Stripe tells what happened. An event is stored and acknowledged; what it means is found out by a job, which
 * asks Stripe itself. A forged one is refused, and nothing of it is kept. What happens on merchants' own accounts comes
 * to an address of its own, with a secret of its own.
 */
export function stripeWebhook(context: Context): Hono {
  const { STRIPE_WEBHOOK_SECRET, STRIPE_CONNECT_WEBHOOK_SECRET } = context.config;
  const limit = bodyLimit({ maxSize: LARGEST });
  return new Hono()
    .post('/webhooks/stripe', limit, (c) => takeEvent(context, c, STRIPE_WEBHOOK_SECRET))
    .post('/webhooks/stripe/connect', limit, async (c) => {
      if (STRIPE_CONNECT_WEBHOOK_SECRET === '')
        return c.text('STRIPE_CONNECT_WEBHOOK_SECRET is not set', 404);
      return takeEvent(context, c, STRIPE_CONNECT_WEBHOOK_SECRET);
    });
}

async function takeEvent(
  { config, db, stripe, queues, log }: Context,
  c: Request,
  secret: string,
): Promise<Response> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const event = await verifyEvent(stripe, body, c.req.header('stripe-signature') ?? '', secret);
  if (!event) {
    log.warn('a webhook without a valid signature of Stripe was refused');
    return c.text('signature', 400);
  }
  const live = config.STRIPE_SECRET_KEY.includes('_live_');
  if (event.livemode !== live) {
    log.warn({ event: event.id }, 'a webhook of the other mode, live or test, was left aside');
    return c.text('other mode');
  }
  const { id, type, livemode, account = null } = event;
  const isNew = await storeEvent(
    db,
    { id, type, livemode, account, object_id: objectOf(event) },
    new TextDecoder().decode(body),
  );
  if (isNew) await queues.add('read-stripe-event', { event_id: id });
  return c.text('ok');
}
