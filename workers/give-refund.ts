import type { Context } from '../src/context.ts';
import { findRefund, noteRefund } from '../src/db/refunds.ts';
import { type JobData, queueMails } from '../src/queue.ts';
import { readRefund, refundPayment } from '../src/stripe/refunds.ts';

/** Makes a refund that we owe, or asks how far it has come. */
export async function giveRefund(
  { db, stripe, queues, log, now }: Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now'>,
  { refund_id }: JobData<'give-refund'>,
): Promise<void> {
  const refund = await findRefund(db, refund_id);
  if (!refund || refund.status === 'succeeded' || refund.status === 'failed') return;
  const { id, status } = refund.stripe_id
    ? await readRefund(stripe, refund.stripe_id)
    : await refundPayment(stripe, refund, now()).catch(refusedForGood);
  const mail_id = await noteRefund(db, refund, id, status);
  if (mail_id) await queueMails({ queues }, [mail_id]);
  if (status === 'failed' || status === 'canceled')
    log.error({ refund: refund_id, status }, 'a refund did not work: somebody has to look at it');
}

/** What a bank has taken back cannot be given back besides: nothing is gained by asking again. @throws any other error */
function refusedForGood(error: unknown): { id: null; status: string } {
  if ((error as { code?: string }).code === 'charge_disputed') return { id: null, status: 'failed' };
  throw error;
}
