import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { addMail } from '../db/mails.ts';
import { findPayee, lockPayee, noteAccountState } from '../db/payees.ts';
import { type Payee, sellerOf } from '../domain/payee.ts';
import { queueMails } from '../queue.ts';
import { readAccount } from '../stripe/accounts.ts';

/**
 * Asks Stripe how a merchant's account stands. From the answer on it can be paid to, or not: where it could before, the
 * merchant hears of it.
 */
export async function checkPayee(
  { db, stripe, queues, now, log }: Pick<Context, 'db' | 'stripe' | 'queues' | 'now' | 'log'>,
  merchant_id: string,
): Promise<Payee | undefined> {
  const known = await findPayee(db, merchant_id);
  if (!known?.account_id) return known;
  const { account_id } = known;
  const asked_at = now();
  const state = await readAccount(stripe, account_id);
  const { was, payee, mail_id } = await inTransaction(db, async (tx) => {
    const before = await lockPayee(tx, merchant_id);
    const payee = (await noteAccountState(tx, account_id, state, asked_at)) ?? before;
    const was = sellerOf(before).kind;
    const stopped = was === 'merchant' && sellerOf(payee).kind === 'nobody';
    return {
      was,
      payee,
      mail_id: stopped ? await addMail(tx, { kind: 'account_stopped', merchant_id }) : undefined,
    };
  });
  const is = sellerOf(payee).kind;
  if (was !== is)
    log[is === 'nobody' ? 'warn' : 'info'](
      { merchant: merchant_id, account: account_id },
      is === 'nobody' ? STOPPED : BEGUN,
    );
  if (mail_id) await queueMails({ queues }, [mail_id]);
  return payee;
}

const STOPPED = 'Stripe takes no payments for a merchant: nothing is sold for them until it does';
const BEGUN = 'Stripe takes payments for a merchant now';
