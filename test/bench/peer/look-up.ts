import { knownAbove } from '../../../src/actions/known-above.ts';
import type { Db } from '../../../src/db/database.ts';
import { cachePosts } from '../../../src/db/known-posts.ts';
import { dependsOnAncestors } from '../../../src/domain/ancestors.ts';
import type { Catalog } from '../../../src/domain/catalog.ts';
import type { KnownPost, KnownPosts } from '../../../src/domain/match.ts';
import type { Post } from '../../../src/domain/post.ts';
import type { XClient } from '../../../src/x/client.ts';
import { lookUpPosts } from '../../../src/x/lookup.ts';

/** What is known of the posts above a reply; those that nobody knows are looked up at X, each by itself. */
export async function postsAbove(db: Db, x: XClient, post: Post, catalog: Catalog): Promise<KnownPosts> {
  const known = new Map<string, KnownPost>();
  if (!dependsOnAncestors(post, catalog)) return known;
  for (;;) {
    const [unknown] = await knownAbove(db, [post], catalog, known);
    if (unknown === undefined) return known;
    const found = (await lookUpPosts(x, [unknown])).get(unknown);
    await cachePosts(db, [[unknown, found]]);
    known.set(unknown, found ?? { edit_history: [] });
  }
}
