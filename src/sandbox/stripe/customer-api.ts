import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { newestFirst, pageOf, paging } from './api-lists.ts';
import { metadata } from './api-metadata.ts';
import { choice, email, text } from './api-params.ts';
import { cardsOf } from './card.ts';
import { changeCustomer, customerNamed, deleteCustomer, makeCustomer } from './customer.ts';

const PATH = '/v1/customers';
const params = z.strictObject({
  email: email.optional(),
  name: text(256).optional(),
  description: text().optional(),
  metadata: metadata.optional(),
});
const notSimulated = `
  address balance business_name cash_balance individual_name invoice_prefix invoice_settings next_invoice_sequence
  payment_method phone preferred_locales shipping source tax tax_exempt tax_id_data test_clock validate`
  .trim()
  .split(/\s+/);
const answers = 'customer';

export const customerApi: Mount[] = [
  endpoint({
    method: 'POST',
    path: PATH,
    params,
    notSimulated,
    answers,
    run: (stand, given, call) => makeCustomer(stand, given, call),
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/:id`,
    params: z.strictObject({}),
    answers,
    run: (stand, _, { id }) => customerNamed(stand, id),
  }),
  endpoint({
    method: 'POST',
    path: `${PATH}/:id`,
    params,
    notSimulated,
    answers,
    run: (stand, change, call) => changeCustomer(stand, customerNamed(stand, call.id), change, call),
  }),
  endpoint({
    method: 'DELETE',
    path: `${PATH}/:id`,
    params: z.strictObject({}),
    answers: 'deleted_customer',
    run: (stand, _, call) => deleteCustomer(stand, customerNamed(stand, call.id), call),
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/:id/payment_methods`,
    params: z.strictObject({ ...paging, type: choice(['card'], ['card']).optional() }),
    notSimulated: ['allow_redisplay'],
    answers: 'payment_method',
    list: true,
    run: (stand, { type: _, ...page }, { id }) => {
      const cards = cardsOf(stand, customerNamed(stand, id).id).map(({ card }) => card);
      return pageOf(newestFirst(cards), page, 'payment_method', `${PATH}/${id}/payment_methods`);
    },
  }),
];
