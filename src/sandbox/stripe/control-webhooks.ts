import type { Hono } from 'hono';
import { z } from 'zod';
import { readInput, refuse } from './control-input.ts';
import type { Stand } from './stand.ts';
import { OWN_ENDPOINT, putEndpoint } from './webhook-endpoints.ts';
import { changeDeliverySettings, deliverySettings } from './webhook-settings.ts';

const count = z.int().min(0);

const settings = z.strictObject({
  duplicate: count.max(100).optional(),
  reorder: z.boolean().optional(),
  hold: count.optional(),
  delay_ms: count.optional(),
  drop: count.optional(),
  twoEvents: z.boolean().optional(),
  retry_delays_ms: z.array(count).min(1).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  secret: z.string().min(1).optional(),
});

/** What goes wrong with webhooks on the way. */
export function controlWebhooks(control: Hono, stand: Stand): void {
  const { store, courier } = stand;

  const describe = () => ({
    ...deliverySettings(store),
    endpoints: store.endpoints.values().map(({ endpoint }) => endpoint),
    deliveries: store.deliveries.values().map((delivery) => ({
      ...delivery,
      type: store.events.get(delivery.event)?.type,
    })),
  });

  control.get('/webhooks', (c) => c.json(describe()));

  control.post('/webhooks', async (c) => {
    const { url, secret, ...changes } = await readInput(c, settings);
    const own = store.endpoints.get(OWN_ENDPOINT);
    const target = url ?? own?.endpoint.url;
    if (url !== undefined || secret !== undefined) {
      if (target === undefined) throw refuse(409, 'There is no webhook endpoint yet: give its url as well.');
      putEndpoint(stand, { id: OWN_ENDPOINT, url: target, secret: secret ?? own?.secret });
    }
    const { reorder } = changeDeliverySettings(store, changes);
    if (!reorder) await courier.release();
    return c.json(describe());
  });

  control.post('/webhooks/flush', async (c) => c.json({ sent: await courier.flush() }));

  control.post('/events/:id/resend', async (c) => {
    const event = store.events.get(c.req.param('id'));
    if (!event) throw refuse(404, `There is no event ${c.req.param('id')}.`);
    return c.json({ deliveries: await courier.resend(event) });
  });
}
