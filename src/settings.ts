import { z } from 'zod';

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
const web = url('http:', 'https:').transform((text) => text.replace(/(?<!\/)\/+$/, ''));
const secret = z.string().regex(/^\S+$/, 'must not hold spaces');
const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= minimum && n <= maximum, {
      error: `must be between ${minimum} and ${maximum}`,
    });

const amount = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,2})?$/, 'must be an amount of dollars, as 5 or 7.50')
  .transform(Number);

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
    description: 'The catalog: a file, or a folder of files, one for each merchant',
    shownDefault: './catalog.yaml; in the sandbox, without one, catalog.example.yaml',
  }),
  DOWNLOADS: setting(z.string().optional(), {
    description: 'The folder of the files that digital products bring; the catalog names files below it',
    shownDefault: './downloads; in the sandbox, downloads.example',
  }),
  PICTURES: setting(z.string().optional(), {
    description:
      'The folder of the pictures of products that are served here; the catalog names files below it',
    shownDefault: './pictures; in the sandbox, pictures.example',
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
  X_DAILY_BUDGET_USD: setting(amount.default(5), {
    description:
      'The most that lookups and public replies at X may cost a day (UTC), in US dollars: posts above replies, product posts that are read again, and what merchants’ accounts answer ($0.01 each, with an address $0.20). What the stream delivers is not limited by it',
  }),
  X_ENTERPRISE: setting(
    z
      .enum(['0', '1'])
      .default('0')
      .transform((text) => text === '1'),
    {
      description:
        '`1` where the X app has Enterprise access, which may reply to posts that do not mention the merchant’s account; others X refuses, so they are not tried',
    },
  ),
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
  STRIPE_CONNECT_WEBHOOK_SECRET: setting(secret.regex(/^whsec_/, 'must start with whsec_').optional(), {
    description:
      'The signing secret of the webhook endpoint `PUBLIC_URL/webhooks/stripe/connect`, which tells of merchants’ own accounts. Unset: Stripe is asked about them every hour',
    example: 'whsec_…',
    secret: true,
  }),
  PLATFORM_FEE_BPS: setting(wholeNumber(0, 10_000).default(500), {
    description:
      'The platform’s part of what merchants with an account of their own sell, in hundredths of a percent of the items: 500 is 5 %',
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
  OPERATOR_EMAIL: setting(
    z
      .string()
      .regex(/^[^\s@<>,]+@[^\s@<>,]+$/, 'must be a plain e-mail address')
      .optional(),
    {
      description: 'Where whoever runs this hears of disputes and fraud warnings. Unset: nowhere',
      example: 'ops@example.com',
    },
  ),
  MAIL_QUIET_SECONDS: setting(wholeNumber(0, 86_400).default(60), {
    description: 'After a mail, changes of a cart are gathered for so many seconds into the next one',
  }),
  REMINDER_QUIET_HOURS: setting(
    z
      .string()
      .regex(/^([01]?\d|2[0-3])-([01]?\d|2[0-3])$/, 'must be two hours of the day, as 21-9')
      .default('21-9'),
    {
      description:
        'From which hour to which no reminder is mailed, by the clock of the zone that the shopper chose, or of the merchant’s `timezone`. `0-0`: reminders come at any hour',
    },
  ),
  REMINDER_COOLDOWN_HOURS: setting(wholeNumber(1, 720).default(12), {
    description: 'A shopper gets at most one reminder in so many hours, over all merchants',
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
  BUY_NOW_UNDO_SECONDS: setting(wholeNumber(0, 3600).default(60), {
    description:
      'How long what a reply buys at once can be undone: counted from the moment in which the mail server has taken the mail that says so',
  }),
  HELD_DAYS: setting(wholeNumber(1, 365).default(7), {
    description: 'How long the replies of a shopper who has not linked yet are kept for them',
  }),
  PLACE_MINUTES: setting(wholeNumber(1, 1440).default(15), {
    description:
      'How long a piece that is short, or a place in its waiting line, is kept for a shopper who has not linked yet',
  }),
  LINK_DAYS: setting(wholeNumber(1, 365).default(30), {
    description: 'How long the link in a mail opens its cart or order',
  }),
  KEEP_TEXT_DAYS: setting(wholeNumber(1, 365).default(30), {
    description: 'How long what X delivered (the posts’ text) is kept',
  }),
  DELIVERY_DAYS: setting(wholeNumber(0, 365).default(14), {
    description:
      'When a shopper asks to be erased: how long after an order the name and address that it goes to are kept, to deliver it',
  }),
  LOG_LEVEL: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'), {
    description: 'How much is logged',
  }),
});

export type Settings = z.infer<typeof settings>;
export type SettingName = keyof Settings;

/** Everything that a setting's own schema and description say, for documentation and completeness checks. */
export function aboutSettings(): Array<{ name: SettingName; default?: unknown } & About> {
  return (Object.entries(settings.shape) as Array<[SettingName, z.ZodType]>).map(([name, type]) => ({
    name,
    ...(type.meta() as About),
    ...(type instanceof z.ZodDefault ? { default: type.def.defaultValue } : {}),
  }));
}
