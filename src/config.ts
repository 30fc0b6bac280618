import path from 'node:path';
import { ConfigError } from './errors.ts';
import { packageRoot } from './root.ts';
import { aboutSettings, type SettingName, type Settings, settings } from './settings.ts';

/** The settings as the program uses them: checked, with the defaults that depend on others filled in. */
export type Config = { [Name in SettingName]-?: NonNullable<Settings[Name]> } & {
  /** No X and no Stripe credential is set: stand-ins take their places, under credentials that are no secret. */
  sandbox: boolean;
  /** Payments are not real: the sandbox's, or a Stripe test key allowed by `ALLOW_TEST_PAYMENTS`. */
  testPayments: boolean;
};

/** What stands for credentials in the sandbox, where nothing is worth a secret. */
const SANDBOX_CREDENTIALS = {
  X_BEARER_TOKEN: 'sandbox-bearer-token',
  X_CLIENT_ID: 'sandbox-client-id',
  X_CLIENT_SECRET: 'sandbox-client-secret',
  STRIPE_SECRET_KEY: 'sk_test_sandbox',
  STRIPE_WEBHOOK_SECRET: 'whsec_sandbox',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'carts@replycart.example',
  SECRET_KEY: 'the-sandbox-has-no-secrets-at-all',
} satisfies Partial<Settings>;

/** Nobody is there: where the stand-ins are is known once they run. */
const NOWHERE = { X_API_URL: 'http://127.0.0.1:1', STRIPE_API_URL: 'http://127.0.0.1:1' };

/** Whether X and Stripe can be reached: in the sandbox only while its stand-ins run. */
export const reachesOutside = ({ STRIPE_API_URL }: Pick<Config, 'STRIPE_API_URL'>): boolean =>
  STRIPE_API_URL !== NOWHERE.STRIPE_API_URL;

const STRIPE_HOST = 'api.stripe.com';
const X_HOST = 'api.x.com';

/**
 * The settings from the environment.
 *
 * @throws ConfigError that names every fault at once, and never a secret's value
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty variable is an unset one: that is how .env files and process managers spell it.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);

  const about = aboutSettings();
  const isSet = (name: SettingName) => given[name] !== undefined;
  const credentials = about.filter((s) => s.credential === 'X' || s.credential === 'Stripe');
  const sandbox = !credentials.some((s) => isSet(s.name));
  if (sandbox) {
    for (const name of ['X_API_URL', 'X_AUTH_URL', 'STRIPE_API_URL'] as const) {
      if (isSet(name)) faults.push(`${name} is set, but no X or Stripe credential is: set them, or unset it`);
    }
  } else {
    for (const { name, credential } of about) {
      if (credential && !isSet(name)) {
        faults.push(
          `${name} is missing (${credentials
            .filter((s) => isSet(s.name))
            .map((s) => s.name)
            .join(', ')} set: this is not the sandbox)`,
        );
      }
    }
    if (!isSet('DATABASE_URL') && !isSet('DATA_DIR')) {
      faults.push('DATABASE_URL is missing (or set DATA_DIR, to keep the embedded PostgreSQL on purpose)');
    }
  }
  if (!parsed.success) throw configError(faults);

  const values = parsed.data;
  const testPayments = sandbox || /^[sr]k_test_/.test(values.STRIPE_SECRET_KEY ?? '');
  if (
    !sandbox &&
    testPayments &&
    !values.ALLOW_TEST_PAYMENTS &&
    new URL(values.X_API_URL).hostname === X_HOST &&
    new URL(values.STRIPE_API_URL).hostname === STRIPE_HOST
  ) {
    faults.push(
      'STRIPE_SECRET_KEY is a test key while X is the real one: shoppers would pay with play money. Set a live key, or ALLOW_TEST_PAYMENTS=1',
    );
  }
  if (faults.length > 0) throw configError(faults);

  return {
    DATABASE_URL: '',
    REDIS_URL: '',
    OPERATOR_EMAIL: '',
    CATALOG: './catalog.yaml',
    DOWNLOADS: sandbox ? path.join(packageRoot, 'downloads.example') : './downloads',
    PICTURES: sandbox ? path.join(packageRoot, 'pictures.example') : './pictures',
    PUBLIC_URL: `http://localhost:${values.PORT}`,
    STRIPE_CONNECT_WEBHOOK_SECRET: sandbox ? 'whsec_sandbox_connect' : '',
    ...SANDBOX_CREDENTIALS,
    ...values,
    ...(sandbox ? NOWHERE : {}),
    sandbox,
    testPayments,
  };
}

function configError(faults: string[]): ConfigError {
  const lines = faults.map((fault) => `  - ${fault}`).join('\n');
  return new ConfigError(
    `${faults.length} fault(s) in the settings:\n${lines}\nThe README lists all settings.`,
  );
}
