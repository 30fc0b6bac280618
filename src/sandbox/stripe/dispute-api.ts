import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { createdFilter, newestFirst, pageOf, paging } from './api-lists.ts';
import { text } from './api-params.ts';
import { noSuch } from './refusals.ts';
import type { Stand } from './stand.ts';

const about = { created: createdFilter, charge: text().optional(), payment_intent: text().optional() };
interface About {
  created?: ((thing: { created: number }) => boolean) | undefined;
  charge?: string | undefined;
  payment_intent?: string | undefined;
}
interface Charged {
  id: string;
  created: number;
  charge: unknown;
  payment_intent?: unknown;
}

/** What was listed by a charge, a PaymentIntent or a time. */
const isAbout =
  ({ created, charge, payment_intent }: About) =>
  (thing: Charged): boolean =>
    (created?.(thing) ?? true) &&
    (charge === undefined || thing.charge === charge) &&
    (payment_intent === undefined || thing.payment_intent === payment_intent);

/** Reading disputes and early fraud warnings. What is handed in as evidence is not simulated. */
export const disputeApi: Mount[] = [
  ...readable('/v1/disputes', 'dispute', ({ store }) => store.disputes),
  ...readable('/v1/radar/early_fraud_warnings', 'radar.early_fraud_warning', ({ store }) => store.warnings),
];

function readable(
  path: string,
  kind: string,
  find: (stand: Stand) => { get(id: string): Charged | undefined; values(): Charged[] },
): Mount[] {
  return [
    endpoint({
      method: 'GET',
      path,
      params: z.strictObject({ ...paging, ...about }),
      answers: kind,
      list: true,
      run: (stand, { created, charge, payment_intent, ...page }) => {
        const found = find(stand).values().filter(isAbout({ created, charge, payment_intent }));
        return pageOf(newestFirst(found), page, kind, path);
      },
    }),
    endpoint({
      method: 'GET',
      path: `${path}/:id`,
      params: z.strictObject({}),
      answers: kind,
      run: (stand, _, { id }) => {
        const thing = find(stand).get(id);
        if (!thing) throw noSuch(kind, id, 'id');
        return thing;
      },
    }),
  ];
}
