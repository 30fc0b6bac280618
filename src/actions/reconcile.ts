import type { Context } from '../context.ts';
import { knownReplies } from '../db/replies.ts';
import { searchRecent } from '../x/search.ts';
import { LATEST_MS, searchByRules } from './search-rules.ts';

const HOUR_MS = 3_600_000;

/** A reply that X has and we do not, as X writes it. */
export interface MissingReply {
  post_id: string;
  post: { id: string };
}

/**
 * Asks X's recent search for every reply of the last hours that our rules would deliver, and returns those that were never
 * stored. X bills each post that it finds.
 *
 * @param hours at most seven days: search reaches back no further
 * @throws XError
 */
export async function findMissing(
  { db, x, catalog, now }: Pick<Context, 'db' | 'x' | 'catalog' | 'now'>,
  hours: number,
): Promise<{ found: number; missing: MissingReply[] }> {
  const current = await catalog();
  if (!current) throw new Error('no catalog was applied yet: run "replycart catalog apply"');
  const to = new Date(now().getTime() - LATEST_MS);
  const from = new Date(to.getTime() - hours * HOUR_MS);
  const search = async (queries: string[]): Promise<Map<string, { id: string }>> => {
    const found = new Map<string, { id: string }>();
    for (const query of queries)
      for await (const posts of searchRecent(x, query, { from, to }))
        for (const post of posts) found.set(post.id, post);
    return found;
  };
  const found = await searchByRules(current, search);
  const known = await knownReplies(db, [...found.keys()]);
  const missing = [...found].filter(([id]) => !known.has(id)).map(([post_id, post]) => ({ post_id, post }));
  return { found: found.size, missing };
}
