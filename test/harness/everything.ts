import { sql } from 'kysely';
import type { Context } from '../../src/context.ts';

/** Everything in the database, to see whether something has changed. */
export async function everything({ db }: Context): Promise<string> {
  const tables = await sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(
    db,
  );
  const all = await Promise.all(
    tables.rows.map(({ name }) => sql`select t.* from ${sql.table(name)} t order by t::text`.execute(db)),
  );
  return JSON.stringify(all.map((result) => result.rows));
}
