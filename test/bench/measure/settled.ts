import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { FILLED_BELOW } from '../reading/rows.ts';

const POLL_MS = 25;
/** One post of so many is looked up while all are on their way: looking must not cost what is measured. */
const SAMPLE = 50;
const AT_ONCE = 40;
const PATIENCE_MS = 60_000;

/** Waits until so many different posts have an outcome. Gives up, and says so, when nothing happens for a minute. */
export async function settled(pool: pg.Pool, ids: string[], count: number): Promise<boolean> {
  let sample = ids.filter((_, n) => n % SAMPLE === 0);
  let lastProgress = Date.now();
  let seen = -1;
  while (Date.now() - lastProgress < PATIENCE_MS) {
    if (sample.length > 0) {
      const { rows } = await pool.query<{ post_id: string }>(
        `select post_id from outcomes where post_id = any($1::bigint[])`,
        [sample.slice(0, AT_ONCE)],
      );
      const found = new Set(rows.map((row) => row.post_id));
      if (found.size > 0) lastProgress = Date.now();
      const all = found.size >= AT_ONCE;
      sample = sample.filter((id) => !found.has(id));
      if (all) continue;
    } else {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::int from outcomes where revision = 0 and post_id > $1',
        [FILLED_BELOW],
      );
      const now = rows[0]?.count ?? 0;
      if (now >= count) return true;
      if (now > seen) lastProgress = Date.now();
      seen = now;
    }
    await sleep(POLL_MS);
  }
  return false;
}
