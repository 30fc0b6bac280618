import Stripe from 'stripe';

/**
 * Whether Stripe repeats the failure of an earlier request under the same key, as it does for a day (API reference, "Idempotent
 * requests"). That request has come to its end; what it has made before it failed, nobody knows without a look.
 */
export const isStoredFailure = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeAPIError &&
  (error.statusCode ?? 0) >= 500 &&
  error.headers?.['idempotent-replayed'] === 'true';
