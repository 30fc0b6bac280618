import { hash } from '@node-rs/argon2';
import { type Command, InvalidArgumentError } from 'commander';
import { checkPayee } from '../actions/check-payee.ts';
import { connectMerchant } from '../actions/connect-merchant.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { hashToken, randomToken } from '../crypto.ts';
import { openEmbedded } from '../db/embedded.ts';
import { findPayee } from '../db/payees.ts';
import { invite, setPassword } from '../db/staff.ts';
import { aborted } from '../process.ts';
import { finishAccount, type Sandbox, type SandboxOptions, seedX, startSandbox } from '../sandbox/start.ts';
import { print, type Shell } from './shell.ts';

/** The staff member of the sandbox, whose password stands on its page. */
const AGENT = { email: 'agent@replycart.example', password: 'sandbox' };

/** Somebody at the till of a demo merchant: they see that merchant's codes, and nothing else. */
const TILL = { email: 'till@kilnandclay.example', merchant: 'kiln' };

/** Starts the stand-ins for a product that runs beside them in this process. */
export function openSandbox(config: Config, databaseUrl: string): Promise<Sandbox> {
  return startSandbox({
    databaseUrl,
    publicUrl: config.PUBLIC_URL,
    ...webhooksAt(`http://127.0.0.1:${config.PORT}/webhooks/stripe`, config),
    credentials: credentialsOf(config),
    callbacks: [`${config.PUBLIC_URL}/link/callback`, `${config.PUBLIC_URL}/merchant/callback`],
  });
}

const webhooksAt = (url: string, config: Config): Pick<SandboxOptions, 'webhook' | 'connectWebhook'> => ({
  webhook: { url, secret: config.STRIPE_WEBHOOK_SECRET },
  ...(config.STRIPE_CONNECT_WEBHOOK_SECRET
    ? { connectWebhook: { url: `${url}/connect`, secret: config.STRIPE_CONNECT_WEBHOOK_SECRET } }
    : {}),
});

const credentialsOf = (config: Config): SandboxOptions['credentials'] => ({
  bearerToken: config.X_BEARER_TOKEN,
  clientId: config.X_CLIENT_ID,
  clientSecret: config.X_CLIENT_SECRET,
  stripeKey: config.STRIPE_SECRET_KEY,
});

/** Fills the sandbox with the catalog's merchants and posts, shoppers to play, and somebody in support. */
export async function seedSandbox(context: Context, { urls }: Sandbox): Promise<void> {
  const { db, config, catalog } = context;
  const current = await catalog();
  const posts = [...(current?.offers ?? [])].flatMap(([id, products]) => {
    const [product] = products;
    const merchant = current?.merchants.get(product?.merchant_id ?? '');
    if (!merchant || !product) return [];
    const author = { id: merchant.x_user_id, username: merchant.username, name: merchant.name };
    const titles = products.map((each) => each.title).join(', ');
    return [
      {
        id,
        author,
        text: `${titles}. Reply ${merchant.hashtags.add[0]} and it waits in your cart. First time? Link your account once: LINK`,
      },
    ];
  });
  await seedX(urls.x, posts, `${config.PUBLIC_URL}/link`);
  await connectDemo(context, urls.stripe);
  await invite(db, AGENT.email, 'agent', hashToken(randomToken()));
  const password = await hash(AGENT.password);
  await setPassword(db, AGENT.email, password);
  if (!current?.merchants.has(TILL.merchant)) return;
  await invite(db, TILL.email, 'agent', hashToken(randomToken()), TILL.merchant);
  await setPassword(db, TILL.email, password);
}

/** The demo merchant with an account of their own; the others sell by the platform's. */
const CONNECTED = 'kiln';

async function connectDemo(context: Context, stripeUrl: string): Promise<void> {
  if (!(await context.catalog())?.merchants.has(CONNECTED) || (await findPayee(context.db, CONNECTED)))
    return;
  const { payee } = await connectMerchant(context, CONNECTED);
  await finishAccount(stripeUrl, payee.account_id as string);
  await checkPayee(context, CONNECTED);
}

const port = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new InvalidArgumentError('must be a port, 1 to 65535');
  return number;
};

export function sandboxCommand(program: Command, shell: Shell): void {
  program
    .command('sandbox')
    .description('the stand-ins for X, Stripe and a mail server alone, to point another instance at')
    .option('--x-port <port>', 'X’s API and pages', port)
    .option('--stripe-port <port>', 'Stripe’s API and pages', port)
    .option('--mail-port <port>', 'what the mail server has received', port)
    .option('--smtp-port <port>', 'the mail server', port)
    .option('--webhook <url>', 'where Stripe’s events go')
    .addHelpText(
      'after',
      `
Prints the settings for the other instance. The stand-ins are empty: their control APIs make users and posts.

Example:
  replycart sandbox --x-port 9001 --stripe-port 9002 --smtp-port 9025 --webhook http://127.0.0.1:3000/webhooks/stripe`,
    )
    .action(
      (given: {
        xPort?: number;
        stripePort?: number;
        mailPort?: number;
        smtpPort?: number;
        webhook?: string;
      }) => runAlone(shell, given),
    );
}

interface Ports {
  xPort?: number;
  stripePort?: number;
  mailPort?: number;
  smtpPort?: number;
  webhook?: string;
}

async function runAlone(shell: Shell, given: Ports): Promise<void> {
  const config = shell.config();
  await using embedded = config.DATABASE_URL
    ? undefined
    : await openEmbedded(config.DATA_DIR, { say: (message) => shell.log().info(message) });
  await using sandbox = await startSandbox({
    databaseUrl: embedded?.url ?? config.DATABASE_URL,
    publicUrl: config.PUBLIC_URL,
    ...(given.webhook ? webhooksAt(given.webhook, config) : {}),
    credentials: credentialsOf(config),
    callbacks: [`${config.PUBLIC_URL}/link/callback`, `${config.PUBLIC_URL}/merchant/callback`],
    ports: { x: given.xPort, stripe: given.stripePort, mail: given.mailPort, smtp: given.smtpPort },
  });
  const settings = {
    ...sandbox.settings,
    X_AUTH_URL: sandbox.urls.x,
    X_BEARER_TOKEN: config.X_BEARER_TOKEN,
    X_CLIENT_ID: config.X_CLIENT_ID,
    X_CLIENT_SECRET: config.X_CLIENT_SECRET,
    STRIPE_SECRET_KEY: config.STRIPE_SECRET_KEY,
    STRIPE_WEBHOOK_SECRET: config.STRIPE_WEBHOOK_SECRET,
    STRIPE_CONNECT_WEBHOOK_SECRET: config.STRIPE_CONNECT_WEBHOOK_SECRET,
  };
  for (const [name, value] of Object.entries(settings)) print(`${name}=${value}`);
  print(`ready mail ${sandbox.urls.mail}`);
  await aborted(shell.signal);
}
