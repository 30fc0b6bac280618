import { z } from 'zod';
import { type CatalogFile, readPostAddress } from '../domain/catalog-file.ts';
import type { OutcomeKind, OutcomeReason } from '../domain/outcome.ts';
import { isId } from '../domain/snowflake.ts';

const OUTCOMES = Object.keys({
  added: 0,
  set: 0,
  removed: 0,
  unchanged: 0,
  waitlisted: 0,
  held: 0,
  bought: 0,
  asked: 0,
  refused: 0,
  helped: 0,
  ignored: 0,
  failed: 0,
} satisfies Record<OutcomeKind, 0>);

const REASONS = Object.keys({
  already_in_cart: 0,
  not_in_cart: 0,
  seen_before: 0,
  which_product: 0,
  unknown_option: 0,
  conflicting_option: 0,
  missing_option: 0,
  conflicting_quantity: 0,
  conflicting_tags: 0,
  over_limit: 0,
  invalid_quantity: 0,
  paused: 0,
  not_started: 0,
  ended: 0,
  sold_out: 0,
  quota: 0,
  no_trigger: 0,
  retweet: 0,
  bot_self: 0,
  quote: 0,
  not_a_reply: 0,
  opted_out: 0,
  not_a_product: 0,
  merchant_self: 0,
  negated: 0,
  missing_amount: 0,
  unclear_amount: 0,
  other_currency: 0,
  amount_bounds: 0,
} satisfies Record<OutcomeReason, 0>);

const line = z.object({ sku: z.string(), quantity: z.int().min(1) });
const id = z.string().refine(isId, 'must be an id of X, in quotes');
const EXPECT =
  'must be an outcome, as "added", "asked: missing_option", "added MUG x2, TEE-RED-M" or "added FUND of 25.00"';
const expectation = z.unknown().transform(readExpectation).optional();

const common = {
  id: z.union([z.int(), z.string()]).optional(),
  cart: z.array(line.extend({ post_id: id.optional() })).default([]),
  linked: z.boolean().default(true),
  expect: expectation,
};

/** A line of a rehearsal: a post as X's stream delivers it, and what else is so when it comes. */
const longLine = z.object({
  ...common,
  post: z.unknown(),
  posts: z.array(z.unknown()).default([]),
  accept_quotes: z.boolean().optional(),
  redelivery: z.boolean().default(false),
});

/** The same in short: a text, said to a product post. */
const shortLine = z.strictObject({
  ...common,
  to: z
    .string()
    .transform((given) => readPostAddress(given)?.id ?? given)
    .pipe(
      z
        .string()
        .refine(isId, 'must be the address of a post, as https://x.com/shop/status/2080761390596595240'),
    ),
  text: z.string('must be the text of the reply'),
  from: z.string().optional(),
});

export type Rehearsal = z.infer<typeof longLine>;

/** Whoever replies, unless the line names a merchant or the bot. */
const SHOPPER_ID = '4000000000000000001';
/** X's ids count milliseconds in their upper bits: a reply is written right after what it replies to. */
const ONE_MILLISECOND = 1n << 22n;

/** Reads a line of either form. @throws Error that says what is wrong with it, and what to write */
export function readRehearsal(given: unknown, file: CatalogFile): Rehearsal {
  if (typeof given === 'object' && given !== null && 'post' in given) return parse(longLine, given);
  const { to, text, from, ...rest } = parse(shortLine, given);
  const post = {
    data: {
      id: String(BigInt(to) + ONE_MILLISECOND),
      text,
      author_id: authorOf(from, file),
      conversation_id: to,
      referenced_tweets: [{ type: 'replied_to', id: to }],
    },
  };
  return { ...rest, post, posts: [], redelivery: false };
}

function parse<T extends z.ZodType>(type: T, given: unknown): z.infer<T> {
  const parsed = type.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues
      .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(' '))
      .join('; '),
  );
}

/** Who replies: an id, or the handle of a merchant or the bot; anybody else is a shopper. */
function authorOf(from: string | undefined, { merchants, bot }: CatalogFile): string {
  if (from !== undefined && isId(from)) return from;
  const handle = from?.replace(/^@/, '').toLowerCase();
  const known = [...merchants.map(({ x }) => x), ...(bot ? [bot] : [])];
  return known.find(({ username }) => username.toLowerCase() === handle)?.user_id ?? SHOPPER_ID;
}

/** What is compared. An object names all that became of the reply, but for keys that it leaves out. */
function readExpectation(given: unknown, context: z.RefinementCtx): Record<string, unknown> | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return readShortExpectation(given, context);
  if (typeof given === 'object' && given !== null) return { lines: [], waitlist: [], ...given };
  fault(context, EXPECT);
  return undefined;
}

/** "added MUG x2": an outcome, its reason, its lines. What is not said is not compared. */
function readShortExpectation(text: string, context: z.RefinementCtx): Record<string, unknown> {
  const [, outcome = '', reason, said] = /^(\w+)(?:: *(\w+))?(?: +(\S.*))?$/.exec(text.trim()) ?? [];
  const lines = said
    ?.split(',')
    .map((part) => /^(\S+)(?: +x(\d{1,7})| +of +(\d+(?:\.\d+)?))?$/.exec(part.trim()));
  if (!OUTCOMES.includes(outcome)) fault(context, `must begin with one of: ${OUTCOMES.join(', ')}`);
  else if (reason !== undefined && !REASONS.includes(reason))
    fault(context, `must have one of these behind the colon: ${REASONS.join(', ')}`);
  else if (lines?.some((each) => each === null)) fault(context, EXPECT);
  const amount = lines?.map((each) => each?.[3]).find((each) => each !== undefined);
  const read = lines?.map((each) => ({ sku: each?.[1], quantity: Number(each?.[2] ?? 1) }));
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(read ? { [outcome === 'waitlisted' ? 'waitlist' : 'lines']: read } : {}),
    ...(amount === undefined ? {} : { amount }),
  };
}

const fault = (context: z.RefinementCtx, message: string): void =>
  context.addIssue({ code: 'custom', message });
