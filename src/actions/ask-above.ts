import type { Context } from '../context.ts';
import { cachePosts } from '../db/known-posts.ts';
import { addAliases } from '../db/posts.ts';
import { readBodies } from '../db/replies.ts';
import type { KnownPost } from '../domain/match.ts';
import type { Detail } from '../domain/outcome.ts';
import type { Post } from '../domain/post.ts';
import { knownAbove } from './known-above.ts';
import { type Answers, lookUpWithinBudget } from './look-up.ts';
import { nestedPosts } from './read-delivered.ts';

type Needs = Pick<Context, 'db' | 'batchDb' | 'x' | 'config' | 'log' | 'catalog' | 'now'>;

/** X is asked for so many posts above a reply at most, one after the other. */
const MOST_STEPS = 10;
const TIME_LIMIT_MS = 60_000;

/**
 * Asks X for the posts above replies on which it depends what they are about, and stores what it tells: all replies
 * climb together, up to a product post, the beginning of the conversation, or a post that nobody sees.
 *
 * @returns why some are still not known, if so @throws XError when X cannot be asked now
 */
export async function askAbove(context: Needs, post_ids: string[]): Promise<Detail['unknown_above']> {
  const { now } = context;
  const until = now().getTime() + TIME_LIMIT_MS;
  const known = new Map<string, KnownPost>();
  let replies: Post[] | undefined;
  for (let step = 0; ; step++) {
    const catalog = await context.catalog();
    if (!catalog) return undefined;
    replies ??= nestedPosts(await readBodies(context.batchDb, post_ids), catalog);
    const unknown = await knownAbove(context.batchDb, replies, catalog, known);
    if (unknown.length === 0) return undefined;
    if (step === MOST_STEPS) return 'too_deep';
    if (now().getTime() > until) return 'x_unavailable';
    const answers = await lookUpWithinBudget(context, unknown, 'parents');
    if (answers.length === 0) return 'budget';
    await cachePosts(context.db, answers);
    for (const [id, post] of answers) known.set(id, post ?? { edit_history: [] });
    await rememberEdits(context, answers);
  }
}

/** An edited product post is known by all its ids from now on. */
async function rememberEdits({ db, catalog }: Needs, answers: Answers): Promise<void> {
  const current = await catalog();
  const histories = answers.flatMap(([, post]) => {
    const history = post?.edit_history ?? [];
    return history.some((id) => current?.offers.has(id)) ? [history] : [];
  });
  if (histories.length > 0) await addAliases(db, histories);
}
