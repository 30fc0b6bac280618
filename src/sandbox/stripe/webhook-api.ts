import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { newestFirst, pageOf, paging } from './api-lists.ts';
import { metadata } from './api-metadata.ts';
import { choice, flag, text, url } from './api-params.ts';
import { invalid } from './refusals.ts';
import { API_VERSION } from './stand.ts';
import { putEndpoint } from './webhook-endpoints.ts';

const PATH = '/v1/webhook_endpoints';
/** So many an account may have in a sandbox. */
const MOST = 16;

const eventName = text(100).regex(/^(\*|[a-z0-9_.]+)$/, 'Invalid event type');

/** Every version that Stripe had is named by its date. */
const apiVersion = choice([API_VERSION], [API_VERSION]);

export const webhookApi: Mount[] = [
  endpoint({
    method: 'GET',
    path: PATH,
    params: z.strictObject(paging),
    answers: 'webhook_endpoint',
    list: true,
    run: (stand, page) => {
      const endpoints = stand.store.endpoints.values().map((record) => record.endpoint);
      return pageOf(newestFirst(endpoints), page, 'webhook endpoint', PATH);
    },
  }),
  endpoint({
    method: 'POST',
    path: PATH,
    params: z.strictObject({
      url,
      enabled_events: z.array(eventName),
      api_version: apiVersion.optional(),
      description: text().optional(),
      metadata: metadata.optional(),
      connect: flag.optional(),
    }),
    answers: 'webhook_endpoint',
    run: (stand, params) => {
      if (stand.store.endpoints.values().length >= MOST)
        throw invalid(`You have reached the maximum of ${MOST} test webhook endpoints.`);
      const { endpoint: made, secret } = putEndpoint(stand, params);
      return { ...made, secret };
    },
  }),
];
