import { makeClock } from '../../src/sandbox/clock.ts';
import { startMailbox } from '../../src/sandbox/mailbox.ts';
import { openMemory } from '../../src/sandbox/memory.ts';
import { startStripe } from '../../src/sandbox/stripe/server.ts';
import { startX } from '../../src/sandbox/x/server.ts';
import { freePort } from '../global-setup.ts';
import { atEnd } from './at-end.ts';

interface Expected {
  /** Where X sends shoppers back to: `PUBLIC_URL` of the product. */
  publicUrl: string;
  credentials: Parameters<typeof startX>[0]['credentials'];
  secretKey: string;
  webhook?: Parameters<typeof startStripe>[0]['webhook'];
}

/** X, Stripe and a mail server for one product. They end with the test file. */
export async function startStandIns({ publicUrl, credentials, secretKey, webhook }: Expected) {
  const memory = await openMemory();
  const shared = { memory, clock: makeClock() };
  const [xPort, stripePort] = [await freePort(), await freePort()];
  const x = await startX({
    ...shared,
    port: xPort,
    publicUrl: `http://127.0.0.1:${xPort}`,
    credentials,
    callbacks: [`${publicUrl}/link/callback`, `${publicUrl}/merchant/callback`],
  });
  const stripe = await startStripe({
    ...shared,
    port: stripePort,
    publicUrl: `http://127.0.0.1:${stripePort}`,
    secretKey,
    webhook,
  });
  const mailbox = await startMailbox(shared);
  for (const part of [memory, x, stripe, mailbox]) atEnd(async () => part[Symbol.asyncDispose]());
  return { x, stripe, mailbox };
}

/** Drives a stand-in by its control API; reads from it where there is no body. */
export async function controlStandIn<T>(standIn: string, path: string, body?: object): Promise<T> {
  const init = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : {};
  const response = await fetch(`${standIn}/control${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text}`);
  return (text ? JSON.parse(text) : {}) as T;
}
