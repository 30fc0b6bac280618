import type { Context } from '../src/context.ts';
import { noteCheckedPosts, uncheckedPosts } from '../src/db/posts.ts';
import { MOST_RULES } from '../src/domain/filter-rules.ts';
import { lookUpPosts } from '../src/x/lookup.ts';
import { syncRules } from '../src/x/rules.ts';

type Needs = Pick<Context, 'db' | 'x' | 'catalog' | 'log'>;

/**
 * Keeps the stream's rules in step with the catalog. Each call asks X about product posts that are new, and changes
 * the rules where the catalog is another than at the last call. It answers `undefined` when that did not work: then
 * the next call does it all.
 */
export function rulesKeeper({
  db,
  x,
  catalog,
  log,
}: Needs): () => Promise<'changed' | 'unchanged' | undefined> {
  let followed: string | undefined;
  return async () => {
    try {
      const unchecked = await uncheckedPosts(db);
      if (unchecked.length > 0)
        await noteCheckedPosts(
          db,
          unchecked,
          [...(await lookUpPosts(x, unchecked)).values()].map((post) => ({
            id: post.id,
            conversation_id: post.conversation_id ?? null,
            edit_history: post.edit_history,
          })),
        );
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
