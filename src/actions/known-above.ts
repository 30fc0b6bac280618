import type { Db } from '../db/database.ts';
import { storedPosts } from '../db/known-posts.ts';
import { nearestUnknown } from '../domain/ancestors.ts';
import type { Catalog } from '../domain/catalog.ts';
import { DEEPEST, type KnownPost } from '../domain/match.ts';
import type { Post } from '../domain/post.ts';
import { readMessage } from '../x/payload.ts';

/**
 * Adds to what is known of the posts above replies what our own tables tell: replies that X delivered, and posts that
 * it was asked about. All replies climb together, a query for each step, until they reach a product post, the beginning
 * of the conversation, or a post of which nothing is known. Returns the ids of the latter.
 */
export async function knownAbove(
  db: Db,
  replies: Post[],
  catalog: Catalog,
  known: Map<string, KnownPost>,
): Promise<string[]> {
  const asked = new Set<string>();
  for (let depth = 0; ; depth++) {
    const unknown = new Set(replies.flatMap((reply) => nearestUnknown(reply, catalog, known) ?? []));
    const next = [...unknown].filter((id) => !asked.has(id));
    if (next.length === 0 || depth === DEEPEST) return [...unknown];
    for (const id of next) asked.add(id);
    for (const { id, parent_id, edit_history, body } of await storedPosts(db, next)) {
      const post =
        body === null
          ? { parent_id: parent_id ?? undefined, edit_history: edit_history ?? [] }
          : readOrSkip(body);
      if (post) known.set(id, post);
    }
  }
}

function readOrSkip(body: string): Post | undefined {
  try {
    return readMessage(JSON.parse(body));
  } catch {
    return undefined; // no post as we know them: X may tell more
  }
}
