import { checkPayee } from '../src/actions/check-payee.ts';
import type { Context } from '../src/context.ts';
import { together } from '../src/domain/batches.ts';
import { aborted, sleep } from '../src/process.ts';
import { type Handlers, type JobName, jobNames, MOST } from '../src/queue.ts';
import { buyNow } from './buy-now.ts';
import { chargeCard } from './charge-card.ts';
import { findParents } from './find-parents.ts';
import { giveRefund } from './give-refund.ts';
import { keepCustomer } from './keep-customer.ts';
import { moveUp } from './move-up.ts';
import { postReplies } from './post-replies.ts';
import { readReplies } from './read-replies.ts';
import { readStripeEvent } from './read-stripe-event.ts';
import { recordPayment } from './record-payment.ts';
import { sendMails } from './send-mails.ts';
import { sendWebhooks } from './send-webhooks.ts';
import { sweep } from './sweep.ts';

/** Batches of replies that are settled at the same time: one is computed here while others are in the database. */
const SETTLING = 3;
/** Between two requests to X for posts above replies: each of them may ask for a hundred. */
const GATHERING_MS = 50;

type FindParents = (post_ids: string[]) => Promise<void>;

/**
 * Works on jobs until told to stop, then finishes those under way.
 *
 * @param names the jobs that this process takes; all by default
 */
export async function work(
  context: Context,
  signal: AbortSignal,
  names: JobName[] = jobNames,
): Promise<void> {
  const settle = together((post_ids: string[]) => readReplies(context, { post_ids }), {
    atOnce: SETTLING,
    most: MOST.post_ids,
  });
  // What is asked meanwhile is asked together; last attempts by themselves, because they end otherwise.
  const [find, findAtLast] = [false, true].map((last) =>
    together(
      async (post_ids: string[]) => {
        await findParents(context, { post_ids }, { last });
        await sleep(GATHERING_MS, signal);
      },
      { most: MOST.post_ids },
    ),
  ) as [FindParents, FindParents];
  const handlers: Handlers = {
    'read-replies': ({ post_ids }) => settle(post_ids),
    'move-up': (data) => moveUp(context, data),
    'find-parents': ({ post_ids }, { last }) => (last ? findAtLast : find)(post_ids),
    'send-mails': (data) => sendMails(context, data),
    'post-replies': (data) => postReplies(context, data),
    'read-stripe-event': (data) => readStripeEvent(context, data),
    'record-payment': (data) => recordPayment(context, data),
    'check-payee': async ({ merchant_id }) => void (await checkPayee(context, merchant_id)),
    'give-refund': (data) => giveRefund(context, data),
    'buy-now': (data) => buyNow(context, data),
    'charge-card': (data) => chargeCard(context, data),
    'keep-customer': (data) => keepCustomer(context, data),
    'send-webhooks': (data) => sendWebhooks(context, data),
  };
  const stop = context.queues.work(names, handlers);
  context.log.info({ jobs: names, queue: context.queues.backend }, 'working');
  await Promise.all([sweep(context, signal), aborted(signal)]);
  await stop();
}
