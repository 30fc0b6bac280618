import type { Context } from '../context.ts';
import { grant, noteSpent } from '../db/spending.ts';
import type { Post } from '../domain/post.ts';
import { lookUpPosts } from '../x/lookup.ts';
import { MICRO_DOLLARS, PRICES } from '../x/prices.ts';

type Needs = Pick<Context, 'db' | 'x' | 'config' | 'log'>;

/** What came of a lookup: each post that was asked for, `undefined` where X shows it to nobody. */
export type Answers = ReadonlyArray<readonly [id: string, post: Post | undefined]>;

/**
 * Looks posts up at X as far as the day's budget allows; those that come first are asked for first. What X does not
 * find, it does not bill.
 *
 * @throws XError; then nothing is taken from the budget
 */
export async function lookUpWithinBudget(
  { db, x, config, log }: Needs,
  ids: string[],
  what: 'parents' | 'posts',
): Promise<Answers> {
  if (ids.length === 0) return [];
  const price = PRICES.post_read;
  const budget = config.X_DAILY_BUDGET_USD * MICRO_DOLLARS;
  const { granted, first } = await grant(db, { what, units: ids.length, price, budget });
  if (first)
    log.warn(
      { budget_usd: config.X_DAILY_BUDGET_USD },
      'the budget for lookups at X is used up until midnight UTC: replies are settled with what is known',
    );
  const asked = ids.slice(0, granted);
  let found = new Map<string, Post>();
  try {
    found = await lookUpPosts(x, asked);
  } finally {
    await noteSpent(db, { what, units: found.size - granted, price });
  }
  return asked.map((id) => [id, found.get(id)]);
}
