import { setMaxListeners } from 'node:events';
import { checkCompliance } from '../src/actions/check-compliance.ts';
import { compareHourly } from '../src/actions/compare-hourly.ts';
import { followPosts } from '../src/actions/follow-posts.ts';
import { remind } from '../src/actions/remind.ts';
import type { Context } from '../src/context.ts';
import { openCharges } from '../src/db/charges.ts';
import { endAbandoned, lateSessions, overdueSessions } from '../src/db/checkouts.ts';
import { customersToTidy } from '../src/db/customers.ts';
import { inTransaction } from '../src/db/database.ts';
import { repliesToSettle } from '../src/db/kept-replies.ts';
import { becomeLeader } from '../src/db/leader.ts';
import { dueMails } from '../src/db/mails.ts';
import { payeesToCheck } from '../src/db/payees.ts';
import { postsToReadAgain } from '../src/db/posts.ts';
import { findUnsettled, waitingOfLinked } from '../src/db/progress.ts';
import { accountsToPost, endLatePublicReplies } from '../src/db/public-replies.ts';
import { duePurchases } from '../src/db/purchases.ts';
import { openRefunds } from '../src/db/refunds.ts';
import { forgetOld } from '../src/db/retention.ts';
import { openEvents } from '../src/db/stripe-events.ts';
import { endOverdueClaims, productsToMoveUp } from '../src/db/waiting-line.ts';
import { merchantsToTell } from '../src/db/webhooks.ts';
import { inBatches } from '../src/domain/batches.ts';
import { sleep } from '../src/process.ts';
import { MOST, queueMails } from '../src/queue.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A reply without an outcome after so long has lost its job. */
const UNSETTLED_SECONDS = 10;
/** While so many jobs wait, what has no outcome yet is most likely among them. */
const BUSY = 20;

/**
 * Adds a job again for everything that the database says is not done: jobs are hints, and hints get lost. One worker
 * does this at a time.
 */
export async function sweep(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await using leadership = await becomeLeader(context.databaseUrl, 'sweep', signal, () => {});
    if (!leadership) return;
    const stop = AbortSignal.any([signal, leadership.lost]);
    setMaxListeners(0, stop); // each round listens; Node warns of more than ten
    await Promise.all(rounds(context).map(({ everyMs, work }) => repeat(context, everyMs, work, stop)));
  }
}

function rounds(context: Context): Array<{ everyMs: number; work: () => Promise<void> }> {
  const { db, queues, config, now } = context;
  const settleAgain = async (find: () => Promise<string[]>): Promise<void> => {
    if ((await queues.waiting('read-replies')) > BUSY) return;
    await queues.add(
      'read-replies',
      ...inBatches(await find(), MOST.post_ids).map((post_ids) => ({ post_ids })),
    );
  };
  /** While X is asked about posts above replies, what has no outcome yet is most likely below them. */
  const unlessAsking = async (find: () => Promise<string[]>): Promise<void> => {
    if ((await queues.waiting('find-parents')) === 0) await settleAgain(find);
  };
  const lost = (overlapSeconds: number): Promise<string[]> =>
    findUnsettled(db, { olderThanSeconds: UNSETTLED_SECONDS, overlapSeconds, limit: 5_000 });
  return [
    {
      everyMs: SECOND,
      async work() {
        if ((await queues.waiting('send-mails')) > 0) return;
        await queueMails({ queues }, await dueMails(db, 500));
      },
    },
    {
      everyMs: SECOND,
      async work() {
        await inTransaction(db, (tx) => endOverdueClaims(tx, 500));
        if ((await queues.waiting('move-up')) === 0)
          await queues.add('move-up', ...(await productsToMoveUp(db)));
      },
    },
    { everyMs: SECOND, work: () => unlessAsking(() => lost(0)) },
    {
      everyMs: SECOND,
      async work() {
        if ((await queues.waiting('send-webhooks')) > BUSY) return;
        const merchants = await merchantsToTell(db);
        await queues.add('send-webhooks', ...merchants.map((merchant_id) => ({ merchant_id })));
      },
    },
    {
      everyMs: 2 * SECOND,
      async work() {
        if ((await queues.waiting('post-replies')) > 0) return;
        const accounts = await accountsToPost(db);
        await queues.add('post-replies', ...accounts.map((account_id) => ({ account_id })));
      },
    },
    { everyMs: MINUTE, work: () => endLatePublicReplies(db) },
    // Also what took longer than that to be stored, and at the start of a process what the last one left.
    { everyMs: 10 * MINUTE, work: () => settleAgain(() => lost(20 * 60)) },
    { everyMs: 5 * SECOND, work: () => unlessAsking(() => waitingOfLinked(db, config.HELD_DAYS)) },
    { everyMs: 2 * SECOND, work: () => unlessAsking(() => repliesToSettle(db, MOST.post_ids)) },
    {
      everyMs: 30 * SECOND,
      async work() {
        const events = await openEvents(db, 100);
        await queues.add('read-stripe-event', ...events.map((event_id) => ({ event_id })));
        const payees = await payeesToCheck(db, 100);
        await queues.add('check-payee', ...payees.map((merchant_id) => ({ merchant_id })));
        const refunds = await openRefunds(db, 100);
        await queues.add('give-refund', ...refunds.map((refund_id) => ({ refund_id })));
      },
    },
    {
      everyMs: MINUTE,
      async work() {
        const overdue = await overdueSessions(db, 100);
        await queues.add('record-payment', ...overdue.map((session_id) => ({ session_id })));
        await endAbandoned(db);
      },
    },
    {
      everyMs: 60 * MINUTE,
      async work() {
        const late = await lateSessions(db, 1_000);
        await queues.add('record-payment', ...late.map((session_id) => ({ session_id })));
      },
    },
    {
      everyMs: MINUTE,
      async work() {
        await followPosts(context, await postsToReadAgain(db, now(), 100));
      },
    },
    {
      everyMs: SECOND,
      async work() {
        if ((await queues.waiting('buy-now')) > 0) return;
        const due = await duePurchases(db, config.BUY_NOW_UNDO_SECONDS, 200);
        await queues.add('buy-now', ...due.map((post_id) => ({ post_id })));
      },
    },
    {
      everyMs: 20 * SECOND,
      async work() {
        const charges = await openCharges(db, 100);
        await queues.add('charge-card', ...charges.map((checkout_id) => ({ checkout_id })));
        const customers = await customersToTidy(db, 100);
        await queues.add('keep-customer', ...customers.map((customer_id) => ({ customer_id })));
      },
    },
    { everyMs: 5 * MINUTE, work: () => checkCompliance(context) },
    { everyMs: 5 * MINUTE, work: () => compareHourly(context) },
    {
      everyMs: MINUTE,
      async work() {
        await queueMails({ queues }, await remind(context));
      },
    },
    { everyMs: 60 * MINUTE, work: () => forgetOld(db, config) },
  ];
}

/** Does a round at once and then again and again. A round that fails is done anew at its next turn. */
async function repeat(
  { log }: Context,
  everyMs: number,
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    try {
      await work();
      if (failing) log.info('the sweep works again');
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, 'a round of the sweep failed; it is tried again');
      failing = true;
    }
    await sleep(everyMs, signal);
  }
}
