import { sql } from 'kysely';
import { type Db, inTransaction, type Tx } from './database.ts';

/** Product posts that X has not been asked about yet. */
export async function uncheckedPosts(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('posts')
    .select('id')
    .where('checked_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Notes what X says of product posts: their conversation, and the other ids of an edited one. */
export async function noteCheckedPosts(
  db: Db,
  asked: string[],
  found: Array<{ id: string; conversation_id: string | null; edit_history: string[] }>,
): Promise<void> {
  // X may answer with the newest id of an edited post, whichever was asked for.
  const rows = found.map((post) => ({
    ...post,
    id: asked.find((id) => post.edit_history.includes(id)) ?? post.id,
  }));
  const aliases = rows.flatMap(({ id, edit_history }) =>
    edit_history.filter((other) => !asked.includes(other)).map((other) => ({ id: other, post_id: id })),
  );
  await inTransaction(db, async (tx) => {
    await sql`
      update posts set checked_at = now(), conversation_id = coalesce(given.conversation_id, posts.conversation_id)
      from unnest(${`{${asked.join(',')}}`}::bigint[]) asked (id)
      left join json_to_recordset(${JSON.stringify(rows)}) as given (id bigint, conversation_id bigint) using (id)
      where posts.id = asked.id`.execute(tx);
    if (aliases.length > 0)
      await tx
        .insertInto('post_aliases')
        .values(aliases)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    await touchCatalog(tx);
  });
}

/**
 * Remembers another id that a product post has had: X gives an edited post a new one. Whoever holds the catalog reads
 * it again.
 *
 * @param history all ids of the post, that of a product post or of its other versions among them
 */
export async function addAliases(db: Db, histories: string[][]): Promise<void> {
  await inTransaction(db, async (tx) => {
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
    if (numAffectedRows > 0n) await touchCatalog(tx);
  });
}

/** Makes everybody who holds the catalog read it again. */
async function touchCatalog(tx: Tx): Promise<void> {
  await sql`insert into catalog_versions (applied_by, bot) select 'X', bot from catalog_versions order by version desc limit 1`.execute(
    tx,
  );
}
