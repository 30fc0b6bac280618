import type { Context } from '../context.ts';
import { findPayee, noteAccountState } from '../db/payees.ts';
import { type Payee, sellerOf } from '../domain/payee.ts';
import { readAccount } from '../stripe/accounts.ts';

/** Asks Stripe how a merchant's account stands. From the answer on it can be paid to, or not. */
export async function checkPayee(
  { db, stripe, now, log }: Pick<Context, 'db' | 'stripe' | 'now' | 'log'>,
  merchant_id: string,
): Promise<Payee | undefined> {
  const before = await findPayee(db, merchant_id);
  if (!before?.account_id) return before;
  const asked_at = now();
  const state = await readAccount(stripe, before.account_id);
  const payee = await noteAccountState(db, before.account_id, state, asked_at);
  const [was, is] = [before, payee ?? before].map((each) => sellerOf(each).kind);
  if (was !== is)
    log[is === 'nobody' ? 'warn' : 'info'](
      { merchant: merchant_id, account: before.account_id },
      is === 'nobody' ? STOPPED : BEGUN,
    );
  return payee ?? findPayee(db, merchant_id);
}

const STOPPED = 'Stripe takes no payments for a merchant: nothing is sold for them until it does';
const BEGUN = 'Stripe takes payments for a merchant now';
