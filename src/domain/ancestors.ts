import type { Catalog } from './catalog.ts';
import { foldTag } from './hashtags.ts';
import { DEEPEST, type KnownPosts } from './match.ts';
import type { Post } from './post.ts';

/**
 * Whether it depends on the posts above a reply which product it is about. It does not where the post that it answers
 * is a product post, nor where all product posts of the conversation offer one and the same.
 */
export function dependsOnAncestors(post: Post, catalog: Catalog): boolean {
  const { parent_id, conversation_id = '' } = post;
  return (
    parent_id !== undefined &&
    !catalog.offers.has(parent_id) &&
    catalog.conversations.get(conversation_id)?.length !== 1 &&
    !post.retweet &&
    post.author_id !== catalog.bot_id &&
    post.tags.some((tag) => catalog.anyTag.has(foldTag(tag)))
  );
}

/** The nearest post above a reply of which nothing is known, unless a product post stands nearer, or there is none. */
export function nearestUnknown(reply: Post, catalog: Catalog, known: KnownPosts): string | undefined {
  let above = reply.parent_id;
  for (let depth = 0; above !== undefined && depth < DEEPEST; depth++) {
    if (catalog.offers.has(above)) return undefined;
    const post = known.get(above);
    if (!post) return above;
    if (post.edit_history.some((id) => catalog.offers.has(id))) return undefined;
    above = post.parent_id;
  }
  return undefined;
}
