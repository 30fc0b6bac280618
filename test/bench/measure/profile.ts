import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../servers/databases.ts';
import type { Machine } from './machine.ts';

/** What the server needs to count what statements cost. */
export const STATEMENT_SETTINGS = [
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.track=all',
];

/** Writes what each kind of statement took in a run, the dearest first, where profiles are wanted. */
export async function saveStatements(
  { postgres, profiles }: Machine,
  { name }: Database,
  label: string,
): Promise<void> {
  if (!profiles) return;
  await postgres.admin.query('create extension if not exists pg_stat_statements');
  const { rows } = await postgres.admin.query<Record<string, string>>(
    `select round(total_exec_time) as ms, calls, round((total_exec_time / calls)::numeric, 3) as each_ms, rows,
       shared_blks_hit as blocks, wal_bytes, case when toplevel then ' ' else '>' end || regexp_replace(query, '\\s+', ' ', 'g') as query
     from pg_stat_statements where dbid = (select oid from pg_database where datname = $1)
     order by total_exec_time desc limit 40`,
    [name],
  );
  const text = rows.map((row) => Object.values(row).join('\t')).join('\n');
  writeFileSync(
    path.join(profiles, `${label}.statements.tsv`),
    `ms\tcalls\teach\trows\tblocks\twal\tquery\n${text}\n`,
  );
}
