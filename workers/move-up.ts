import { moveUp as give } from '../src/actions/move-up.ts';
import type { Context } from '../src/context.ts';
import { type JobData, queueMails } from '../src/queue.ts';

/** Gives pieces that have come back to those who wait for them. */
export async function moveUp(context: Context, product: JobData<'move-up'>): Promise<void> {
  await queueMails(context, await give(context, product));
}
