import type { Catalog, Merchant } from './catalog.ts';

/** A rule of a self-serve app has at most so many characters, and there are at most so many rules. */
export const RULE_LENGTH = 1024;
export const MOST_RULES = 1000;
/** What tags may take of a rule; the rest is for whom they are said to. */
const TAGS_SHARE = 0.6;

/**
 * What X is asked to deliver: replies with a merchant's tags that are said to the merchant, or stand anywhere in
 * the conversation below one of their product posts (a reply deep in a thread is said to somebody else); and, for
 * merchants who accept them, quotes of product posts. Each rule is at most `length` characters long.
 *
 * Diacritics must match exactly and case does not, so tags are written as the catalog has them.
 */
export function compileRules(catalog: Catalog, length = RULE_LENGTH): string[] {
  const rules = new Set<string>();
  for (const { tags, merchants } of groupByTags(catalog)) {
    const replies = merchants.flatMap(({ merchant, conversations }) => [
      `to:${merchant.x_user_id}`,
      ...conversations.map((id) => `conversation_id:${id}`),
    ]);
    const quotes = merchants.flatMap(({ merchant, posts }) =>
      merchant.accept_quotes ? posts.map((id) => `url:"${id}"`) : [],
    );
    for (const some of pack(tags, length * TAGS_SHARE)) {
      for (const rule of combine(`${some} is:reply -is:retweet`, replies, length)) rules.add(rule);
      for (const rule of combine(`${some} is:quote -is:retweet`, quotes, length)) rules.add(rule);
    }
  }
  return [...rules];
}

interface Addressed {
  merchant: Merchant;
  conversations: string[];
  posts: string[];
}

/** Merchants with the same tags share rules. */
function groupByTags(catalog: Catalog): Array<{ tags: string[]; merchants: Addressed[] }> {
  const groups = new Map<string, { tags: string[]; merchants: Addressed[] }>();
  for (const merchant of catalog.merchants.values()) {
    const own = (map: Catalog['offers']): string[] =>
      [...map]
        .filter(([, products]) => products.some((product) => product.merchant_id === merchant.id))
        .map(([id]) => id);
    const posts = own(catalog.offers);
    if (posts.length === 0) continue;
    const tags = Object.values(merchant.hashtags)
      .flat()
      .map((tag) => tag.replace(/^＃/, '#'));
    const key = [...tags].sort().join(' ');
    const group = groups.get(key) ?? { tags, merchants: [] };
    group.merchants.push({ merchant, conversations: own(catalog.conversations), posts });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Alternatives in groups, each as long as fits. */
function pack(alternatives: string[], length: number): string[] {
  const groups: string[][] = [];
  let room = 0;
  for (const alternative of alternatives) {
    const needed = alternative.length + ' OR '.length;
    if (needed > room || groups.length === 0) {
      groups.push([]);
      room = length - '()'.length;
    }
    groups.at(-1)?.push(alternative);
    room -= needed;
  }
  return groups.map((group) => (group.length === 1 ? (group[0] as string) : `(${group.join(' OR ')})`));
}

function combine(head: string, targets: string[], length: number): string[] {
  return pack(targets, length - head.length - 1).map((some) => `${head} ${some}`);
}
