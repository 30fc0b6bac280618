import { Redis } from 'ioredis';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { lastCheck, openDifferences } from '../db/comparison.ts';
import { accountsOfCatalog } from '../db/merchant-accounts.ts';
import { merchantPayees } from '../db/payees.ts';
import { publicState } from '../db/public-replies.ts';
import { webhookState } from '../db/webhooks.ts';
import { planCatalogRules } from '../domain/catalog-rules.ts';
import { differenceText } from '../domain/comparison.ts';
import { MOST_RULES } from '../domain/filter-rules.ts';
import { messageOf } from '../errors.ts';
import { CONNECT_EVENT_TYPES, EVENT_TYPES } from '../stripe/events.ts';
import { XError } from '../x/errors.ts';
import { listRules } from '../x/rules.ts';
import { examineDownloads, examinePictures } from './examine-files.ts';
import { requirePrepared } from './prepare-database.ts';

export interface Finding {
  name: string;
  /** `warn`: works, but not as it should. */
  state: 'ok' | 'warn' | 'fail';
  message: string;
}

export type Answer = Omit<Finding, 'name'>;
const ok = (message: string): Answer => ({ state: 'ok', message });
const warn = (message: string): Answer => ({ state: 'warn', message });
const fail = (message: string): Answer => ({ state: 'fail', message });

/** Looks at everything that the service depends on. Changes nothing. */
export async function examine(context: Context): Promise<Finding[]> {
  const ours: Check[] = [
    ['database', database],
    ['catalog', catalog],
    ['queues', queues],
    ['address', address],
    ['public replies', publicReplies],
    ['downloads', examineDownloads],
    ['pictures', examinePictures],
    ['merchants’ webhooks', merchantWebhooks],
    ['merchants’ accounts', merchantsAccounts],
    ['ledger', ledger],
  ];
  const others: Check[] = [
    ['X: app and stream rules', xRules],
    ['X: sign-in', xSignIn],
    ['Stripe: account', stripeAccount],
    ['Stripe: webhook', stripeWebhook],
    ['mail', mail],
  ];
  // In the sandbox stand-ins take their places, which nobody has to set up.
  const skipped = ([name]: Check): Check => [
    name,
    async () => ok('a stand-in, while "replycart start" runs'),
  ];
  const findings: Finding[] = [];
  for (const [name, check] of [...ours, ...(context.config.sandbox ? others.map(skipped) : others)]) {
    const answer = await check(context).catch((error) => fail(messageOf(error)));
    findings.push({ name, ...answer });
  }
  return findings;
}

type Check = [string, (context: Context) => Promise<Answer>];

async function database(context: Context): Promise<Answer> {
  await requirePrepared(context);
  const { rows } = await sql<{
    version: string;
  }>`select current_setting('server_version') as version`.execute(context.db);
  return ok(`PostgreSQL ${rows[0]?.version}${context.config.DATABASE_URL ? '' : ', embedded'}`);
}

async function catalog(context: Context): Promise<Answer> {
  const current = await context.catalog();
  if (!current) return fail('none was applied yet: run "replycart catalog apply catalog.yaml"');
  return ok(
    `version ${current.version}: ${current.merchants.size} merchant(s), ${current.offers.size} product post(s)`,
  );
}

async function queues({ config, queues: all }: Context): Promise<Answer> {
  const waiting = await all.waiting('read-replies');
  if (!config.REDIS_URL) return ok(`in the database; ${waiting} job(s) wait`);
  const redis = new Redis(config.REDIS_URL, { lazyConnect: true, maxRetriesPerRequest: 1 });
  redis.on('error', () => {}); // the command reports it
  try {
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as string[];
    const [, appendonly] = (await redis.config('GET', 'appendonly')) as string[];
    if (policy !== 'noeviction')
      return warn(`Redis may throw jobs away when it is full (maxmemory-policy ${policy}): set noeviction`);
    if (appendonly !== 'yes')
      return warn(
        'Redis forgets jobs when it restarts (appendonly no); they are found again from the database, but late',
      );
    return ok(`in Redis; ${waiting} job(s) wait`);
  } finally {
    redis.disconnect();
  }
}

async function xRules({ x, catalog: current }: Context): Promise<Answer> {
  const present = await listRules(x);
  const held = await current();
  if (!held) return ok(`no catalog, no rules; ${present.length} at X`);
  const { steps, left_out } = planCatalogRules(held, present);
  const missing = steps.flatMap((step) => ('add' in step ? step.add : [])).length;
  const ours = present.filter((rule) => rule.ours).length;
  const count = `${ours} rule(s) of ours, ${present.length - ours} of others`;
  if (left_out.length > 0) return fail(`${count}; ${left_out.length} more do not fit: X takes ${MOST_RULES}`);
  return missing > 0 ? warn(`${count}; ${missing} missing: the listener adds them when it runs`) : ok(count);
}

async function xSignIn({ x, config }: Context): Promise<Answer> {
  try {
    await x.whoIs(
      'doctor',
      'doctor-doctor-doctor-doctor-doctor-doctor-doctor',
      `${config.PUBLIC_URL}/link/callback`,
    );
  } catch (error) {
    if (!(error instanceof XError)) throw error;
    if (error.kind === 'unauthorized' || error.kind === 'forbidden') {
      return fail(`X does not know X_CLIENT_ID with X_CLIENT_SECRET: ${error.message}`);
    }
    // X knows us, and says, as it should, that this code is none of its own.
    if (error.kind === 'invalid')
      return ok(`X knows the client; its callback must be ${config.PUBLIC_URL}/link/callback`);
    throw error;
  }
  return warn('X took a code that it had not given');
}

