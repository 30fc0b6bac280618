import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { createdFilter, newestFirst, pageOf, paging } from './api-lists.ts';
import { choice, text } from './api-params.ts';
import type { StripeEvent } from './events.ts';
import { invalid, noSuch } from './refusals.ts';
import { type Stand, unixTime } from './stand.ts';

/** Stripe keeps events for 30 days (Stripe API reference, "List all events"). */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

export const eventApi: Mount[] = [
  endpoint({
    method: 'GET',
    path: '/v1/events',
    params: z.strictObject({
      ...paging,
      created: createdFilter,
      type: text().optional(),
      types: z.array(text()).max(20).optional(),
      delivery_success: choice(['true', 'false'], ['true', 'false']).optional(),
    }),
    answers: 'event',
    list: true,
    check: (_, { type, types }) => {
      if (type !== undefined && types !== undefined)
        throw invalid('You may only specify one of these parameters: type, types.', {
          code: 'parameters_exclusive',
        });
    },
    run: (stand, { created, type, types, delivery_success, ...page }) => {
      const wanted = types ?? (type === undefined ? undefined : [type]);
      const found = recent(stand).filter(
        (event) =>
          (created?.(event) ?? true) &&
          (wanted?.some((pattern) => matches(event.type, pattern)) ?? true) &&
          (delivery_success === undefined || String(event.pending_webhooks === 0) === delivery_success),
      );
      return pageOf(newestFirst(found), page, 'event', '/v1/events');
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/events/:id',
    params: z.strictObject({}),
    answers: 'event',
    run: (stand, _, { id }) => {
      const event = recent(stand).find((one) => one.id === id);
      if (!event) throw noSuch('event', id, 'id');
      return event;
    },
  }),
];

/** The platform's own events that are kept, with the number of endpoints that have not confirmed them. */
function recent({ store, clock }: Stand): StripeEvent[] {
  const oldest = unixTime(clock) - KEPT_SECONDS;
  const unconfirmed = new Map<string, Set<string>>();
  for (const { event, endpoint, state } of store.deliveries.values())
    if (state !== 'delivered') unconfirmed.set(event, (unconfirmed.get(event) ?? new Set()).add(endpoint));
  return store.events
    .values()
    .filter(({ created, account }) => created >= oldest && account === undefined)
    .map((event) => ({ ...event, pending_webhooks: unconfirmed.get(event.id)?.size ?? 0 }));
}

/** @param pattern a type, or a group of them as `checkout.*` */
const matches = (type: string, pattern: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
