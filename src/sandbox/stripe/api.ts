import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { accountApi } from './account-api.ts';
import type { ApiEnv } from './api-endpoint.ts';
import { keyInUse } from './api-idempotency.ts';
import { checkCaller } from './api-keys.ts';
import { cardApi } from './card-api.ts';
import { connectedApi } from './connected-api.ts';
import { reset } from './connection.ts';
import { customerApi } from './customer-api.ts';
import { disputeApi } from './dispute-api.ts';
import { eventApi } from './event-api.ts';
import { newId } from './ids.ts';
import { intentApi } from './intent-api.ts';
import { paymentApi } from './payment-api.ts';
import { refundApi } from './refund-api.ts';
import { failure, Refusal } from './refusals.ts';
import { sessionApi } from './session-api.ts';
import { splitApi } from './split-api.ts';
import { API_VERSION, type Stand } from './stand.ts';
import { webhookApi } from './webhook-api.ts';

/** The API under `/v1`. */
export function makeApi(stand: Stand): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.use('/v1/*', befall(stand), async (c, next) => {
    checkCaller((name) => c.req.header(name), stand.secretKey);
    await next();
  });
  const all = [
    sessionApi,
    paymentApi,
    intentApi,
    customerApi,
    cardApi,
    refundApi,
    disputeApi,
    eventApi,
    accountApi,
    connectedApi,
    splitApi,
    webhookApi,
  ];
  for (const mount of all.flat()) mount(api, stand);
  api.all('/v1/*', (c) => {
    throw new Refusal(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${c.req.method}: ${c.req.path}). If it is one of Stripe's: this stand-in does not simulate it.`,
    });
  });
  api.onError((error, c) => {
    // Anything else is a fault of the stand-in itself: whoever develops against it shall see where.
    if (!(error instanceof Refusal))
      return c.json({ error: { type: 'api_error', message: error.stack } }, 500);
    return c.json({ error: error.error }, error.status);
  });
  return api;
}

/** Names the request, and lets the fault befall it that was arranged for it. */
const befall = (stand: Stand) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const fault = stand.faults.take(c.req.method, c.req.path);
    const requestId = newId('req_', 14);
    c.set('fault', fault);
    c.set('requestId', requestId);
    if (fault === 'reset_before') return reset(c);
    c.header('Request-Id', requestId);
    c.header('Stripe-Version', API_VERSION);
    if (fault === '409') throw keyInUse(c.req.header('idempotency-key') ?? '');
    if (fault === '429')
      throw new Refusal(429, {
        type: 'invalid_request_error',
        code: 'rate_limit',
        message: 'Request rate limit exceeded.',
      });
    if (fault === '500') throw failure();
    await next();
    if (fault === 'reset_after') c.res = reset(c);
  });
