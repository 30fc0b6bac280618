import type { MailContent } from '../domain/mail-content.ts';
import { type AccountStanding, accountStanding } from '../domain/payee.ts';
import type { Db } from './database.ts';
import { merchantOf } from './mail-merchants.ts';
import { findPayee } from './payees.ts';

const STOPPED: AccountStanding[] = ['unfinished', 'checking', 'gone'];

/** That Stripe takes no payments for a merchant any more. Nothing, where it does again by now. */
export async function gatherAccount(
  db: Db,
  merchant_id: string,
  now: Date,
): Promise<MailContent | undefined> {
  const payee = await findPayee(db, merchant_id);
  const standing = payee?.stopped_at && accountStanding(payee);
  if (!standing || !STOPPED.includes(standing)) return undefined;
  return {
    kind: 'account_stopped',
    merchant: await merchantOf(db, merchant_id),
    standing,
    written_at: now.toISOString(),
  };
}
