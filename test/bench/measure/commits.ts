import type pg from 'pg';
import { FILLED_BELOW } from '../reading/rows.ts';

/**
 * When the transaction was committed that gave each post its first outcome, in ms since 1970: the time that
 * PostgreSQL wrote into its log just before it brought that to disk.
 */
export async function commitTimes(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<[string, number]>({
    text: `select post_id::text, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8
           from outcomes where revision = 0 and post_id > $1`,
    values: [FILLED_BELOW],
    rowMode: 'array',
  });
  return new Map(rows);
}
