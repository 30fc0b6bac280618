import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { createdFilter, newestFirst, pageOf, paging } from './api-lists.ts';
import { choice, text } from './api-params.ts';
import { invalid } from './refusals.ts';
import { expire, expireOverdue, sessionOf } from './session.ts';
import { makeSession } from './session-object.ts';
import { SESSION_NOT_SIMULATED, sessionParams } from './session-params.ts';
import { checkSession } from './session-rules.ts';

const PATH = '/v1/checkout/sessions';
const STATES = ['complete', 'expired', 'open'] as const;
const answers = 'checkout.session';

export const sessionApi: Mount[] = [
  endpoint({
    method: 'POST',
    path: PATH,
    params: sessionParams,
    notSimulated: SESSION_NOT_SIMULATED,
    answers,
    check: checkSession,
    run: (stand, params) => {
      const record = makeSession(stand, params);
      stand.store.sessions.set(record.session.id, record);
      return record.session;
    },
  }),
  endpoint({
    method: 'GET',
    path: PATH,
    params: z.strictObject({
      ...paging,
      created: createdFilter,
      payment_intent: text().optional(),
      status: choice(STATES, STATES).optional(),
    }),
    notSimulated: ['customer', 'customer_account', 'customer_details', 'payment_link', 'subscription'],
    answers,
    list: true,
    run: (stand, { created, payment_intent, status, ...page }) => {
      expireOverdue(stand);
      const sessions = stand.store.sessions
        .values()
        .map(({ session }) => session)
        .filter(
          (session) =>
            (created?.(session) ?? true) &&
            (payment_intent === undefined || session.payment_intent === payment_intent) &&
            (status === undefined || session.status === status),
        );
      return pageOf(newestFirst(sessions), page, 'checkout.session', PATH);
    },
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/:id`,
    params: z.strictObject({}),
    answers,
    run: (stand, _, { id }) => sessionOf(stand, id).session,
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/:id/line_items`,
    params: z.strictObject(paging),
    answers: 'item',
    list: true,
    run: (stand, page, { id }) =>
      pageOf(sessionOf(stand, id).items, page, 'line item', `${PATH}/${id}/line_items`),
  }),
  endpoint({
    method: 'POST',
    path: `${PATH}/:id/expire`,
    params: z.strictObject({}),
    answers,
    run: (stand, _, call) => {
      const record = sessionOf(stand, call.id);
      const { status } = record.session;
      if (status !== 'open')
        throw invalid(
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${status}\`.`,
        );
      return expire(stand, record, call).session;
    },
  }),
];
