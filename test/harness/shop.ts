import type { Hono } from 'hono';
import type { Context } from '../../src/context.ts';
import { makeClock } from '../../src/sandbox/clock.ts';
import { type ReceivedMail, startMailbox } from '../../src/sandbox/mailbox.ts';
import { openMemory } from '../../src/sandbox/memory.ts';
import { startStripe } from '../../src/sandbox/stripe/server.ts';
import { startX } from '../../src/sandbox/x/server.ts';
import { webApp } from '../../src/web/server.ts';
import { freePort } from '../global-setup.ts';
import { atEnd } from './at-end.ts';
import { aConfig, aContext, useCatalog } from './context.ts';
import { Visitor } from './visitor.ts';

/** The product in this process, without a port and without workers: jobs are done where a test does them. */
export interface Shop {
  context: Context;
  app: Hono;
  x: string;
  stripe: string;
  mails(): Promise<ReceivedMail[]>;
  /** Drives a stand-in. */
  control<T = Record<string, unknown>>(standIn: string, path: string, body?: object): Promise<T>;
  /** Somebody with a browser. */
  visitor(): Visitor;
}

export async function aShop(env: Record<string, string> = {}): Promise<Shop> {
  const { PUBLIC_URL, X_BEARER_TOKEN, X_CLIENT_ID, X_CLIENT_SECRET, STRIPE_SECRET_KEY } = aConfig(env);
  const [memory, clock, xPort, stripePort] = [
    await openMemory(),
    makeClock(),
    await freePort(),
    await freePort(),
  ];
  const credentials = { bearerToken: X_BEARER_TOKEN, clientId: X_CLIENT_ID, clientSecret: X_CLIENT_SECRET };
  const x = await startX({
    memory,
    clock,
    port: xPort,
    publicUrl: `http://127.0.0.1:${xPort}`,
    credentials,
    callbacks: [`${PUBLIC_URL}/link/callback`],
  });
  const stripe = await startStripe({
    memory,
    clock,
    port: stripePort,
    publicUrl: `http://127.0.0.1:${stripePort}`,
    secretKey: STRIPE_SECRET_KEY,
  });
  const mailbox = await startMailbox({ memory, clock });
  for (const part of [x, stripe, mailbox]) atEnd(async () => part[Symbol.asyncDispose]());
  const context = await aContext(env, {
    X_API_URL: x.url,
    X_AUTH_URL: x.url,
    STRIPE_API_URL: stripe.url,
    SMTP_URL: mailbox.smtpUrl,
  });
  await useCatalog(context);
  const app = webApp(context);
  const control: Shop['control'] = async (standIn, path, body) => {
    const init = body
      ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : {};
    const response = await fetch(`${standIn}/control${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text}`);
    return text ? JSON.parse(text) : {};
  };
  return {
    context,
    app,
    x: x.url,
    stripe: stripe.url,
    mails: async () => (await fetch(`${mailbox.url}/control/mails`)).json() as Promise<ReceivedMail[]>,
    control,
    visitor: () =>
      new Visitor((input, init) => {
        const url = String(input);
        return url.startsWith(PUBLIC_URL) ? Promise.resolve(app.request(url, init)) : fetch(input, init);
      }),
  };
}
