import { sql } from 'kysely';
import { type Db, inTransaction } from './database.ts';

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
    // Everybody who holds the catalog reads it again.
    await sql`insert into catalog_versions (applied_by, bot) select 'X', bot from catalog_versions order by version desc limit 1`.execute(
      tx,
    );
  });
}
