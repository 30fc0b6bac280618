import { sql } from 'kysely';
import type { Db } from './database.ts';
import { anyId } from './ids.ts';
import type { ReplySource } from './schema.ts';

/** What X delivered: the post's id, and the message as X wrote it. */
export interface Delivered {
  post_id: string;
  body: string;
}

/** Stores what X delivered. Returns the ids that were not here before, oldest first. */
export async function storeReplies(db: Db, source: ReplySource, delivered: Delivered[]): Promise<string[]> {
  const ids = delivered.map((each) => each.post_id).join(',');
  // One array of the bodies as they came: nothing is parsed or escaped a second time on the way.
  const bodies = delivered.map((each) => each.body).join(',');
  const { rows } = await sql<{ post_id: string }>`
    insert into replies (post_id, source, body)
    select post_id, ${source}::reply_source, body
    from (select unnest(${`{${ids}}`}::bigint[]) as post_id, json_array_elements(${`[${bodies}]`}::json) as body) given
    order by post_id
    on conflict do nothing
    returning post_id`.execute(db);
  return rows.map((row) => row.post_id);
}

/** The bodies of replies, by their ids. */
export async function readBodies(
  db: Db,
  post_ids: string[],
): Promise<Array<{ post_id: string; body: unknown }>> {
  return db.selectFrom('replies').select(['post_id', 'body']).where(anyId('post_id', post_ids)).execute();
}
