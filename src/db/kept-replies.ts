import { sql } from 'kysely';
import type { Unregistered } from '../domain/read-reply.ts';
import type { Db, Tx } from './database.ts';
import { anyId, idArray } from './ids.ts';

/** So many replies to one post are no accident: the merchant hears of it. */
const TELL_AT = 3;

/** Keeps replies to posts that the catalog does not name, and owes the merchant a mail about a post that has several. */
export async function keepReplies(tx: Tx, replies: Array<Unregistered & { post_id: string }>): Promise<void> {
  if (replies.length === 0) return;
  await sql`
    with kept as (
      insert into kept_replies (post_id, merchant_id, parent_id, conversation_id)
      select post_id, merchant_id, parent_id, conversation_id
      from json_to_recordset(${JSON.stringify(replies)}) as k (
        post_id bigint, merchant_id text, parent_id bigint, conversation_id bigint)
      order by post_id
      on conflict do nothing
      returning merchant_id, parent_id
    )
    insert into mails (kind, merchant_id, post_id)
    select 'unregistered', merchant_id, parent_id
    from (
      select merchant_id, parent_id from kept_replies
      where parent_id = any(${idArray(replies.map(({ parent_id }) => parent_id))})
        and not exists (
          select from mails m
          where m.kind = 'unregistered' and m.merchant_id = kept_replies.merchant_id and m.post_id = parent_id)
      union all
      select merchant_id, parent_id from kept
    ) known
    group by merchant_id, parent_id having count(*) >= ${TELL_AT}
    order by 2, 3
    on conflict (merchant_id, post_id) where kind = 'unregistered' do nothing`.execute(tx);
}

/** Forgets those of the replies that were kept: they are settled now. */
export async function releaseReplies(tx: Tx, post_ids: string[]): Promise<void> {
  if (post_ids.length > 0) await tx.deleteFrom('kept_replies').where(anyId('post_id', post_ids)).execute();
}

/** Kept replies to posts that the catalog names by now, the oldest first. */
export async function repliesToSettle(db: Db, limit: number): Promise<string[]> {
  // From the posts to their replies: there are few posts, and each is one look into an index.
  const { rows } = await sql<{ post_id: string }>`
    select k.post_id
    from (
      select distinct o.post_id from post_products o
      join posts on posts.id = o.post_id and posts.gone_at is null
      join products p on p.merchant_id = o.merchant_id and p.sku = o.product_sku and p.withdrawn_at is null
    ) offered
    cross join lateral (
      select post_id from kept_replies where parent_id = offered.post_id
      union
      select post_id from kept_replies where conversation_id = offered.post_id offset 0) k
    where exists (select from replies r where r.post_id = k.post_id)
    group by 1 order by 1 limit ${limit}`.execute(db);
  return rows.map((row) => row.post_id);
}

/** How many replies are kept for each of these posts, by the post's id. */
export async function keptFor(db: Db, product_posts: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; replies: number }>`
    select p.id, count(*)::int as replies
    from unnest(${idArray(product_posts)}) p (id)
    join kept_replies k on p.id in (k.parent_id, k.conversation_id)
    group by 1`.execute(db);
  return new Map(rows.map(({ id, replies }) => [id, replies]));
}
