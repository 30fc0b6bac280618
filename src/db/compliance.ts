import { type Selectable, sql } from 'kysely';
import type { Db } from './database.ts';
import { anyId, idArray } from './ids.ts';
import { forgetHandles } from './leaving.ts';
import type { ComplianceType, ComplianceJob as Jobs } from './schema.ts';

export type ComplianceRow = Selectable<Jobs>;

/** The job of a kind that is under way, and whether it is time for another. */
export async function complianceState(
  db: Db,
  type: ComplianceType,
  everyHours: number,
): Promise<{ open: ComplianceRow | undefined; due: boolean }> {
  const newest = await db
    .selectFrom('compliance_jobs')
    .selectAll()
    .select(sql<boolean>`created_at < now() - ${everyHours} * interval '1 hour'`.as('is_old'))
    .where('type', '=', type)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!newest) return { open: undefined, due: true };
  const { is_old, ...row } = newest;
  return row.finished_at ? { open: undefined, due: is_old || row.error !== null } : { open: row, due: false };
}

export async function addComplianceJob(
  db: Db,
  job: Pick<ComplianceRow, 'id' | 'type' | 'upload_url' | 'download_url'>,
): Promise<void> {
  await db.insertInto('compliance_jobs').values(job).execute();
}

export async function noteUploaded(db: Db, id: string): Promise<void> {
  await db.updateTable('compliance_jobs').set({ uploaded_at: sql`now()` }).where('id', '=', id).execute();
}

export async function finishComplianceJob(
  db: Db,
  id: string,
  result: { redacted: number } | { error: string },
): Promise<void> {
  await db
    .updateTable('compliance_jobs')
    .set({ finished_at: sql`now()`, ...result })
    .where('id', '=', id)
    .execute();
}

/** The ids of everything of X's whose text or handle we keep. */
export async function idsWeKeep(db: Db, type: ComplianceType): Promise<string[]> {
  const { rows } = await (type === 'tweets'
    ? sql<{ id: string }>`
        select post_id as id from replies
        union select id from posts where id in (select post_id from post_products)
        union select id from known_posts where found`
    : sql<{ id: string }>`select x_user_id as id from shoppers where username is not null`
  ).execute(db);
  return rows.map(({ id }) => id);
}

/** Forgets what posts said: replies' texts, what is known of others. Carts and outcomes stay. Not of replies that nobody has read yet. */
export async function forgetPosts(db: Db, ids: string[]): Promise<void> {
  await sql`
    delete from replies where ${anyId('post_id', ids)}
      and exists (select from outcomes o where o.post_id = replies.post_id)`.execute(db);
  await sql`update outcomes set detail = detail - 'tag' where ${anyId('post_id', ids)} and detail ? 'tag'`.execute(
    db,
  );
  await db.deleteFrom('kept_replies').where(anyId('post_id', ids)).execute();
  await db.deleteFrom('known_posts').where(anyId('id', ids)).execute();
}

/** Forgets what accounts are called, also in what merchants were mailed, and what their posts said. */
export async function forgetAccounts(db: Db, ids: string[]): Promise<void> {
  await db.updateTable('shoppers').set({ username: null }).where(anyId('x_user_id', ids)).execute();
  await forgetHandles(db, ids);
  const { rows } = await sql<{ post_id: string }>`
    select distinct post_id from outcomes where shopper_id = any(${idArray(ids)})`.execute(db);
  await forgetPosts(
    db,
    rows.map(({ post_id }) => post_id),
  );
}
