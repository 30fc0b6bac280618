import type { Context } from '../context.ts';
import { knownEvents } from '../db/comparison.ts';
import { storeEvent } from '../db/stripe-events.ts';
import { inBatches } from '../domain/batches.ts';
import type { Finding } from '../domain/comparison.ts';
import { EVENT_TYPES, objectOf } from '../stripe/events.ts';
import { pagesOf, type Span } from '../stripe/lists.ts';

/** So many types the list takes at once (API reference: "List all events"). */
const TYPES = 20;

/**
 * Stores the events of a span of time that never reached us, as if they had just come.
 *
 * @returns how many there are, what is missing, and the ids of all that any of them is about
 */
export async function catchUpEvents(
  { db, stripe }: Pick<Context, 'db' | 'stripe'>,
  span: Span,
): Promise<{ count: number; findings: Finding[]; objects: string[] }> {
  const findings: Finding[] = [];
  const objects = new Set<string>();
  let count = 0;
  for (const types of inBatches([...EVENT_TYPES], TYPES)) {
    for await (const page of pagesOf((given) => stripe.events.list({ ...given, types }), span)) {
      const known = await knownEvents(
        db,
        page.map(({ id }) => id),
      );
      count += page.length;
      for (const event of page) {
        const { id, type, livemode } = event;
        const object_id = objectOf(event);
        objects.add(object_id);
        if (known.has(id)) continue;
        await storeEvent(db, { id, type, livemode, object_id, account: null }, JSON.stringify(event));
        findings.push({
          about: id,
          what: 'event',
          payment_id: null,
          ours: null,
          theirs: type,
          late: { job: 'read-stripe-event', event_id: id },
          cure: 'its webhook never came: see "replycart doctor" about the endpoint',
        });
      }
    }
  }
  return { count, findings, objects: [...objects] };
}
