import Stripe from 'stripe';
import { isMissing } from './missing.ts';

/** An account that is asked for: the same attempt says the same again. */
interface Attempt {
  merchant_id: string;
  attempt: number;
  /** Two letters; null: the platform's own. */
  country: string | null;
}

/**
 * Makes a merchant's account, or gets the one that an earlier try of this attempt has made. Payments are the platform's
 * (destination charges), so it pays Stripe's fees and stands in for losses; Stripe asks the merchant's questions and
 * shows them what they were paid (Stripe docs: accounts, `controller`).
 *
 * @returns its acct_… id
 */
export async function makeAccount(
  stripe: Stripe,
  { merchant_id, attempt, country }: Attempt,
): Promise<string> {
  const { id } = await stripe.accounts.create(
    {
      ...(country === null ? {} : { country }),
      controller: {
        fees: { payer: 'application' },
        losses: { payments: 'application' },
        requirement_collection: 'stripe',
        stripe_dashboard: { type: 'express' },
      },
      // Charges in the merchant's name need the one, what is left of them the other.
      capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
      metadata: { merchant_id, attempt: String(attempt) },
    },
    { idempotencyKey: `account-${merchant_id}-${attempt}` },
  );
  return id;
}

/** The account that an attempt has made, if its answer was lost; looks through all that are as new as the attempt. */
export async function findAccount(
  stripe: Stripe,
  { merchant_id, attempt }: Attempt,
  since: Date,
): Promise<string | undefined> {
  const created = { gte: Math.floor(since.getTime() / 1000) - 60 };
  for await (const { id, metadata } of stripe.accounts.list({ created, limit: 100 }))
    if (metadata?.merchant_id === merchant_id && metadata.attempt === String(attempt)) return id;
  return undefined;
}

/** How an account stands at Stripe. */
export interface AccountState {
  charges_enabled: boolean;
  payouts_enabled: boolean;
  details_submitted: boolean;
}

/** Reads an account anew: events are late, doubled and out of order. `gone`: it is closed, or out of our reach. */
export async function readAccount(stripe: Stripe, account_id: string): Promise<AccountState | 'gone'> {
  try {
    const { charges_enabled, payouts_enabled, details_submitted } =
      await stripe.accounts.retrieve(account_id);
    return { charges_enabled, payouts_enabled, details_submitted };
  } catch (error) {
    if (isMissing(error) || isOutOfReach(error)) return 'gone';
    throw error;
  }
}

/** What Stripe says of accounts that a platform has no access to (any more). */
const isOutOfReach = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && error.code === 'account_invalid';

/**
 * A fresh way to Stripe's questions. It works once, and for some minutes.
 *
 * @param page ours: Stripe leads back there, whether all was answered or the link was too old
 */
export async function onboardingLink(
  stripe: Stripe,
  account: string,
  page: string,
): Promise<{ url: string; expires_at: Date }> {
  const { url, expires_at } = await stripe.accountLinks.create({
    account,
    type: 'account_onboarding',
    refresh_url: page,
    return_url: page,
  });
  return { url, expires_at: new Date(expires_at * 1000) };
}
