import type { Wanted } from './fields.ts';
import { postPayload } from './post-payload.ts';
import { isVisible, type Post } from './posts.ts';
import type { XState } from './state.ts';
import { userPayload } from './user-payload.ts';

interface Includes {
  users?: Array<Record<string, unknown>>;
  tweets?: Array<Record<string, unknown>>;
}

/** The users and posts that posts refer to, as far as the client asked for them (X docs: expansions). */
export function includesOf(
  state: Pick<XState, 'posts' | 'users' | 'clock'>,
  posts: Post[],
  { expansions, post: postFields, user: userFields }: Wanted,
): { includes?: Includes } {
  const wants = (expansion: string): boolean => expansions.includes(expansion);
  const referenced = posts
    .flatMap((post) => [post.retweet_of, post.quote_of, post.reply_to])
    .flatMap((id) => (id === null ? [] : (state.posts.get(id) ?? [])))
    .filter((post) => isVisible(state, post));
  const userIds = [
    ...(wants('author_id') ? posts.map((post) => post.author_id) : []),
    ...(wants('in_reply_to_user_id') ? posts.flatMap((post) => post.in_reply_to_user_id ?? []) : []),
    ...(wants('referenced_tweets.id.author_id') ? referenced.map((post) => post.author_id) : []),
  ];
  const users = [...new Set(userIds)].flatMap((id) => state.users.get(id) ?? []);
  const tweets =
    wants('referenced_tweets.id') || wants('referenced_tweets.id.author_id') ? new Set(referenced) : [];
  const includes: Includes = {
    ...(users.length > 0 && { users: users.map((user) => userPayload(user, userFields)) }),
    ...([...tweets].length > 0 && {
      tweets: [...tweets].map((post) => postPayload(state, post, postFields)),
    }),
  };
  return Object.keys(includes).length > 0 ? { includes } : {};
}
