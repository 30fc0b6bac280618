import { ControlError } from './control-error.ts';
import { livePost, type Post, written } from './posts.ts';
import type { XState } from './state.ts';

const EDITABLE_MS = 30 * 60_000;
const MOST_EDITS = 5;

/** Until when a post may be edited, and how often still (X docs: edit posts). */
export function editControls(state: Pick<XState, 'posts' | 'clock'>, post: Post) {
  const until = Date.parse(first(state, post).created_at) + EDITABLE_MS;
  const edits_remaining = MOST_EDITS + 1 - post.edit_history.length;
  const isOwnThread = post.reply_to === null || post.in_reply_to_user_id === post.author_id;
  return {
    edits_remaining,
    is_edit_eligible: isOwnThread && post.retweet_of === null,
    editable_until: new Date(until).toISOString(),
  };
}

/**
 * Edits a post: the new version is a post with an id of its own, and every version knows all the others.
 *
 * @param id of any version
 * @throws ControlError where X lets nobody edit: replies to others, after half an hour, a sixth time
 */
export function editPost(state: XState, id: string, text: string): Post {
  const named = livePost(state, id);
  const post = livePost(state, named.edit_history.at(-1) as string);
  const { is_edit_eligible, edits_remaining, editable_until } = editControls(state, post);
  if (!is_edit_eligible)
    throw new ControlError(400, 'X lets nobody edit a reply to somebody else, or a retweet');
  if (state.clock.now() >= new Date(editable_until))
    throw new ControlError(400, `This post could be edited until ${editable_until}`);
  if (edits_remaining === 0) throw new ControlError(400, `A post can be edited ${MOST_EDITS} times`);
  const newId = state.newId();
  const edit_history = [...post.edit_history, newId];
  for (const version of versions(state, post)) state.posts.set(version.id, { ...version, edit_history });
  const quoted = post.quote_of === null ? undefined : state.posts.get(post.quote_of);
  const edited: Post = {
    ...post,
    ...written(state, text, quoted),
    id: newId,
    created_at: state.clock.now().toISOString(),
    edit_history,
  };
  state.posts.set(newId, edited);
  return edited;
}

/** Deletes a post: all its versions go, and with them its retweets. @throws ControlError */
export function deletePost(state: XState, id: string): void {
  const chain = new Set(livePost(state, id).edit_history);
  const deleted_at = state.clock.now().toISOString();
  for (const post of state.posts.values()) {
    const goes = chain.has(post.id) || (post.retweet_of !== null && chain.has(post.retweet_of));
    if (goes && post.deleted_at === null) state.posts.set(post.id, { ...post, deleted_at });
  }
}

const versions = (state: Pick<XState, 'posts'>, post: Post): Post[] =>
  post.edit_history.map((id) => state.posts.get(id) as Post);

const first = (state: Pick<XState, 'posts'>, post: Post): Post => versions(state, post)[0] as Post;
