import type { Context } from '../context.ts';
import { grant, noteSpent } from '../db/spending.ts';
import { type Finding, isFault } from '../domain/post-check.ts';
import { MICRO_DOLLARS, PRICES } from '../x/prices.ts';
import { lookUpProfiles } from '../x/profiles.ts';
import { type ProductPost, readProductPosts } from './read-product-posts.ts';

/** Something that is wrong with a product post, by one merchant's catalog. */
export interface PostFault {
  post_id: string;
  merchant_id: string;
  username: string;
  /** `no_way`: neither it nor the merchant's profile tells newcomers where to link their account. */
  finding: Finding | 'no_way';
  /** `fault`: no order can come from it, or none of newcomers. `warning`: it may be meant so. */
  severity: 'fault' | 'warning';
}

/**
 * Asks X, within the day's budget, whether product posts of the applied catalog exist, are their merchant's, say what they
 * said, and tell readers what to reply. Changes nothing.
 *
 * @param post_ids by default all
 * @returns `not_asked`: the posts for which the budget was not enough
 * @throws XError
 */
export async function checkPosts(
  context: Pick<Context, 'db' | 'x' | 'config' | 'log'>,
  post_ids?: string[],
): Promise<{ checked: number; faults: PostFault[]; not_asked: string[] }> {
  const { posts, not_asked } = await readProductPosts(context, post_ids);
  const faults = posts.flatMap(({ post_id, merchant_id, username, findings }) =>
    findings.map(
      (finding): PostFault => ({
        post_id,
        merchant_id,
        username,
        finding,
        severity: isFault(finding, findings) ? 'fault' : 'warning',
      }),
    ),
  );
  const lost = await withoutWay(context, posts);
  faults.push(
    ...lost.map(
      ({ post_id, merchant_id, username }): PostFault => ({
        ...{ post_id, merchant_id, username },
        ...{ finding: 'no_way', severity: 'fault' },
      }),
    ),
  );
  return { checked: new Set(posts.map(({ post_id }) => post_id)).size, faults, not_asked };
}

/** Those by which newcomers do not find to us. Of profiles for which the budget is not enough nothing is said. */
async function withoutWay(
  { db, x, config }: Pick<Context, 'db' | 'x' | 'config'>,
  posts: ProductPost[],
): Promise<ProductPost[]> {
  const leadsHere = finderOf(new URL(config.PUBLIC_URL).host);
  const silent = posts.filter(
    ({ seen }) => seen && ![seen.text, ...(seen.links ?? [])].some((text) => leadsHere(text)),
  );
  const accounts = [...new Set(silent.map(({ x_user_id }) => x_user_id))];
  if (accounts.length === 0) return [];
  const [what, price, units] = ['profiles' as const, PRICES.user_read, accounts.length];
  const budget = config.X_DAILY_BUDGET_USD * MICRO_DOLLARS;
  const { granted } = await grant(db, { what, units, price, budget });
  const asked = accounts.slice(0, granted);
  let profiles = new Map<string, string>();
  try {
    if (asked.length > 0) profiles = await lookUpProfiles(x, asked);
  } finally {
    await noteSpent(db, { what, units: profiles.size - granted, price });
  }
  return silent.filter(
    ({ x_user_id }) => asked.includes(x_user_id) && !leadsHere(profiles.get(x_user_id) ?? ''),
  );
}

/** Finds the addresses of a host in a text, and not those of others whose names it is a part of. */
const finderOf =
  (host: string) =>
  (text: string): boolean =>
    text
      .toLowerCase()
      .split(/[^\w.@:-]+|:(?!\d)/)
      .some((name) => name === host || name === `${host}.`);
