import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { createdFilter, newestFirst, pageOf, paging } from './api-lists.ts';
import { text } from './api-params.ts';
import { noSuch } from './refusals.ts';

const PATH = '/v1/payment_intents';

export const paymentApi: Mount[] = [
  endpoint({
    method: 'GET',
    path: PATH,
    params: z.strictObject({ ...paging, created: createdFilter, customer: text().optional() }),
    notSimulated: ['customer_account'],
    answers: 'payment_intent',
    list: true,
    run: (stand, { created, customer, ...page }) => {
      const intents = stand.store.intents
        .values()
        .filter(
          (intent) => (created?.(intent) ?? true) && (customer === undefined || intent.customer === customer),
        );
      return pageOf(newestFirst(intents), page, 'payment_intent', PATH);
    },
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/:id`,
    params: z.strictObject({}),
    notSimulated: ['client_secret'],
    answers: 'payment_intent',
    run: ({ store }, _, { id }) => {
      const intent = store.intents.get(id);
      if (!intent) throw noSuch('payment_intent', id, 'intent');
      return intent;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/charges/:id',
    params: z.strictObject({}),
    answers: 'charge',
    run: ({ store }, _, { id }) => {
      const charge = store.charges.get(id);
      if (!charge) throw noSuch('charge', id, 'id');
      return charge;
    },
  }),
];
