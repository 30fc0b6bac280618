/**
 * So long the same key finds what an earlier try has made; after that its list is looked through. Stripe forgets a key after
 * 24 hours (Stripe docs: idempotent requests), and a request takes its time.
 */
export const KEY_LIVES_MS = 20 * 3_600_000;
