import { sql } from 'kysely';
import type { Post } from '../domain/post.ts';
import type { Db } from './database.ts';
import { idArray } from './ids.ts';

/** A post as our tables have it: what X told of it when it was asked, or what it delivered. */
export interface StoredPost {
  id: string;
  parent_id: string | null;
  edit_history: string[] | null;
  body: string | null;
}

/** What our tables know of posts, by their ids. */
export async function storedPosts(db: Db, ids: string[]): Promise<StoredPost[]> {
  const { rows } = await sql<StoredPost>`
    select id, parent_id, edit_history, null as body from known_posts where id = any(${idArray(ids)})
    union all
    select post_id, null, null, body from replies where post_id = any(${idArray(ids)})`.execute(db);
  return rows;
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
