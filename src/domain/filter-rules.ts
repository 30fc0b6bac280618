import type { Catalog, Merchant } from './catalog.ts';
import { compareIds } from './snowflake.ts';
import { asXCompares, spellingsOf } from './tag-spellings.ts';

/** A rule of a self-serve app has at most so many characters, and there are at most so many rules (X docs: filtered stream). */
export const RULE_LENGTH = 1024;
export const MOST_RULES = 1000;
/** What tags may take of a rule; the rest is for whom they are said to. */
const TAGS_SHARE = 0.6;

/** How a tag is written in rules: without the number sign, as X compares it. */
export type Spell = (tag: string) => string[];

/** A tag as its merchant wrote it, and no other way. */
export const asWritten: Spell = (tag) => [asXCompares(tag)];

/** A rule before it is written: posts with any of the head's tags that go to any of the targets. */
export interface RuleParts {
  head: string;
  targets: string[];
}

/**
 * What X is asked to deliver: replies with a merchant's tags that are said to the merchant, or stand anywhere in
 * the conversation below one of their product posts (a reply deep in a thread is said to somebody else); and, for
 * merchants who accept them, quotes of product posts. Each target is named once with each tag, also where several
 * merchants share an X account or a conversation. The targets that matter most come first: accounts, then the newest posts.
 *
 * @param length of the rules that these parts are for
 */
export function wantedParts(catalog: Catalog, length = RULE_LENGTH, spell: Spell = spellingsOf): RuleParts[] {
  const bot = catalog.bot_id ? ` -from:${catalog.bot_id}` : '';
  return [
    ...partsFor(targetsOf(catalog, [accounts, conversations]), `is:reply -is:retweet${bot}`),
    ...partsFor(targetsOf(catalog, [quotedPosts]), `is:quote -is:retweet${bot}`),
  ];

  function partsFor(wanted: Map<string, Set<string>>, kind: string): RuleParts[] {
    const byTags = new Map<string, { tags: Set<string>; targets: string[] }>();
    for (const [target, tags] of wanted) {
      const key = [...tags].sort().join(' ');
      const group = byTags.get(key) ?? { tags, targets: [] };
      group.targets.push(target);
      byTags.set(key, group);
    }
    const byHead = new Map<string, string[]>();
    for (const { tags, targets } of byTags.values()) {
      const spellings = new Set([...tags].flatMap(spell).map((tag) => `#${tag}`));
      for (const some of pack([...spellings].sort(), length * TAGS_SHARE)) {
        const head = `${anyOf(some)} ${kind}`;
        byHead.set(head, [...(byHead.get(head) ?? []), ...targets]);
      }
    }
    return [...byHead].map(([head, targets]) => ({ head, targets }));
  }
}

/** Parts that are each as long as fits into a rule. */
export const packParts = (parts: RuleParts[], length = RULE_LENGTH): RuleParts[] =>
  parts.flatMap(({ head, targets }) =>
    pack(targets, roomFor(head, length)).map((some) => ({ head, targets: some })),
  );

/** All that is wanted as rules, or as queries for recent search, packed anew. */
export const compileRules = (catalog: Catalog, length = RULE_LENGTH, spell?: Spell): string[] =>
  packParts(wantedParts(catalog, length, spell), length).map(writeRule);

export const writeRule = ({ head, targets }: RuleParts): string => `${head} ${anyOf(targets)}`;

/** Takes a rule of ours apart; `undefined` where it is none that could be ours. */
export function readRule(value: string): RuleParts | undefined {
  const [, head, targets] = /^(.* -is:retweet(?: -from:\d+)?) \(?([^()]+)\)?$/su.exec(value) ?? [];
  return head && targets ? { head, targets: targets.split(' OR ') } : undefined;
}

/** The tags of a head, as the rules write them. */
export const tagsOfHead = (head: string): string[] => head.match(/#[^\s()]+/gu) ?? [];

/** How many characters are left for targets. */
export const roomFor = (head: string, length = RULE_LENGTH): number => length - lengthOf(head) - ' '.length;

/** Alternatives in groups, each as long as fits. */
export function pack(alternatives: string[], length: number): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const alternative of alternatives) {
    const needed = lengthOf(alternative) + ' OR '.length;
    if (needed > room || groups.length === 0) {
      groups.push([]);
      room = length - '()'.length + ' OR '.length;
    }
    groups.at(-1)?.push(alternative);
    room -= needed;
  }
  return groups;
}

/** X counts characters, not the units that JavaScript counts. */
export const lengthOf = (text: string): number => [...text].length;

export const anyOf = (alternatives: string[]): string =>
  alternatives.length === 1 ? (alternatives[0] as string) : `(${alternatives.join(' OR ')})`;

/** The posts and conversations of a merchant, the newest first. */
interface Places {
  merchant: Merchant;
  conversations: string[];
  posts: string[];
}

type Targets = (places: Places) => string[];
const accounts: Targets = ({ merchant }) => [`to:${merchant.x_user_id}`];
const conversations: Targets = (places) => places.conversations.map((id) => `conversation_id:${id}`);
const quotedPosts: Targets = ({ merchant, posts }) =>
  merchant.accept_quotes ? posts.map((id) => `url:"${id}"`) : [];

/** The tags that each target is wanted with. */
function targetsOf(catalog: Catalog, kinds: Targets[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  const places = placesOf(catalog);
  for (const targets of kinds) {
    for (const place of places) {
      for (const target of targets(place)) {
        const tags = wanted.get(target) ?? new Set();
        for (const tag of tagsOf(place.merchant)) tags.add(tag);
        wanted.set(target, tags);
      }
    }
  }
  return wanted;
}

/** A merchant's tags, whatever they do: X only has to deliver them. */
export const tagsOf = ({ hashtags }: Merchant): string[] => Object.values<string[]>({ ...hashtags }).flat();

/** Where replies to merchants stand. Merchants without product posts have none. */
function placesOf(catalog: Catalog): Places[] {
  const threads = idsByMerchant(catalog.conversations);
  const posts = idsByMerchant(catalog.offers);
  return [...catalog.merchants.values()].flatMap((merchant) => {
    const own = posts.get(merchant.id);
    return own ? [{ merchant, posts: own, conversations: threads.get(merchant.id) ?? [] }] : [];
  });
}

function idsByMerchant(offers: Catalog['offers']): Map<string, string[]> {
  const ids = new Map<string, Set<string>>();
  for (const [id, products] of offers)
    for (const { merchant_id } of products) ids.set(merchant_id, (ids.get(merchant_id) ?? new Set()).add(id));
  return new Map([...ids].map(([merchant, own]) => [merchant, [...own].sort((a, b) => compareIds(b, a))]));
}
