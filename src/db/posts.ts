import { sql } from 'kysely';
import type { Finding, OfferedPost } from '../domain/post-check.ts';
import { idAtTime } from '../domain/snowflake.ts';
import { type Db, inTransaction, type Tx } from './database.ts';
import { anyId } from './ids.ts';

/** Product posts that X has not been asked about yet. */
export async function uncheckedPosts(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('posts')
    .select('id')
    .where('checked_at', 'is', null)
    .where(sql<boolean>`id in (select post_id from post_products)`)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

const MINUTE_MS = 60_000;
/** Authors may edit a post for an hour at most (X docs: edit posts): it is read again so many minutes after it was written. */
const READ_AFTER_MINUTES = [5, 30, 60];
const FORGET_AFTER_MINUTES = 24 * 60;

/** Product posts that were written some minutes ago and have not been read since then. */
export async function postsToReadAgain(db: Db, now: Date, limit: number): Promise<string[]> {
  const idBefore = (minutes: number): string => idAtTime(new Date(now.getTime() - minutes * MINUTE_MS));
  // Of a post with this id or an older one, what was read so long ago is not enough any more.
  const due = READ_AFTER_MINUTES.map(
    (minutes) => sql`
      (id <= ${idBefore(minutes)} and checked_at < ${ID_TIME} + ${minutes} * interval '1 minute')`,
  );
  const { rows } = await sql<{ id: string }>`
    select id from posts
    where id in (select post_id from post_products) and id > ${idBefore(FORGET_AFTER_MINUTES)}
      and (${sql.join(due, sql` or `)})
    order by id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** When a post was written: see src/domain/snowflake.ts. */
const ID_TIME = sql`to_timestamp(((id >> 22) + 1288834974657) / 1000.0)`;

/** What product posts offer, by merchant; and what they said when X was last asked. */
export async function offeredPosts(db: Db, ids?: string[]) {
  const { rows } = await sql<OfferedPost & { username: string; text: string | null; findings: Finding[] }>`
    select o.post_id, m.id as merchant_id, m.x_user_id, m.username, m.hashtags, m.currency,
      case when bool_or(p.donation is not null) then '{}' else array_agg(coalesce(o.price, p.price) order by p.sku) end as prices,
      posts.text, posts.findings
    from post_products o
    join posts on posts.id = o.post_id
    join merchants m on m.id = o.merchant_id and m.withdrawn_at is null
    join products p on p.merchant_id = o.merchant_id and p.sku = o.product_sku and p.withdrawn_at is null
    where ${ids ? anyId('o.post_id', ids) : sql`true`}
    group by o.post_id, m.id, posts.id
    order by o.post_id, m.id`.execute(db);
  return rows;
}

/** What X says of a product post. */
export interface ReadPost {
  id: string;
  conversation_id?: string;
  text?: string;
  findings: Finding[];
  edit_history: string[];
}

/** Notes what X says of product posts. Where conversations or other ids come to light, the catalog is read again. */
export async function noteReadPosts(tx: Tx, posts: ReadPost[]): Promise<void> {
  const { rows } = await sql<{ moved: boolean }>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(posts)})
        as given (id bigint, conversation_id bigint, text text, findings json)
    ),
    before as (select id, conversation_id, gone_at from posts where ${anyId(
      'id',
      posts.map(({ id }) => id),
    )}),
    noted as (
      update posts set checked_at = now(), text = given.text,
        conversation_id = coalesce(given.conversation_id, posts.conversation_id),
        gone_at = case when given.text is null then posts.gone_at end,
        findings = array(select json_array_elements_text(given.findings))
      from given where posts.id = given.id
    )
    select exists (
      select from given join before using (id)
      where (given.conversation_id is distinct from before.conversation_id and given.conversation_id is not null)
        or (before.gone_at is not null and given.text is not null)
    ) as moved`.execute(tx);
  const renamed = await storeAliases(
    tx,
    posts.map(({ id, edit_history }) => [...new Set([id, ...edit_history])]),
  );
  if (rows[0]?.moved || renamed) await touchCatalog(tx);
}

/**
 * Remembers the other ids of product posts: X gives an edited post a new one. Whoever holds the catalog reads it again.
 *
 * @param histories all ids of each post, one that is known among them
 */
export async function addAliases(db: Db, histories: string[][]): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (await storeAliases(tx, histories)) await touchCatalog(tx);
  });
}

/** @returns whether any was new */
async function storeAliases(tx: Tx, histories: string[][]): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into post_aliases (id, post_id)
    select distinct on (other.id) other.id, known.post_id
    from json_array_elements(${JSON.stringify(histories)}) as history
    cross join lateral (
      select coalesce(p.id, a.post_id) as post_id
      from json_array_elements_text(history) as version (id)
      left join posts p on p.id = version.id::bigint
      left join post_aliases a on a.id = version.id::bigint
      where coalesce(p.id, a.post_id) is not null limit 1
    ) known
    cross join lateral (select id::bigint from json_array_elements_text(history) as version (id)) other
    where other.id not in (select id from posts)
    order by other.id
    on conflict (id) do nothing`.execute(tx);
  return numAffectedRows > 0n;
}

/**
 * Notes that product posts are gone, and that they sell nothing any more. Returns those that were there before, with the
 * merchants who sold by them.
 */
export async function closePosts(
  tx: Tx,
  ids: string[],
): Promise<Array<{ post_id: string; merchant_id: string }>> {
  const { rows } = await sql<{ post_id: string; merchant_id: string }>`
    with closed as (
      update posts set gone_at = now(), text = null, findings = '{missing}'
      where gone_at is null and ${anyId('id', ids)} returning id
    )
    select distinct o.post_id, o.merchant_id from closed
    join post_products o on o.post_id = closed.id
    join merchants m on m.id = o.merchant_id and m.withdrawn_at is null
    order by 1, 2`.execute(tx);
  if (rows.length > 0) await touchCatalog(tx);
  return rows;
}

/** Makes everybody who holds the catalog read it again. */
export async function touchCatalog(tx: Tx): Promise<void> {
  await sql`insert into catalog_versions (applied_by, bot) select 'X', bot from catalog_versions order by version desc limit 1`.execute(
    tx,
  );
}
