import type { Context } from '../context.ts';
import { type Finding, isFault } from '../domain/post-check.ts';
import { readProductPosts } from './read-product-posts.ts';

/** Something that is wrong with a product post, by one merchant's catalog. */
export interface PostFault {
  post_id: string;
  merchant_id: string;
  username: string;
  finding: Finding;
  /** `fault`: no order can come from it. `warning`: it may be meant so. */
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
  return { checked: new Set(posts.map(({ post_id }) => post_id)).size, faults, not_asked };
}
