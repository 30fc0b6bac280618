import type { Context } from '../context.ts';
import { checkoutOfSession } from '../db/checkouts.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { noteDispute, noteWarning, ownerOfPayment } from '../db/disputes.ts';
import { addMail } from '../db/mails.ts';
import { tellMerchant } from '../db/webhooks.ts';
import { phaseOf } from '../domain/dispute.ts';
import { queueMails } from '../queue.ts';
import { readIntent } from '../stripe/card-payment.ts';
import { readDispute, readFraudWarning } from '../stripe/disputes.ts';
import { sessionOfIntent } from '../stripe/facts.ts';
import { recordIntent } from './charge-card.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now' | 'config'>;

/**
 * Looks at a dispute and notes how it stands. It asks Stripe for the dispute itself, so it does not matter which event is
 * the reason, how often it came, or in which order. Merchant and operator hear of it when it begins and when it ends.
 */
export async function recordDispute(context: Needs, id: string): Promise<void> {
  const { db, stripe, log, now } = context;
  const read_at = now();
  const { payment_id, ...state } = await readDispute(stripe, id);
  const owner = payment_id === null ? undefined : await ownerOf(context, payment_id);
  if (payment_id === null || !owner)
    return log.warn({ dispute: id }, 'a dispute over a payment that is none of ours');
  const mail_ids = await inTransaction(db, async (tx) => {
    const noted = await noteDispute(tx, { ...state, payment_id, read_at });
    const isNews = noted && (noted.before === null || phaseOf(noted.before) !== phaseOf(state.status));
    if (!isNews) return [];
    if (owner.order_id)
      await tellMerchant(tx, 'order.disputed', { order_id: owner.order_id, dispute_id: id });
    return tell(tx, context, owner.merchant_id, { dispute_id: id });
  });
  if (mail_ids.length === 0) return;
  log.error({ dispute: id, payment: payment_id, status: state.status }, 'a payment is disputed');
  await queueMails(context, mail_ids);
}

/** Looks at an early fraud warning and notes it. Merchant and operator hear of it once. */
export async function recordFraudWarning(context: Needs, id: string): Promise<void> {
  const { db, stripe, log, now } = context;
  const read_at = now();
  const { payment_id, ...state } = await readFraudWarning(stripe, id);
  const owner = payment_id === null ? undefined : await ownerOf(context, payment_id);
  if (payment_id === null || !owner)
    return log.warn({ warning: id }, 'a fraud warning about a payment that is none of ours');
  const mail_ids = await inTransaction(db, async (tx) =>
    (await noteWarning(tx, { ...state, payment_id, read_at }))
      ? tell(tx, context, owner.merchant_id, { warning_id: id })
      : [],
  );
  if (mail_ids.length === 0) return;
  log.error({ warning: id, payment: payment_id }, 'a payment may be fraud');
  await queueMails(context, mail_ids);
}

/**
 * Whose payment it is; `undefined`: none of ours.
 *
 * @throws where it is one of ours that we have not heard of yet: that is asked about first, and the news of it comes again
 */
async function ownerOf(context: Needs, payment_id: string): ReturnType<typeof ownerOfPayment> {
  const { db, stripe, queues } = context;
  const owner = await ownerOfPayment(db, payment_id);
  if (owner) return owner;
  const intent = await readIntent(stripe, payment_id);
  if (intent.checkout_id === null) return undefined;
  const session_id = await sessionOfIntent(stripe, payment_id);
  if (session_id === null) {
    await recordIntent(context, intent);
    return ownerOfPayment(db, payment_id);
  }
  if (!(await checkoutOfSession(db, { ...intent, id: session_id }))) return undefined;
  await queues.add('record-payment', { session_id });
  throw new Error(`payment ${payment_id} is held against us, and not noted yet`);
}

async function tell(
  tx: Tx,
  { config }: Needs,
  merchant_id: string,
  about: { dispute_id: string } | { warning_id: string },
): Promise<string[]> {
  const mails = [await addMail(tx, { kind: 'dispute', merchant_id, ...about })];
  if (config.OPERATOR_EMAIL) mails.push(await addMail(tx, { kind: 'operator', ...about }));
  return mails.filter((id) => id !== undefined);
}
