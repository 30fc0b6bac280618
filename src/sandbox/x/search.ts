import { inSearch } from './candidates.ts';
import { currentPosts, isVisible, type Post } from './posts.ts';
import { type Expression, matches } from './rule-matching.ts';
import { clausesOf } from './rule-parser.ts';
import { compareIds } from './snowflake.ts';
import type { XState } from './state.ts';

/** Which part of time is searched, both in instants and in ids. */
export interface SearchSpan {
  /** Inclusive. */
  from: Date;
  /** Exclusive. */
  to: Date;
  /** Only newer posts than this one. */
  sinceId?: string;
  /** Only older posts than this one. */
  untilId?: string;
}

/** Operators about what a post says. A query that has one is not answered with retweets. */
const ABOUT_TEXT = ['', '#', '@', '$', 'url'];

/** The posts that a query finds, the newest first, each in its newest version (X docs: recent search). */
export function searchPosts(
  state: Pick<XState, 'posts' | 'users'>,
  query: Expression,
  { from, to, sinceId, untilId }: SearchSpan,
): Post[] {
  const withoutRetweets = clausesOf(query).some(({ operator }) => ABOUT_TEXT.includes(operator));
  return currentPosts(state).filter((post) => {
    const time = Date.parse(post.created_at);
    return (
      time >= from.getTime() &&
      time < to.getTime() &&
      (sinceId === undefined || compareIds(post.id, sinceId) > 0) &&
      (untilId === undefined || compareIds(post.id, untilId) < 0) &&
      !(withoutRetweets && post.retweet_of !== null) &&
      isVisible(state, post) &&
      matches(query, inSearch(state, post))
    );
  });
}
