import { postPublicReply } from '../src/actions/post-public-reply.ts';
import type { Context } from '../src/context.ts';
import type { JobData } from '../src/queue.ts';

/** Who ends the process does not wait for more than so many; the sweep adds the job again. */
const MOST = 20;

/** Posts what a merchant's account has to say in public, one after the other. */
export async function postReplies(context: Context, { account_id }: JobData<'post-replies'>): Promise<void> {
  for (let n = 0; n < MOST; n += 1) if (!(await postPublicReply(context, account_id))) return;
}
