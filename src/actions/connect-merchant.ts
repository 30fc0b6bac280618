import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { requireMerchant } from '../db/merchants.ts';
import { beginAttempt, lockPayee, noteAccount } from '../db/payees.ts';
import type { Payee } from '../domain/payee.ts';
import { PermanentError } from '../errors.ts';
import { findAccount, makeAccount, onboardingLink } from '../stripe/accounts.ts';
import { KEY_LIVES_MS } from '../stripe/idempotency.ts';
import { isStoredFailure } from '../stripe/stored-failure.ts';
import { checkPayee } from './check-payee.ts';
import { payeePage } from './payee-page.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'keys' | 'config' | 'now' | 'log'>;

/** A way for a merchant to answer Stripe's questions. */
export interface Onboarding {
  payee: Payee;
  /** At Stripe: works once, and for some minutes. */
  url: string;
  expires_at: Date;
  /** Ours, which makes another one whenever it is needed. */
  page: string;
}

/**
 * Gives a merchant an account of their own, unless they have one, and the way to its questions. From then on nothing is
 * sold for them until Stripe takes payments for it.
 *
 * @param country two letters, where it is not the platform's; an account that there is keeps its own
 * @throws PermanentError where there is no such merchant
 */
export async function connectMerchant(
  context: Needs,
  merchant_id: string,
  country: string | null = null,
): Promise<Onboarding> {
  const { db, stripe, now } = context;
  await requireMerchant(db, merchant_id, { selling: true });
  const asked = await inTransaction(db, async (tx) => {
    const payee = await lockPayee(tx, merchant_id);
    const isFirst = payee.attempt === 0 || (payee.account_id !== null && payee.gone_at !== null);
    return isFirst ? beginAttempt(tx, payee, { country, asked_at: now() }) : payee;
  });
  if (asked.account_id === null) await accountFor(context, asked, country);
  const payee = await checkPayee(context, merchant_id);
  if (!payee?.account_id || payee.gone_at)
    throw new PermanentError(`the account of ${merchant_id} is closed: connect it once more`);
  const page = payeePage(context, merchant_id, now());
  return { payee, page, ...(await onboardingLink(stripe, payee.account_id, page)) };
}

/**
 * Makes the account of an attempt. One that came to nothing is followed by another, once its key is forgotten or good for
 * nothing any more: Stripe repeats for a day that it has failed.
 */
async function accountFor({ db, stripe, now }: Needs, asked: Payee, country: string | null): Promise<void> {
  const since = asked.asked_at ?? now();
  if (now().getTime() - since.getTime() < KEY_LIVES_MS) {
    try {
      return await noteAccount(db, asked, await makeAccount(stripe, asked));
    } catch (error) {
      if (!isStoredFailure(error)) throw error;
    }
  }
  const found = await findAccount(stripe, asked, since);
  if (found !== undefined) return noteAccount(db, asked, found);
  const next = await inTransaction(db, async (tx) => {
    const payee = await lockPayee(tx, asked.merchant_id);
    return payee.attempt === asked.attempt ? beginAttempt(tx, payee, { country, asked_at: now() }) : payee;
  });
  await noteAccount(db, next, await makeAccount(stripe, next));
}
