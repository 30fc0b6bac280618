import { LATEST_MS, searchByRules } from '../src/actions/search-rules.ts';
import type { Context } from '../src/context.ts';
import { noteSearched, oldestPostId, searchedUntil } from '../src/db/progress.ts';
import { timeOfId } from '../src/domain/snowflake.ts';
import { sleep } from '../src/process.ts';
import { XError } from '../src/x/errors.ts';
import { SEARCH_REACHES_BACK_MS, searchRecent } from '../src/x/search.ts';
import type { Intake } from './take-in.ts';

/** X's index may be so far behind what was written: the mark stays back by this, and the next search looks again. */
const BEHIND_NOW_MS = 30_000;
/** Each search begins a little before the mark. */
const OVERLAP_MS = 120_000;
const MINUTE_MS = 60_000;

type Needs = Pick<Context, 'db' | 'x' | 'catalog' | 'log' | 'now'>;

/**
 * Asks X's recent search for everything since the last completed search, so that what the stream did not deliver
 * is not lost. The mark moves only when all of it is stored: a newer reply never hides an older hole.
 *
 * @throws XError when X cannot be asked now; the next search begins where this one did
 */
export async function fillGap(
  { db, x, catalog, log, now }: Needs,
  intake: Intake,
  signal: AbortSignal,
): Promise<void> {
  const current = await catalog();
  const first = await oldestPostId(db);
  if (!current || !first) return;
  const searched = await searchedUntil(db);
  const mark = searched ?? timeOfId(first);
  const started = now().getTime();
  const to = new Date(started - LATEST_MS);
  const oldest = started - SEARCH_REACHES_BACK_MS + MINUTE_MS;
  const from = new Date(Math.max(mark.getTime() - OVERLAP_MS, oldest));
  if (searched && from.getTime() > searched.getTime())
    log.error(
      { from: mark, to: from },
      'recent search does not reach back so far: replies of this time may be lost',
    );
  if (from >= to) return;
  let found = 0;
  const search = async (queries: string[]): Promise<void> => {
    for (const query of queries) {
      for await (const posts of patiently(() => searchRecent(x, query, { from, to }), signal)) {
        found += posts.length;
        await intake.take(
          'search',
          posts.map((data) => Buffer.from(JSON.stringify({ data }))),
        );
      }
      if (signal.aborted) return;
    }
  };
  await searchByRules(current, search);
  if (signal.aborted || !(await intake.stored())) return;
  await noteSearched(db, new Date(started - BEHIND_NOW_MS));
  log.debug({ from, to, found }, 'recent search completed');
}

/** Waits out rate limits. A search that was cut short begins anew: what it had found is not stored twice. */
async function* patiently<T>(search: () => AsyncGenerator<T>, signal: AbortSignal): AsyncGenerator<T> {
  while (!signal.aborted) {
    try {
      yield* search();
      return;
    } catch (error) {
      if (!(error instanceof XError) || error.kind !== 'rate_limited' || !error.retryAt) throw error;
      await sleep(Math.max(1_000, error.retryAt.getTime() - Date.now()), signal);
    }
  }
}
