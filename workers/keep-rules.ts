import { followPosts } from '../src/actions/follow-posts.ts';
import type { Context } from '../src/context.ts';
import { uncheckedPosts } from '../src/db/posts.ts';
import { MOST_RULES } from '../src/domain/filter-rules.ts';
import { syncRules } from '../src/x/rules.ts';

type Needs = Pick<Context, 'db' | 'x' | 'catalog' | 'log' | 'config' | 'queues' | 'now'>;

/** After X could not be asked about all posts within the day's budget, it is asked again so much later. */
const BUDGET_RETRY_MS = 10 * 60_000;

/**
 * Keeps the stream's rules in step with the catalog. Each call asks X about product posts that are new, and changes
 * the rules where the catalog is another than at the last call. It answers `undefined` when that did not work: then
 * the next call does it all.
 */
export function rulesKeeper(context: Needs): () => Promise<'changed' | 'unchanged' | undefined> {
  const { db, x, catalog, log, now } = context;
  let followed: string | undefined;
  let askAgain = 0;
  return async () => {
    try {
      if (now().getTime() >= askAgain && !(await followPosts(context, await uncheckedPosts(db))))
        askAgain = now().getTime() + BUDGET_RETRY_MS;
      const current = await catalog();
      if (!current || current.version === followed) return 'unchanged';
      const { added, deleted, rules, left_out } = await syncRules(x, current);
      if (left_out.length > 0)
        log.error(
          { rules: rules.length, left_out: left_out.length },
          `the catalog needs more than X's ${MOST_RULES} stream rules: some replies will not be delivered`,
        );
      followed = current.version;
      if (added + deleted === 0) return 'unchanged';
      log.info({ added, deleted, rules: rules.length }, 'stream rules are in step with the catalog');
      return 'changed';
    } catch (error) {
      log.warn({ err: error }, 'the stream rules cannot be brought in step with the catalog; trying again');
      return undefined;
    }
  };
}
