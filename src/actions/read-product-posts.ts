import type { Context } from '../context.ts';
import { offeredPosts } from '../db/posts.ts';
import type { Post } from '../domain/post.ts';
import { checkPost, type Finding } from '../domain/post-check.ts';
import { storable } from '../domain/text.ts';
import { type Answers, lookUpWithinBudget } from './look-up.ts';

/** X's longest posts. */
const LONGEST_TEXT = 25_000;

type Needs = Pick<Context, 'db' | 'x' | 'config' | 'log'>;

/** A product post as X shows it now, compared with what one merchant's catalog says of it. */
export interface ProductPost {
  post_id: string;
  merchant_id: string;
  /** Of the merchant's account. */
  x_user_id: string;
  username: string;
  /** Its newest version; `undefined`: X shows it to nobody. */
  seen: Post | undefined;
  findings: Finding[];
  /** What was found when it was last read. */
  before: Finding[];
  /** X has shown it before. */
  was_seen: boolean;
}

/**
 * Reads product posts at X, as far as the day's budget allows: one entry for each merchant who offers something with
 * a post. Of an edited post the newest version counts.
 *
 * @param ids by default all
 * @throws XError
 */
export async function readProductPosts(
  context: Needs,
  ids?: string[],
): Promise<{ posts: ProductPost[]; not_asked: string[] }> {
  const offers = await offeredPosts(context.db, ids);
  const wanted = [...new Set(offers.map(({ post_id }) => post_id))];
  const asked = new Map((await lookUpWithinBudget(context, wanted, 'posts')).map(asStored));
  const edited = [...asked.values()].flatMap((post) => {
    const newest = post?.edit_history.at(-1);
    return newest === undefined || newest === post?.id ? [] : [newest];
  });
  const newest = new Map((await lookUpWithinBudget(context, edited, 'posts')).map(asStored));
  const posts = offers
    .filter(({ post_id }) => asked.has(post_id))
    .map((offered): ProductPost => {
      const { post_id, merchant_id, x_user_id, username, text, findings: before } = offered;
      const registered = asked.get(post_id);
      const seen = newest.get(registered?.edit_history.at(-1) ?? '') ?? registered;
      const findings = checkPost(offered, seen, text ?? registered?.text);
      return { post_id, merchant_id, x_user_id, username, seen, findings, before, was_seen: text !== null };
    });
  return { posts, not_asked: wanted.filter((id) => !asked.has(id)) };
}

/** Texts are compared with those that the database keeps. */
const asStored = ([id, post]: Answers[number]): Answers[number] => [
  id,
  post && { ...post, text: storable(post.text, LONGEST_TEXT) },
];
