import type { Post } from './posts.ts';
import type { XState } from './state.ts';
import type { User } from './users.ts';

/**
 * A reply's text as X writes it: before what its author typed come the mentions of whom they reply to and of
 * everybody whom that post mentions. Who typed the first of them wants the text as it is.
 *
 * @param exclude ids of users who are left out; the one replied to stays
 */
export function replyText(
  state: Pick<XState, 'users'>,
  author: User,
  parent: Post,
  text: string,
  exclude: string[] = [],
): string {
  const others = (parent.entities.mentions ?? []).map(({ id }) => id).filter((id) => !exclude.includes(id));
  const ids = new Set([parent.author_id, ...others]);
  ids.delete(author.id);
  const names = [...ids].flatMap((id) => state.users.get(id)?.username ?? []);
  const [first] = names;
  const begins = /^[@＠](\w+)/.exec(text)?.[1]?.toLowerCase();
  if (first === undefined || begins === first.toLowerCase()) return text;
  return [...names.map((name) => `@${name}`), text].join(' ');
}

/** Where a reply's own words begin, in UTF-16 units: after the mentions that stand before them. */
export const ownWordsBegin = (post: Post): number =>
  post.reply_to === null ? 0 : (/^(?:[@＠]\w{1,15} +)*/.exec(post.text)?.[0].length ?? 0);
