import Stripe from 'stripe';

/** Whether Stripe refused because what was asked about is not there (any more). */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';
