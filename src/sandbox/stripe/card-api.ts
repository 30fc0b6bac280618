import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { newestFirst, pageOf, paging } from './api-lists.ts';
import { choice, text } from './api-params.ts';
import { attach, cardNamed, cardsOf, detach } from './card.ts';
import { customerNamed } from './customer.ts';

const PATH = '/v1/payment_methods';
const REDISPLAY = ['always', 'limited', 'unspecified'] as const;
const list = {
  ...paging,
  type: choice(['card', 'link', 'us_bank_account', 'sepa_debit'], ['card']).optional(),
  allow_redisplay: choice(REDISPLAY, REDISPLAY).optional(),
};
const answers = 'payment_method';

export const cardApi: Mount[] = [
  endpoint({
    method: 'GET',
    path: PATH,
    params: z.strictObject({ ...list, customer: text() }),
    notSimulated: ['customer_account'],
    answers,
    list: true,
    run: (stand, { customer, allow_redisplay, type: _, ...page }) => {
      const cards = cardsOf(stand, customerNamed(stand, customer, 400).id)
        .map(({ card }) => card)
        .filter((card) => allow_redisplay === undefined || card.allow_redisplay === allow_redisplay);
      return pageOf(newestFirst(cards), page, 'payment_method', PATH);
    },
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/:id`,
    params: z.strictObject({}),
    answers,
    run: (stand, _, { id }) => cardNamed(stand, id).card,
  }),
  endpoint({
    method: 'POST',
    path: `${PATH}/:id/attach`,
    params: z.strictObject({ customer: text() }),
    notSimulated: ['customer_account'],
    answers,
    run: (stand, { customer }, call) =>
      attach(stand, cardNamed(stand, call.id), customerNamed(stand, customer, 400).id, call).card,
  }),
  endpoint({
    method: 'POST',
    path: `${PATH}/:id/detach`,
    params: z.strictObject({}),
    answers,
    run: (stand, _, call) => detach(stand, cardNamed(stand, call.id), call).card,
  }),
];
