import { cashtagsIn } from './mentions.ts';
import { weightOf } from './post-length.ts';
import { authorOf, type Post } from './posts.ts';
import { forbidden, invalidRequest } from './problems.ts';
import { DAY_MS } from './rate-limits.ts';
import type { XState } from './state.ts';
import type { User } from './users.ts';

type Posts = Pick<XState, 'posts' | 'users' | 'clock'>;

const DUPLICATE = 'You are not allowed to create a Tweet with duplicate content.';
const NOT_SUMMONED =
  'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.';
const NOT_QUOTABLE =
  'Quoting this post is not allowed because you have not been mentioned or otherwise engaged by the author of the post.';
const GONE = 'You attempted to reply to a Tweet that is deleted or not visible to you.';

/**
 * Whether an app may reply for a user: only where the author of the post has called that user, by a mention or
 * by quoting a post of theirs (X docs: manage posts, self-serve access since 2026-02-23).
 *
 * @throws Refusal
 */
export function refuseUnlessMayReply(state: Posts, replier: User, parentId: string): void {
  const parent = visible(state, replier, parentId);
  if (parent.retweet_of !== null) throw forbidden(GONE);
  const mayReply = parent.reply_settings === 'everyone' || mentions(parent, replier);
  const isOwn = parent.author_id === replier.id;
  if (!isOwn && !(mayReply && isSummoned(state, parent, replier))) throw forbidden(NOT_SUMMONED);
}

/** @throws Refusal */
export function refuseUnlessMayQuote(state: Posts, quoter: User, quotedId: string): void {
  const quoted = visible(state, quoter, quotedId);
  if (quoted.author_id !== quoter.id && !isSummoned(state, quoted, quoter)) throw forbidden(NOT_QUOTABLE);
}

/** @param text as the app sent it @throws Refusal where it is empty, too long or has a second cashtag */
export function refuseText(text: string, longest: number): void {
  if (text.trim() === '') throw invalidRequest('Your Tweet text is empty.', { text: [text] });
  if (weightOf(text) > longest)
    throw invalidRequest(
      'Your Tweet text is too long. For more on how we count characters, see https://docs.x.com.',
      {
        text: [text],
      },
    );
  if (cashtagsIn(text).length > 1) throw forbidden('A Tweet can have at most one cashtag.');
}

/** @param text with the mentions before it @throws Refusal where its author said the same in the last day */
export function refuseDuplicate(state: Posts, author: User, text: string): void {
  const since = state.clock.now().getTime() - DAY_MS;
  const said = state.posts
    .values()
    .some(
      (post) =>
        post.author_id === author.id &&
        post.deleted_at === null &&
        post.text === text &&
        Date.parse(post.created_at) > since,
    );
  if (said) throw forbidden(DUPLICATE);
}

function visible(state: Posts, viewer: User, id: string): Post {
  const post = state.posts.get(id);
  const isHidden = post && authorOf(state, post).protected && post.author_id !== viewer.id;
  if (!post || post.deleted_at !== null || isHidden) throw forbidden(GONE);
  return post;
}

const mentions = (post: Post, user: User): boolean =>
  post.entities.mentions?.some(({ id }) => id === user.id) ?? false;

function isSummoned(state: Posts, post: Post, user: User): boolean {
  const quoted = post.quote_of === null ? undefined : state.posts.get(post.quote_of);
  return mentions(post, user) || quoted?.author_id === user.id;
}
