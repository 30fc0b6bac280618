import { agreesAndAuthorizes } from './linking.ts';
import type { Shopper } from './shoppers.ts';
import { becomes, followsThePostsLink, hashtagOf, opensTheAddress, post, replies } from './timeline.ts';
import type { Walker } from './walker.ts';

/** Somebody's replies to posts: words that only the post has, and what is said besides the hashtag. */
export type Replies = Array<{ to: string; saying?: string }>;

/** Replies, and waits for what becomes of each. @returns that */
export async function repliesTo(walker: Walker, wanted: Replies): Promise<string[]> {
  const outcomes: string[] = [];
  for (const { to, saying } of wanted) {
    const article = post(walker, to);
    const tag = await hashtagOf(article);
    outcomes.push(await replies(walker, article, [tag, saying].filter(Boolean).join(' ')));
  }
  return outcomes;
}

/** Somebody who replies first and then links their account, as the last post tells. */
export async function repliesAndLinks(walker: Walker, who: Shopper, wanted: Replies): Promise<void> {
  await opensTheAddress(walker);
  await becomes(walker, who);
  await repliesTo(walker, wanted);
  await followsThePostsLink(walker, post(walker, wanted.at(-1)?.to ?? ''));
  await agreesAndAuthorizes(walker);
}

/** Somebody who links their account before they have asked for anything. */
export async function linksFirst(walker: Walker, who: Shopper, words: string): Promise<void> {
  await opensTheAddress(walker);
  await becomes(walker, who);
  await followsThePostsLink(walker, post(walker, words));
  await agreesAndAuthorizes(walker);
}
