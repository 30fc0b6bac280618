import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { idArray } from './ids.ts';
import { untold, waiting } from './waiting.ts';

/** The time up to which recent search has found everything; null: it has never run. */
export async function searchedUntil(db: Db): Promise<Date | null> {
  const row = await db.selectFrom('progress').select('searched_until').executeTakeFirstOrThrow();
  return row.searched_until;
}

/** Notes a completed search. It never goes back. */
export async function noteSearched(db: Db, until: Date): Promise<void> {
  await db
    .updateTable('progress')
    .set({ searched_until: sql`greatest(searched_until, ${until})` })
    .execute();
}

/**
 * Replies that were received some while ago and have no outcome, oldest first: their job was lost. Moves the mark
 * before which everything has one.
 *
 * @param overlapSeconds how far before the mark to begin: rows become visible when their transaction commits, which is
 * later than the time that they bear
 */
export async function findUnsettled(
  db: Db,
  {
    olderThanSeconds,
    overlapSeconds,
    limit,
  }: Record<'olderThanSeconds' | 'overlapSeconds' | 'limit', number>,
): Promise<string[]> {
  const { rows } = await sql<{ post_id: string; received_at: Date }>`
    select r.post_id, r.received_at
    from replies r
    where r.received_at >= coalesce(
        (select swept_until - ${overlapSeconds} * interval '1 second' from progress), '-infinity')
      and r.received_at < now() - ${olderThanSeconds} * interval '1 second'
      and not exists (select from outcomes o where o.post_id = r.post_id)
    order by r.received_at limit ${limit}`.execute(db);
  const [oldest] = rows;
  await sql`
    update progress set swept_until = greatest(swept_until,
      coalesce(${oldest?.received_at ?? null}::timestamptz, now() - ${olderThanSeconds} * interval '1 second'))`.execute(
    db,
  );
  return rows.map((row) => row.post_id);
}

/** Those of the replies that have no outcome yet, or one that may become another: nobody was told, or it was no product. */
export async function openReplies(db: Db, post_ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from unnest(${idArray(post_ids)}) as given (post_id)
    where not exists (
      select from outcomes o
      where o.post_id = given.post_id and not ${untold} and o.reason is distinct from 'not_a_product')`.execute(
    db,
  );
  return rows.map((row) => row.post_id);
}

/** The oldest time that a product post was written, by its id. */
export async function oldestPostId(db: Db): Promise<string | undefined> {
  const row = await db
    .selectFrom('post_products')
    .select(({ fn }) => fn.min('post_id').as('id'))
    .executeTakeFirst();
  return row?.id ?? undefined;
}

/** Replies that wait for their author to link, who has done so meanwhile: the two happened in the same moment. */
export async function waitingOfLinked(db: Db, days: number): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select o.post_id from outcomes o
    join shoppers s on s.x_user_id = o.shopper_id
    where ${waiting} and o.decided_at > now() - ${days} * interval '1 day' and s.linked_at < now() - interval '5 seconds'
    limit 500`.execute(db);
  return rows.map((row) => row.post_id);
}

/**
 * Replies between two posts that are not settled yet, or were kept until the catalog names their post, and in which, as
 * X delivered them, one of these ids stands. The oldest first.
 */
export async function olderUnsettled(
  tx: Tx,
  given: { naming: string[]; after: string; before: string; limit: number },
): Promise<Array<{ post_id: string; body: string }>> {
  const { naming, after, before, limit } = given;
  const ids = idArray(naming);
  const { rows } = await sql<{ post_id: string; body: string }>`
    select r.post_id, r.body
    from (
      select post_id, body from replies
      where received_at >= coalesce((select swept_until - interval '1 minute' from progress), '-infinity')
        and post_id > ${after} and post_id < ${before}
        and not exists (select from outcomes where outcomes.post_id = replies.post_id)
        and body ~ ${naming.join('|')}
      union
      select post_id, body from kept_replies join replies using (post_id) where parent_id = any(${ids})
      union
      select post_id, body from kept_replies join replies using (post_id) where conversation_id = any(${ids})
    ) r
    where r.post_id > ${after} and r.post_id < ${before}
    order by r.post_id limit ${limit}`.execute(tx);
  return rows;
}
