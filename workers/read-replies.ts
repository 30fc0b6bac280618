import { settleReplies } from '../src/actions/settle-replies.ts';
import type { Context } from '../src/context.ts';
import { noteFailed } from '../src/db/settle.ts';
import { inBatches } from '../src/domain/batches.ts';
import { type JobData, MOST } from '../src/queue.ts';

/**
 * Settles a batch of replies. If that fails, each half is tried by itself, until the reply that is at fault stands
 * alone: it ends as `failed`, and the others do not have to wait for it.
 */
export async function readReplies(context: Context, { post_ids }: JobData<'read-replies'>): Promise<void> {
  const mail_ids = await settleHalving(context, post_ids);
  await context.queues.add(
    'send-mails',
    ...inBatches(mail_ids, MOST.mail_ids).map((batch) => ({ mail_ids: batch })),
  );
}

async function settleHalving(context: Context, post_ids: string[]): Promise<string[]> {
  try {
    return await settleReplies(context, post_ids);
  } catch (error) {
    if (!isAboutTheReply(error)) throw error;
    const [post_id] = post_ids;
    if (post_ids.length === 1 && post_id !== undefined) {
      context.log.error({ err: error, post_id }, 'a reply cannot be settled; it is set aside');
      await noteFailed(context.settleDb, post_id, error instanceof Error ? error.message : String(error));
      return [];
    }
    const middle = post_ids.length >> 1;
    return [
      ...(await settleHalving(context, post_ids.slice(0, middle))),
      ...(await settleHalving(context, post_ids.slice(middle))),
    ];
  }
}

/**
 * Whether trying again would end the same way. PostgreSQL's classes: 21 to 23 values and constraints, 42 statements,
 * 54 limits; and faults of our own, which are no database errors at all. Everything else passes: a lost
 * connection, a server that shuts down.
 */
function isAboutTheReply(error: unknown): boolean {
  const { code, name } = error as { code?: string; name?: string };
  return code === undefined
    ? ['TypeError', 'RangeError', 'SyntaxError'].includes(name ?? '')
    : /^(2[123]|42|54)/.test(code);
}
