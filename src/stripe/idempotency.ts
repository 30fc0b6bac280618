/**
 * So long the same key finds what an earlier try has made; after that its list is looked through. Stripe forgets a key after
 * 24 hours (Stripe docs: idempotent requests), and a request takes its time.
 */
export const KEY_LIVES_MS = 20 * 3_600_000;

/**
 * Where Stripe's only answer to a key is that it failed, what was made in spite of that shows in its list before so much time
 * is over.
 */
export const SHOWS_MS = 10 * 60_000;

/** So many keys the same is tried under, at most, where Stripe repeats for a day that it has failed. */
export const KEYS = 5;
