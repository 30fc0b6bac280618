import { sql } from 'kysely';
import type { Post } from '../domain/post.ts';
import type { Db } from './database.ts';
import { anyId } from './ids.ts';

/** A post as the cache has it. */
export interface CachedPost {
  id: string;
  found: boolean;
  parent_id: string | null;
  edit_history: string[];
}

/** What X told of posts before, by their ids. */
export function cachedPosts(db: Db, ids: string[]): Promise<CachedPost[]> {
  return db
    .selectFrom('known_posts')
    .select(['id', 'found', 'parent_id', 'edit_history'])
    .where(anyId('id', ids))
    .execute();
}

/** Remembers what X told of posts, under the ids that were asked for. `undefined`: it does not show them. */
export async function cachePosts(
  db: Db,
  answers: ReadonlyArray<readonly [id: string, post: Post | undefined]>,
): Promise<void> {
  const rows = answers.map(([id, post]) => ({
    id,
    found: post !== undefined,
    parent_id: post?.parent_id,
    conversation_id: post?.conversation_id,
    author_id: post?.author_id,
    edit_history: post?.edit_history ?? [],
  }));
  await sql`
    insert into known_posts (id, found, parent_id, conversation_id, author_id, edit_history)
    select id, found, parent_id, conversation_id, author_id, edit_history
    from jsonb_populate_recordset(null::known_posts, ${JSON.stringify(rows)})
    order by id
    on conflict (id) do nothing`.execute(db);
}
