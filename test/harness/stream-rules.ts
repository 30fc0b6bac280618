import fc from 'fast-check';
import { buildCatalog, type Catalog } from '../../src/domain/catalog.ts';
import type { Post } from '../../src/sandbox/x/posts.ts';
import { matches } from '../../src/sandbox/x/rule-matching.ts';
import { parseRule } from '../../src/sandbox/x/rule-parser.ts';

/** What a merchant offers: conversations in which product posts stand, each post the beginning of its own. */
export interface Offer {
  account: string;
  tags: string[];
  conversations: string[];
  accept_quotes?: boolean;
}

/** A catalog as the stream's rules see it. */
export function aCatalog(offers: Offer[], { bot }: { bot?: string } = {}): Catalog {
  return buildCatalog({
    version: '1',
    bot_id: bot,
    merchants: offers.map(({ account, tags, accept_quotes = false }, n) => ({
      id: `m${n}`,
      x_user_id: account,
      accept_quotes,
      hashtags: { add: tags.slice(0, 1), remove: tags.slice(1) },
    })) as never,
    products: offers.map((_, n) => ({ merchant_id: `m${n}`, sku: 'P' })) as never,
    post_products: offers.flatMap(({ conversations }, n) =>
      conversations.map((id) => ({
        post_id: id,
        merchant_id: `m${n}`,
        product_sku: 'P',
        conversation_id: id,
        price: null,
      })),
    ),
    exceptions: [],
    post_aliases: [],
    signed_in: [],
  });
}

const tags = fc.uniqueArray(
  fc.constantFrom(
    '#AddToCart',
    '#カートに入れる',
    '#أضف_للسلة',
    '#İstiyorum',
    '#ΚΑΛΑΘΙΟΣ',
    '#Straße',
    '#Añadir',
    '＃ＡｄｄＭｅ',
    '#addme',
    `#${'Long'.repeat(60)}`,
    `#${'Lang'.repeat(60)}`,
  ),
  { minLength: 1 },
);
const id = fc.bigInt(1n, 40n).map((n) => String(2_080_761_390_596_595_240n + n));

/** Merchants of whom some share an X account, tags or conversations. */
export const anyCatalog = fc.array(
  fc.record({
    account: fc.constantFrom('1', '1111111111111111111', '3333333333333333333'),
    tags,
    conversations: fc.uniqueArray(id, { minLength: 1, maxLength: 40 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A post with a tag; a reply to a stranger unless said otherwise. */
export function replyIn(given: {
  conversation?: string;
  tag: string;
  to?: string | null;
  author?: string;
  retweets?: string;
}): Post {
  const { conversation = '99', tag, to = '88', author = '55', retweets = null } = given;
  return {
    author_id: author,
    conversation_id: conversation,
    reply_to: to === null ? null : '66',
    in_reply_to_user_id: to,
    retweet_of: retweets,
    quote_of: null,
    entities: { hashtags: [{ start: 0, end: 1, tag: tag.replace(/^[#＃]/, '') }] },
  } as Post;
}

/** Whether X's stream delivers a post by any of the rules, read as the stand-in for X reads them. */
export function delivers(rules: string[], post: Post): boolean {
  const candidate = { post, contents: [post], exactAccents: true, usernameOf: () => undefined };
  return rules.some((rule) => matches(read(rule), candidate));
}

const known = new Map<string, ReturnType<typeof parseRule>>();
function read(rule: string): ReturnType<typeof parseRule> {
  const parsed = known.get(rule) ?? parseRule(rule, 'stream');
  known.set(rule, parsed);
  return parsed;
}
