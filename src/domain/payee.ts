import type { Selectable } from 'kysely';
import type { Payee as Payees } from '../db/schema.ts';
import { feeOf } from './fee.ts';

export type Payee = Selectable<Payees>;

/**
 * Who sells: the platform's own account, the merchant's, or nobody for now, because the merchant has an account that
 * Stripe takes no payments for.
 */
export type Seller = { kind: 'platform' } | { kind: 'merchant'; account_id: string } | { kind: 'nobody' };

/** @param payee `undefined`: no account was ever asked for */
export function sellerOf(
  payee: Pick<Payee, 'account_id' | 'charges_enabled' | 'gone_at'> | undefined,
): Seller {
  if (!payee?.account_id) return payee?.gone_at ? { kind: 'nobody' } : { kind: 'platform' };
  if (payee.gone_at || !payee.charges_enabled) return { kind: 'nobody' };
  return { kind: 'merchant', account_id: payee.account_id };
}

/** How an account stands at Stripe. Nobody can be paid to one that is unfinished, checked or gone. */
export type AccountStanding = 'ready' | 'noPayouts' | 'unfinished' | 'checking' | 'gone';

export function accountStanding(payee: Payee): AccountStanding {
  if (payee.gone_at || payee.account_id === null) return 'gone';
  if (payee.charges_enabled) return payee.payouts_enabled ? 'ready' : 'noPayouts';
  return payee.details_submitted ? 'checking' : 'unfinished';
}

/** Whose account a sale's money goes to, and what of it stays with the platform. */
export interface Split {
  /** Stripe's acct_… id; null: the platform's own. */
  destination: string | null;
  fee: number;
}

/** @param bps the platform's part, in hundredths of a percent: of what the platform sells itself it takes none */
export function splitOf(
  seller: Exclude<Seller, { kind: 'nobody' }>,
  sale: { subtotal: number; total: number; currency: string },
  bps: number,
): Split {
  if (seller.kind === 'platform') return { destination: null, fee: 0 };
  return { destination: seller.account_id, fee: feeOf(sale, bps) };
}
