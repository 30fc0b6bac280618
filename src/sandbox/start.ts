import { makeClock } from './clock.ts';
import { type DemoUser, demoPosts, demoShoppers } from './demo.ts';
import { startMailbox } from './mailbox.ts';
import { openMemory } from './memory.ts';
import { startStripe } from './stripe/server.ts';
import { noteWhereabouts, type StandInSettings } from './whereabouts.ts';
import { startX } from './x/server.ts';

/** Where the stand-ins are reached from this machine. */
export interface StandIns {
  x: string;
  stripe: string;
  mail: string;
}

export interface Sandbox extends AsyncDisposable {
  urls: StandIns;
  settings: StandInSettings;
}

export interface SandboxOptions {
  /** Where the stand-ins keep what they remember; without it they forget everything at the end. */
  databaseUrl?: string;
  /** The address under which people reach the pages of X and Stripe: they are at /sandbox/x and /sandbox/stripe there. */
  publicUrl: string;
  /** Where Stripe's events go. */
  webhook?: { url: string; secret: string };
  /** Where those of merchants' own accounts go. */
  connectWebhook?: { url: string; secret: string };
  credentials: { bearerToken: string; clientId: string; clientSecret: string; stripeKey: string };
  /** Where X sends people back to. */
  callbacks: string[];
  /** Any free ones where left out. */
  ports?: { x?: number; stripe?: number; mail?: number; smtp?: number };
}

/** Starts stand-ins for X, Stripe and a mail server. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { databaseUrl, publicUrl, webhook, connectWebhook, credentials, callbacks, ports = {} } = options;
  const memory = await openMemory(databaseUrl);
  const clock = makeClock();
  const x = await startX({
    memory,
    clock,
    port: ports.x,
    publicUrl: `${publicUrl}/sandbox/x`,
    credentials,
    callbacks,
  });
  const stripe = await startStripe({
    memory,
    clock,
    port: ports.stripe,
    publicUrl: `${publicUrl}/sandbox/stripe`,
    secretKey: credentials.stripeKey,
    webhook,
    connectWebhook,
  });
  const mailbox = await startMailbox({ memory, clock, port: ports.mail, smtpPort: ports.smtp });
  const settings = {
    X_API_URL: x.url,
    X_AUTH_URL: `${publicUrl}/sandbox/x`,
    STRIPE_API_URL: stripe.url,
    SMTP_URL: mailbox.smtpUrl,
  };
  const noted = noteWhereabouts(memory, settings);
  return {
    urls: { x: x.url, stripe: stripe.url, mail: mailbox.url },
    settings,
    async [Symbol.asyncDispose]() {
      noted[Symbol.dispose]();
      for (const part of [x, stripe, mailbox, memory]) await part[Symbol.asyncDispose]();
    },
  };
}

/** A product post that has to be there, and who wrote it. */
export interface PostToSeed {
  id: string;
  author: DemoUser;
  /** What it says where it is none of the example catalog's. */
  text: string;
}

/** Lets the stand-in for X have the shoppers, merchants and product posts that it has not yet. */
export async function seedX(url: string, posts: PostToSeed[], linkUrl: string): Promise<void> {
  const known = new Set((await read<Array<{ id: string }>>(`${url}/control/users`)).map((user) => user.id));
  const users = [...demoShoppers, ...new Map(posts.map(({ author }) => [author.id, author])).values()];
  for (const user of users) if (!known.has(user.id)) await send(`${url}/control/users`, user);
  const timeline = new Set(
    (await read<Array<{ id: string }>>(`${url}/control/timeline`)).map((post) => post.id),
  );
  for (const { id, author, text } of posts) {
    if (timeline.has(id)) continue;
    await send(`${url}/control/posts`, {
      id,
      author: author.id,
      text: (demoPosts[id] ?? text).replaceAll('LINK', linkUrl),
    });
  }
}

/** Has a merchant answer all of Stripe's questions. */
export async function finishAccount(url: string, account_id: string): Promise<void> {
  await send(`${url}/control/accounts/${account_id}`, { progress: 'complete' });
}

async function read<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

async function send(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}
