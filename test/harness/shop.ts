import type { Hono } from 'hono';
import type { Context } from '../../src/context.ts';
import type { ReceivedMail } from '../../src/sandbox/mailbox.ts';
import { webApp } from '../../src/web/server.ts';
import { aConfig, aContext, useCatalog } from './context.ts';
import { controlStandIn, startStandIns } from './stand-ins.ts';
import { Visitor } from './visitor.ts';

/** The product in this process, without a port and without workers: jobs are done where a test does them. */
export interface Shop {
  context: Context;
  app: Hono;
  x: string;
  stripe: string;
  mailbox: string;
  mails(): Promise<ReceivedMail[]>;
  /** Drives a stand-in. */
  control<T = Record<string, unknown>>(standIn: string, path: string, body?: object): Promise<T>;
  /** Somebody with a browser. @param accepts the languages that it asks for */
  visitor(accepts?: string): Visitor;
}

export async function aShop(env: Record<string, string> = {}): Promise<Shop> {
  const { PUBLIC_URL, X_BEARER_TOKEN, X_CLIENT_ID, X_CLIENT_SECRET, STRIPE_SECRET_KEY } = aConfig(env);
  const { x, stripe, mailbox } = await startStandIns({
    publicUrl: PUBLIC_URL,
    credentials: { bearerToken: X_BEARER_TOKEN, clientId: X_CLIENT_ID, clientSecret: X_CLIENT_SECRET },
    secretKey: STRIPE_SECRET_KEY,
  });
  const context = await aContext(env, {
    X_API_URL: x.url,
    X_AUTH_URL: x.url,
    STRIPE_API_URL: stripe.url,
    SMTP_URL: mailbox.smtpUrl,
  });
  await useCatalog(context);
  const app = webApp(context);
  return {
    context,
    app,
    x: x.url,
    stripe: stripe.url,
    mailbox: mailbox.url,
    mails: async () => (await fetch(`${mailbox.url}/control/mails`)).json() as Promise<ReceivedMail[]>,
    control: controlStandIn,
    visitor: (accepts) =>
      new Visitor((input, init) => {
        const url = String(input);
        if (!url.startsWith(PUBLIC_URL)) return fetch(input, init);
        const headers = { ...init?.headers, ...(accepts ? { 'accept-language': accepts } : {}) };
        return Promise.resolve(app.request(url, { ...init, headers }));
      }),
  };
}
