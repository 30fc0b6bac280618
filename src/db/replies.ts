import { sql } from 'kysely';
import type { Detail } from '../domain/outcome.ts';
import { compareIds } from '../domain/snowflake.ts';
import type { Db } from './database.ts';
import { anyId, idArray } from './ids.ts';
import type { OutcomeKind, OutcomeReason, ReplySource } from './schema.ts';

/** What X delivered: the post's id, and what is kept of the message, JSON on one line: bytes, which fill no heap. */
export interface Delivered {
  post_id: string;
  source: ReplySource;
  body: Buffer;
}

const LINE_FEED = Buffer.from('\n');

/** Stores what X delivered. Returns the ids that were not here before, oldest first. */
export async function storeReplies(db: Db, delivered: Delivered[]): Promise<string[]> {
  // In order, so that two who store the same posts do not wait for each other crosswise.
  const sorted = [...delivered].sort((a, b) => compareIds(a.post_id, b.post_id));
  // One a line: nothing is decoded or escaped once more on the way.
  const bodies = Buffer.concat(sorted.flatMap(({ body }, n) => (n === 0 ? [body] : [LINE_FEED, body])));
  const { rows } = await sql<{ post_id: string }>`
    insert into replies (post_id, source, body)
    select unnest(${idArray(sorted.map((each) => each.post_id))}),
      unnest(${`{${sorted.map((each) => each.source)}}`}::reply_source[]), string_to_table(${bodies}, E'\\n')
    on conflict do nothing
    returning post_id`.execute(db);
  return rows.map((row) => row.post_id);
}

/** The bodies of replies, by their ids. JSON: whoever parses them one after the other has only one in memory. */
export async function readBodies(
  db: Db,
  post_ids: string[],
): Promise<Array<{ post_id: string; body: string }>> {
  return db.selectFrom('replies').select(['post_id', 'body']).where(anyId('post_id', post_ids)).execute();
}

/** Those of the posts that were delivered, also where their text is not kept any more. */
export async function knownReplies(db: Db, post_ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from replies where ${anyId('post_id', post_ids)}
    union
    select post_id from outcomes where ${anyId('post_id', post_ids)}`.execute(db);
  return new Set(rows.map(({ post_id }) => post_id));
}

/** What became of posts, by their ids: the newest outcome of each that has one. */
export async function outcomesOf(db: Db, post_ids: string[]) {
  const { rows } = await sql<{
    post_id: string;
    outcome: OutcomeKind;
    reason: OutcomeReason | null;
    detail: Detail;
    title: string | null;
    among: string[];
  }>`
    select distinct on (o.post_id) o.post_id, o.outcome, o.reason, o.detail, p.title,
      array(select title from products where merchant_id = o.merchant_id and o.detail -> 'among' ? sku) as among
    from outcomes o
    left join products p on p.merchant_id = o.merchant_id and p.sku = o.detail ->> 'product'
    where o.post_id = any(${idArray(post_ids)})
    order by o.post_id, o.revision desc`.execute(db);
  return new Map(rows.map((row) => [row.post_id, row]));
}
