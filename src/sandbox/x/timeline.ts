import { authorOf, type Post } from './posts.ts';
import type { XState } from './state.ts';

/** A post as the control API shows it: its text is whole and not escaped. */
export function timelineEntry(state: Pick<XState, 'posts' | 'users'>, post: Post) {
  const { id, username, name } = authorOf(state, post);
  const parent = post.reply_to === null ? undefined : state.posts.get(post.reply_to);
  return {
    id: post.id,
    text: post.text,
    created_at: post.created_at,
    deleted: post.deleted_at !== null,
    /** Whether this is the post's newest version. */
    current: post.edit_history.at(-1) === post.id,
    author: { id, username, name },
    reply_to: parent
      ? {
          id: parent.id,
          author: authorOf(state, parent).username,
          text: parent.text,
          deleted: parent.deleted_at !== null,
        }
      : null,
    quote_of: post.quote_of,
    retweet_of: post.retweet_of,
    conversation_id: post.conversation_id,
    edit_history: post.edit_history,
  };
}
