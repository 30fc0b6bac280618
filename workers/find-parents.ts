import { askAbove } from '../src/actions/ask-above.ts';
import type { Context } from '../src/context.ts';
import { openReplies } from '../src/db/progress.ts';
import type { Detail } from '../src/domain/outcome.ts';
import type { Attempt, JobData } from '../src/queue.ts';
import { settleBatch } from './read-replies.ts';

/**
 * Asks X for posts above replies, and settles these. While X does not answer, they wait for the next attempt; after the
 * last one they are settled with what is known.
 */
export async function findParents(
  context: Context,
  data: JobData<'find-parents'>,
  { last }: Attempt,
): Promise<void> {
  const post_ids = await openReplies(context.db, data.post_ids);
  if (post_ids.length === 0) return;
  let unknown: Detail['unknown_above'];
  try {
    unknown = await askAbove(context, post_ids);
  } catch (error) {
    if (!last) throw error;
    context.log.error(
      { err: error, replies: post_ids.length },
      'settling replies without the posts above them',
    );
    unknown = 'x_unavailable';
  }
  await settleBatch(context, post_ids, { unknown });
}
