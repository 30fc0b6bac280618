import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { type Clock, makeClock } from '../../src/sandbox/clock.ts';
import { type Memory, openMemory } from '../../src/sandbox/memory.ts';
import { startStripe } from '../../src/sandbox/stripe/server.ts';

export const KEY = 'sk_test_51StandInSecretKey';
export const SECRET = 'whsec_standin';
/** Another origin than the stand-in's: as behind the product's proxy. */
export const PUBLIC_URL = 'http://shop.test/sandbox/stripe';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A webhook as it arrived. */
export interface Received {
  body: string;
  signature: string;
  event: Stripe.Event;
}

/** Somebody who gets webhooks. */
export interface Sink extends AsyncDisposable {
  url: string;
  received: Received[];
  /** Statuses for the next webhooks; 200 after them. */
  answers: number[];
  types(): string[];
}

export async function openSink(): Promise<Sink> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    received.push({ body, signature: String(request.headers['stripe-signature']), event: JSON.parse(body) });
    const status = answers.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: '/' } : {}).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answers,
    types: () => received.map(({ event }) => event.type),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

export interface Bench extends AsyncDisposable {
  stripe: Stripe;
  url: string;
  clock: Clock;
  memory: Memory;
  /** Asks the control API. */
  control(path: string, body?: object, method?: string): Promise<{ status: number; body: Answer }>;
  /** Sends a request as it is. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** Opens one of the pages, not following redirects. @param form what to send with POST */
  page(path: string, form?: Record<string, string>): Promise<{ response: Response; html: string }>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads from answers what it asserts on
export type Answer = any;

interface BenchOptions {
  memory?: Memory;
  clock?: Clock;
  sink?: Sink;
  /** Hears of connected accounts. */
  connectSink?: Sink;
}

/** Starts a stand-in on a free port, with a client. */
export async function openBench({ memory, clock, sink, connectSink }: BenchOptions = {}): Promise<Bench> {
  const kept = memory ?? throughJson(await openMemory());
  const time = clock ?? makeClock();
  const listening = await startStripe({
    memory: kept,
    clock: time,
    publicUrl: PUBLIC_URL,
    secretKey: KEY,
    ...(sink ? { webhook: { url: sink.url, secret: SECRET } } : {}),
    ...(connectSink ? { connectWebhook: { url: connectSink.url, secret: SECRET } } : {}),
  });
  const raw = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${listening.url}${path}`, { redirect: 'manual', ...init });
  return {
    stripe: clientOf(listening.port),
    url: listening.url,
    clock: time,
    memory: kept,
    raw,
    async control(path, body, method = body ? 'POST' : 'GET') {
      const init = body && method !== 'GET' ? { method, body: JSON.stringify(body) } : { method };
      const response = await raw(`/control${path}`, init);
      return { status: response.status, body: await response.json() };
    },
    async page(path, form) {
      const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
      const response = await raw(path.replace(PUBLIC_URL, ''), init);
      return { response, html: await response.text() };
    },
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
}

/** Keeps things as a database would: what is not JSON is lost, and what is changed in place stays as it was. */
const throughJson = (memory: Memory): Memory => ({
  ...memory,
  collection<T>(kind: string) {
    const collection = memory.collection<T>(kind);
    return {
      ...collection,
      set: (id: string, value: T) => collection.set(id, JSON.parse(JSON.stringify(value))),
    };
  },
});

/** The real client, without retries of its own. */
export const clientOf = (port: number, key = KEY, maxNetworkRetries = 0): Stripe =>
  new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries });

/** A line as a shop sends it. */
export const aLine = (
  changes: Partial<Stripe.Checkout.SessionCreateParams.LineItem.PriceData> = {},
  quantity = 1,
): Stripe.Checkout.SessionCreateParams.LineItem => ({
  quantity,
  price_data: { currency: 'usd', unit_amount: 1_800, product_data: { name: 'Mug' }, ...changes },
});

/** What opens a session: 18.00 USD, nothing to ship. */
export const aSession = (
  changes: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  line_items: [aLine()],
  success_url: 'https://shop.test/cart?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://shop.test/cart',
  ...changes,
});

/** The same, sent to Germany or Austria for 4.90. */
export const aShippedSession = (
  changes: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams =>
  aSession({
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    shipping_options: [aRate('Parcel', 490)],
    ...changes,
  });

export const aRate = (
  display_name: string,
  amount: number,
  currency = 'usd',
): Stripe.Checkout.SessionCreateParams.ShippingOption => ({
  shipping_rate_data: { type: 'fixed_amount', display_name, fixed_amount: { amount, currency } },
});

/** The error that a request ends with. */
export async function errorOf(request: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('the request was expected to be refused');
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 1_000) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** An object's id, whether it came expanded or not. */
export const idOf = (reference: string | { id: string } | null | undefined): string =>
  typeof reference === 'string' ? reference : (reference?.id ?? '');
