import { z } from 'zod';
import { ConfigError } from './errors.ts';

const url = (...protocols: string[]) =>
  z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol);
      } catch {
        return false;
      }
    },
    { error: `must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}` },
  );
const web = url('http:', 'https:').transform((text) => text.replace(/\/+$/, ''));
const secret = z.string().regex(/^\S+$/, 'must not hold spaces');
const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= minimum && n <= maximum, {
      error: `must be between ${minimum} and ${maximum}`,
    });

/** What the settings' reference (README) and `.env.example` say of a setting. */
interface About {
  description: string;
  example?: string;
  /** Shown for a default that the schema cannot state, because it depends on other settings. */
  shownDefault?: string;
  /** Its value is never printed. */
  secret?: boolean;
  /** Must be set as soon as one X or Stripe credential is: nobody sells for play money by a typo. */
  credential?: 'X' | 'Stripe' | 'other';
}

const setting = <T extends z.ZodType>(type: T, about: About): T => type.meta({ ...about });

/** Every setting, once: checks, types, `.env.example` and the README's table all come from here. */
export const settings = z.object({
  DATABASE_URL: setting(url('postgres:', 'postgresql:').optional(), {
    description:
      'PostgreSQL 15 or newer. Unset: an embedded PostgreSQL under `DATA_DIR`, which `start` keeps running',
    example: 'postgres://replycart:password@db.internal:5432/replycart',
    secret: true,
  }),
  REDIS_URL: setting(url('redis:', 'rediss:').optional(), {
    description:
      'Redis or Valkey 6.2 or newer for the queues. Unset: the queues live in the PostgreSQL database',
    example: 'redis://cache.internal:6379',
    secret: true,
  }),
  DATA_DIR: setting(z.string().default('./data'), {
    description: 'Where the embedded PostgreSQL keeps its data',
  }),
  CATALOG: setting(z.string().optional(), {
    description: 'The catalog file',
    shownDefault: './catalog.yaml; in the sandbox, without one, catalog.example.yaml',
  }),
  PORT: setting(wholeNumber(1, 65_535).default(3000), { description: 'Port of the web server' }),
  PUBLIC_URL: setting(web.optional(), {
    description: 'The address under which shoppers reach the web server',
    shownDefault: 'http://localhost:<PORT>',
    example: 'https://cart.example.com',
    credential: 'other',
  }),
  X_BEARER_TOKEN: setting(secret.optional(), {
    description: 'The X app’s bearer token: reads the stream',
    secret: true,
    credential: 'X',
  }),
  X_CLIENT_ID: setting(secret.optional(), {
    description: 'The X app’s OAuth 2.0 client id: lets shoppers sign in',
    credential: 'X',
  }),
  X_CLIENT_SECRET: setting(secret.optional(), {
    description: 'The X app’s OAuth 2.0 client secret',
    secret: true,
    credential: 'X',
  }),
  X_API_URL: setting(web.default('https://api.x.com'), { description: 'X’s API' }),
  X_AUTH_URL: setting(web.default('https://x.com'), { description: 'Where X asks shoppers for consent' }),
  STRIPE_SECRET_KEY: setting(secret.regex(/^[sr]k_/, 'must start with sk_ or rk_').optional(), {
    description: 'Stripe’s secret key',
    example: 'sk_live_…',
    secret: true,
    credential: 'Stripe',
  }),
  STRIPE_WEBHOOK_SECRET: setting(secret.regex(/^whsec_/, 'must start with whsec_').optional(), {
    description: 'The signing secret of the webhook endpoint `PUBLIC_URL/webhooks/stripe`',
    example: 'whsec_…',
    secret: true,
    credential: 'Stripe',
  }),
  STRIPE_API_URL: setting(web.default('https://api.stripe.com'), { description: 'Stripe’s API' }),
  ALLOW_TEST_PAYMENTS: setting(
    z
      .enum(['0', '1'])
      .default('0')
      .transform((text) => text === '1'),
    {
      description:
        '`1` lets a Stripe test key serve shoppers from the real X; every page and mail then says TEST',
    },
  ),
  SMTP_URL: setting(url('smtp:', 'smtps:').optional(), {
    description: 'The mail server that takes our mail',
    example: 'smtps://user:password@smtp.example.com:465',
    secret: true,
    credential: 'other',
  }),
  MAIL_FROM: setting(
    z
      .string()
      .regex(/^[^\s@<>,]+@[^\s@<>,]+$/, 'must be a plain e-mail address')
      .optional(),
    {
      description: 'The address that our mail comes from; the name before it is the merchant’s',
      example: 'carts@example.com',
      credential: 'other',
    },
  ),
  MAIL_QUIET_SECONDS: setting(wholeNumber(0, 86_400).default(60), {
    description: 'After a mail, changes of a cart are gathered for so many seconds into the next one',
  }),
  SECRET_KEY: setting(
    secret
      .refine((text) => text.split(',').every((key) => key.length >= 32), {
        error: 'every key must have at least 32 characters',
      })
      .optional(),
    {
      description:
        'Signs links and seals cookies. To change it, put the new key first and keep the old one after a comma',
      example: 'the output of: openssl rand -hex 32',
      secret: true,
      credential: 'other',
    },
  ),
  HELD_DAYS: setting(wholeNumber(1, 365).default(7), {
    description: 'How long the replies of a shopper who has not linked yet are kept for them',
  }),
  LINK_DAYS: setting(wholeNumber(1, 365).default(30), {
    description: 'How long the link in a mail opens its cart',
  }),
  KEEP_TEXT_DAYS: setting(wholeNumber(1, 365).default(30), {
    description: 'How long what X delivered (the posts’ text) is kept',
  }),
  LOG_LEVEL: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'), {
    description: 'How much is logged',
  }),
});

type Settings = z.infer<typeof settings>;
type SettingName = keyof Settings;

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

/** Everything that a setting's own schema and description say, for documentation and completeness checks. */
export function aboutSettings(): Array<{ name: SettingName; default?: unknown } & About> {
  return (Object.entries(settings.shape) as Array<[SettingName, z.ZodType]>).map(([name, type]) => ({
    name,
    ...(type.meta() as unknown as About),
    ...(type instanceof z.ZodDefault ? { default: type.def.defaultValue } : {}),
  }));
}

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
    CATALOG: './catalog.yaml',
    PUBLIC_URL: `http://localhost:${values.PORT}`,
    ...SANDBOX_CREDENTIALS,
    ...values,
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
