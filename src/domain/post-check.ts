import type { Hashtags } from './catalog-file.ts';
import { foldTag } from './hashtags.ts';
import type { Post } from './post.ts';
import { amountsIn } from './text-prices.ts';

/**
 * What may be wrong with a product post.
 * missing: X shows it to nobody. foreign: somebody else wrote it. changed: it says something else than before.
 * no_tag: it does not say what to reply. price: it names amounts, and none is a price of what it offers.
 */
export const FINDINGS = ['missing', 'foreign', 'changed', 'no_tag', 'price'] as const;
export type Finding = (typeof FINDINGS)[number];

/** What a merchant offers with a post. */
export interface OfferedPost {
  post_id: string;
  merchant_id: string;
  x_user_id: string;
  hashtags: Hashtags;
  currency: string;
  /** In minor units. None where it offers a donation: such a post names amounts as it likes. */
  prices: number[];
}

/**
 * Compares a product post with what the catalog says of it.
 *
 * @param seen its newest version; `undefined`: X shows it to nobody
 * @param before what it said, as far as that is known
 */
export function checkPost(
  offered: OfferedPost,
  seen: Post | undefined,
  before: string | undefined,
): Finding[] {
  if (!seen) return ['missing'];
  const tags = new Set(orderTags(offered.hashtags).map(foldTag));
  const amounts = amountsIn(seen.text, offered.currency);
  const found: Record<Exclude<Finding, 'missing'>, boolean> = {
    foreign: seen.author_id !== offered.x_user_id,
    changed: before !== undefined && before !== seen.text,
    no_tag: !seen.tags.some((tag) => tags.has(foldTag(tag))),
    price:
      offered.prices.length > 0 &&
      amounts.length > 0 &&
      !amounts.some((amount) => offered.prices.includes(amount)),
  };
  return FINDINGS.filter((finding) => finding !== 'missing' && found[finding]);
}

/** The tags with which something is ordered, of whatever list: not those that take it back. */
export const orderTags = (hashtags: Hashtags): string[] =>
  Object.entries<string[]>({ ...hashtags }).flatMap(([list, tags]) =>
    list === 'remove' || list === 'stop' ? [] : tags,
  );

/** Whether no order can come from such a post, or it has become another post. The rest may be as the merchant wants it. */
export const isFault = (finding: Finding, all: readonly Finding[]): boolean =>
  finding === 'missing' || finding === 'foreign' || (finding === 'no_tag' && all.includes('changed'));
