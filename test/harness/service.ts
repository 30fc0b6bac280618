import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Db, openDatabase, openPool } from '../../src/db/database.ts';
import { packageRoot } from '../../src/root.ts';
import type { Mailbox, ReceivedMail } from '../../src/sandbox/mailbox.ts';
import { freePort } from '../global-setup.ts';
import { atEnd } from './at-end.ts';
import { SHOP } from './builders.ts';
import { aDatabase, CAMPAIGN } from './context.ts';
import { eventually } from './eventually.ts';
import { controlStandIn, startStandIns } from './stand-ins.ts';

const CLI = path.join(packageRoot, 'dist/src/cli.js');
const credentials = { bearerToken: 'x-bearer', clientId: 'x-client', clientSecret: 'x-secret' };

/** The chaos run's shoppers look at the database all at once. */
const CONNECTIONS = 10;

export type ProcessName = 'web' | 'stream' | 'worker';

/** The product as it runs in production, its processes each by itself, with stand-ins where X, Stripe and the mail server are. */
export class Service {
  readonly url: string;
  readonly x: string;
  readonly stripe: string;
  readonly mailbox: Mailbox;
  /** The settings of every process. */
  readonly env: Record<string, string>;
  readonly db: Db;
  readonly processes = new Map<string, ChildProcess>();
  /** What the processes have written, for when a test fails. */
  output = '';

  constructor(parts: Pick<Service, 'url' | 'x' | 'stripe' | 'mailbox' | 'env' | 'db'>) {
    ({
      url: this.url,
      x: this.x,
      stripe: this.stripe,
      mailbox: this.mailbox,
      env: this.env,
      db: this.db,
    } = parts);
  }

  /** Runs a command to its end. */
  async run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = this.#spawn(args);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk) => (stdout += chunk));
    child.stderr?.on('data', (chunk) => (stderr += chunk));
    const code = await new Promise<number>((resolve) =>
      child.once('close', (status) => resolve(status ?? -1)),
    );
    return { code, stdout, stderr };
  }

  /** Starts one of the processes. A second one of the same kind has a name of its own. */
  start(kind: ProcessName, name: string = kind, args: string[] = []): ChildProcess {
    const child = this.#spawn([kind, ...args]);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => (this.output += `${name}: ${chunk}`));
    this.processes.set(name, child);
    return child;
  }

  /** Ends a process and waits for it. */
  async stop(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.processes.get(name);
    this.processes.delete(name);
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }

  /** @param page `/livez` where the queues are meant to be away */
  async isReady(page = '/readyz'): Promise<void> {
    await eventually(async () => {
      const { status } = await fetch(`${this.url}${page}`);
      if (status !== 200) throw new Error(`${page} answers ${status}\n${this.output}`);
    });
    await eventually(async () => {
      const { connections } = (await (await fetch(`${this.x}/control/state`)).json()) as {
        connections: unknown[];
      };
      if (connections.length !== 1) throw new Error(`the listener is not connected\n${this.output}`);
    });
  }

  mails(to: string): Promise<ReceivedMail[]> {
    return fetch(`${this.mailbox.url}/control/mails`)
      .then((response) => response.json() as Promise<ReceivedMail[]>)
      .then((mails) => mails.filter((mail) => mail.to.includes(to)));
  }

  control(standIn: string, path: string, body: object): Promise<Record<string, string>> {
    return controlStandIn(standIn, path, body);
  }

  #spawn(args: string[]): ChildProcess {
    return spawn(process.execPath, ['--enable-source-maps', CLI, ...args], {
      // Not in our folder: a developer's .env there is nothing for tests.
      cwd: tmpdir(),
      env: { PATH: process.env.PATH, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

/** A service whose processes are not running yet. Everything of it ends with the test file. */
export async function aService(env: Record<string, string> = {}): Promise<Service> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { x, stripe, mailbox } = await startStandIns({
    publicUrl: url,
    credentials,
    secretKey: 'sk_test_service',
    webhook: { url: `${url}/webhooks/stripe`, secret: 'whsec_service' },
  });
  const DATABASE_URL = env.DATABASE_URL ?? (await aDatabase());
  const settings = {
    LOG_LEVEL: 'info',
    DATABASE_URL,
    CATALOG: CAMPAIGN,
    PORT: String(port),
    PUBLIC_URL: url,
    X_API_URL: x.url,
    X_AUTH_URL: x.url,
    X_BEARER_TOKEN: credentials.bearerToken,
    X_CLIENT_ID: credentials.clientId,
    X_CLIENT_SECRET: credentials.clientSecret,
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: 'sk_test_service',
    STRIPE_WEBHOOK_SECRET: 'whsec_service',
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'carts@replycart.example',
    SECRET_KEY: 'a-secret-key-for-tests-of-32-characters',
    MAIL_QUIET_SECONDS: '1',
    ...env,
  };
  const pool = openPool(DATABASE_URL, CONNECTIONS, () => {});
  const service = new Service({
    url,
    x: x.url,
    stripe: stripe.url,
    mailbox,
    env: settings,
    db: openDatabase(pool),
  });
  atEnd(async () => {
    for (const name of [...service.processes.keys()]) await service.stop(name, 'SIGKILL');
    await pool.end();
  });
  return service;
}

/** The merchant, the product posts of the campaign that tests use, and a shopper: as X knows them. */
export async function peopleX(service: Service, posts: string[]): Promise<void> {
  const url = `${service.url}/link`;
  await service.control(service.x, '/users', { id: SHOP, username: 'shop', name: 'Acme Stoneware', url });
  await service.control(service.x, '/users', {
    id: '2222222222222222222',
    username: 'sam_shops',
    name: 'Sam',
    email: 'sam@mail.example',
  });
  for (const id of posts)
    await service.control(service.x, '/posts', { id, author: 'shop', text: 'Fresh! Reply #AddToCart' });
}
