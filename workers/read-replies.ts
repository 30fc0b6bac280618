import { type Above, settleReplies } from '../src/actions/settle-replies.ts';
import type { Context } from '../src/context.ts';
import { inTransaction } from '../src/db/database.ts';
import { noteFailed } from '../src/db/settle.ts';
import { byHalves } from '../src/domain/batches.ts';
import { authorIn } from '../src/domain/support.ts';
import { messageOf, wouldFailAgain } from '../src/errors.ts';
import { type JobData, queueMails } from '../src/queue.ts';

/** Settles a batch of replies, except those for which X has to be asked about posts above them: they get their own job. */
export async function readReplies(context: Context, { post_ids }: JobData<'read-replies'>): Promise<void> {
  await settleBatch(context, post_ids, {
    later: (waiting) => context.queues.add('find-parents', { post_ids: waiting }),
  });
}

/** Settles a batch of replies. One that cannot be settled ends as `failed`. */
export async function settleBatch(context: Context, post_ids: string[], above: Above): Promise<void> {
  const mail_ids: string[] = [];
  const settled = await byHalves(
    post_ids,
    (half) => settleReplies(context, half, false, above),
    wouldFailAgain,
    async (post_id, error) => {
      context.log.error({ err: error, post_id }, 'a reply cannot be settled; it is set aside');
      mail_ids.push(...(await setAside(context, post_id, messageOf(error))));
    },
  );
  await queueMails(context, [...settled, ...mail_ids]);
}

async function setAside({ batchDb, config }: Context, post_id: string, error: string): Promise<string[]> {
  const reply = await batchDb
    .selectFrom('replies')
    .select('body')
    .where('post_id', '=', post_id)
    .executeTakeFirst();
  const author_id = reply && authorIn(reply.body);
  return inTransaction(batchDb, (tx) =>
    noteFailed(tx, { post_id, author_id }, error, config.MAIL_QUIET_SECONDS),
  );
}