async function stripeAccount({ stripe, config }: Context): Promise<Answer> {
  const account = await stripe.accounts.retrieveCurrent();
  const mode = config.testPayments ? 'test payments' : 'live payments';
  return account.charges_enabled
    ? ok(`${account.id}, ${mode}`)
    : fail(`${account.id} cannot take payments yet: finish its activation at Stripe`);
}

async function stripeWebhook({ stripe, config }: Context): Promise<Answer> {
  const url = `${config.PUBLIC_URL}/webhooks/stripe`;
  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  const endpoint = data.find((each) => each.url === url);
  if (!endpoint) return fail(`Stripe has no endpoint for ${url}: orders would not be noticed`);
  if (endpoint.status !== 'enabled') return fail(`Stripe's endpoint ${endpoint.id} is ${endpoint.status}`);
  const missing = EVENT_TYPES.filter(
    (type) => !endpoint.enabled_events.includes(type) && !endpoint.enabled_events.includes('*'),
  );
  return missing.length > 0
    ? fail(`the endpoint ${endpoint.id} does not send ${missing.join(', ')}`)
    : ok(`${endpoint.id} sends to ${url}`);
}

async function merchantWebhooks({ db }: Context): Promise<Answer> {
  const { endpoints, failed } = await webhookState(db, 3);
  if (failed.length > 0)
    return warn(
      `what was given up in the last 3 days: ${failed.map(({ merchant_id, messages }) => `${messages} of ${merchant_id}`).join(', ')}; see "replycart merchants deliveries"`,
    );
  return ok(endpoints === 0 ? 'no merchant’s program is told anything' : `${endpoints} program(s) are told`);
}

async function merchantsAccounts({ db, stripe, config }: Context): Promise<Answer> {
  const payees = (await merchantPayees(db)).filter(({ account_id }) => account_id !== null);
  if (payees.length === 0) return ok('no merchant has an account of their own');
  const waiting = payees.filter(({ charges_enabled, gone_at }) => gone_at !== null || !charges_enabled);
  if (waiting.length > 0) {
    const who = waiting.map(({ id, stopped_at }) =>
      stopped_at ? `${id} (stopped on ${stopped_at.toISOString().slice(0, 10)})` : id,
    );
    return warn(
      `nothing is sold for ${waiting.length} merchant(s), ${who.join(', ')}: run "replycart merchants connect ID" and let them answer Stripe's questions`,
    );
  }
  const count = `${payees.length} merchant(s) are paid to accounts of their own`;
  if (config.sandbox) return ok(count);
  const url = `${config.PUBLIC_URL}/webhooks/stripe/connect`;
  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  const endpoint = data.find((each) => each.url === url && each.status === 'enabled');
  if (!endpoint || config.STRIPE_CONNECT_WEBHOOK_SECRET === '')
    return warn(
      `${count}, and what happens to these is noticed after an hour: make an endpoint for ${url} at Stripe that listens to connected accounts (${CONNECT_EVENT_TYPES.join(', ')}), and set STRIPE_CONNECT_WEBHOOK_SECRET`,
    );
  const missing = CONNECT_EVENT_TYPES.filter(
    (type) => !endpoint.enabled_events.includes(type) && !endpoint.enabled_events.includes('*'),
  );
  return missing.length > 0 ? warn(`${endpoint.id} does not send ${missing.join(', ')}`) : ok(count);
}

async function mail({ mailer }: Context): Promise<Answer> {
  await mailer.verify();
  return ok('the mail server lets us in');
}

async function address({ config }: Context): Promise<Answer> {
  if (config.sandbox || config.PUBLIC_URL.startsWith('https:')) return ok(config.PUBLIC_URL);
  return warn(`${config.PUBLIC_URL} is not https: X and Stripe ask for it, and cookies are less safe`);
}

async function publicReplies({ db, config }: Context): Promise<Answer> {
  const { stopped_at, stopped_why } = await publicState(db);
  if (stopped_at)
    return warn(`nothing is posted (${stopped_why}): mend that, then run "replycart public resume"`);
  const accounts = await accountsOfCatalog(db);
  const signIn = (id: string): string => `${config.PUBLIC_URL}/m/${id}/sign-in`;
  const lost = accounts.filter(({ tokens, lost_at }) => tokens === null && lost_at !== null);
  if (lost.length > 0)
    return warn(
      lost.map(({ id, lost_why }) => `${id} has to sign in again at ${signIn(id)} (${lost_why})`).join('; '),
    );
  const never = accounts.filter(
    ({ tokens, first_contact, acknowledge }) =>
      tokens === null && (first_contact !== 'none' || acknowledge !== 'none'),
  );
  return never.length > 0
    ? ok(
        `newcomers are not told how to go on, as long as nobody signs in at ${never.map(({ id }) => signIn(id)).join(', ')}`,
      )
    : ok(`${accounts.filter(({ tokens }) => tokens !== null).length} merchant(s) have signed in`);
}

/** The comparison is made every hour: after two of them somebody has to look why it is not. */
const COMPARED_MS = 2 * 3_600_000;

async function ledger({ db, now }: Context): Promise<Answer> {
  const last = await lastCheck(db);
  if (!last) return ok('not compared with Stripe yet: running workers do it within the hour');
  const differ = (await openDifferences(db)).filter(({ late }) => !late);
  const at = last.finished_at.toISOString();
  if (differ.length > 0) return fail(differ.map(differenceText).join('; '));
  return now().getTime() - last.finished_at.getTime() > COMPARED_MS
    ? warn(`compared with Stripe last on ${at}: is a worker running, and what does its log say?`)
    : ok(`compared with Stripe on ${at}: difference 0, ${last.late} late`);
}
