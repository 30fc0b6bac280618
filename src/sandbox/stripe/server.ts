import { Hono } from 'hono';
import type { Clock } from '../clock.ts';
import { keepLedger } from '../ledger.ts';
import { type Listening, listen } from '../listen.ts';
import type { Memory } from '../memory.ts';
import { makeApi } from './api.ts';
import { forgetOldAnswers } from './api-idempotency.ts';
import { makeControl } from './control.ts';
import { makeFaults } from './faults.ts';
import { makeOnboarding } from './page-onboarding.tsx';
import { makePages } from './page-routes.tsx';
import { expireOverdue } from './session.ts';
import type { Stand } from './stand.ts';
import { openStore } from './store.ts';
import { openCourier } from './webhook-courier.ts';
import { OWN_CONNECT_ENDPOINT, OWN_ENDPOINT, putEndpoint } from './webhook-endpoints.ts';

export interface StripeOptions {
  memory: Memory;
  clock: Clock;
  /** Any free one where left out. */
  port?: number;
  /** Where people reach the pages: `http://localhost:3000/sandbox/stripe`. */
  publicUrl: string;
  /** The one API key that is let in. */
  secretKey: string;
  /** The endpoint that gets all events, beside those that the API makes. */
  webhook?: { url: string; secret: string } | undefined;
  /** The endpoint that hears of connected accounts. */
  connectWebhook?: { url: string; secret: string } | undefined;
}

/** How often the clock is looked at, which others may have moved on. */
const TICK_MS = 250;

/**
 * Starts a stand-in for Stripe on the loopback interface: the API under `/v1`, the hosted pages under `/pay`, and
 * under `/control` what shoppers, banks and the network do. What it remembers is in `memory`: started again on the
 * same one, it goes on, undelivered webhooks included.
 */
export async function startStripe(options: StripeOptions): Promise<Listening> {
  const { memory, clock, port, secretKey, webhook, connectWebhook } = options;
  const store = openStore(memory);
  const courier = openCourier(store, clock);
  const stand: Stand = {
    ...{ clock, store, courier, secretKey },
    faults: makeFaults(),
    busyKeys: new Set(),
    publicUrl: options.publicUrl.replace(/\/$/, ''),
  };
  if (webhook) putEndpoint(stand, { id: OWN_ENDPOINT, ...webhook });
  if (connectWebhook) putEndpoint(stand, { id: OWN_CONNECT_ENDPOINT, connect: true, ...connectWebhook });

  const app = new Hono();
  keepLedger(app, '/v1');
  app
    .route('/', makeApi(stand))
    .route('/', makePages(stand))
    .route('/', makeOnboarding(stand))
    .route('/', makeControl(stand));
  const listening = await listen(app, port);

  const tick = (): void => {
    expireOverdue(stand);
    forgetOldAnswers(stand);
    courier.wake();
  };
  tick();
  const ticking = setInterval(tick, TICK_MS).unref();

  return {
    url: listening.url,
    port: listening.port,
    async [Symbol.asyncDispose]() {
      clearInterval(ticking);
      await courier.close();
      await listening[Symbol.asyncDispose]();
    },
  };
}
