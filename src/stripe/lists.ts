import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { isMissing } from './missing.ts';

/** From `since` on, before `until`. */
export interface Span {
  since: Date;
  until: Date;
}

/** The most that a page holds. */
const PAGE = 100;
/** Stripe takes 25 requests a second in a sandbox (docs: "Rate limits"); customers who pay go first. */
const PAUSE_MS = 40;
const BUSY_MS = 2_000;
const TRIES = 6;

type List<T> = (page: {
  limit: number;
  created: { gte: number; lt: number };
  starting_after?: string;
}) => Promise<{ data: T[]; has_more: boolean }>;

/** What was created in a span of time, the newest first, a page at a time. */
export async function* pagesOf<T extends { id: string }>(
  list: List<T>,
  { since, until }: Span,
): AsyncGenerator<T[]> {
  const created = {
    gte: Math.floor(since.getTime() / 1000),
    lt: Math.ceil(until.getTime() / 1000),
  };
  let last: string | undefined;
  for (;;) {
    const page = await unhurried(() =>
      list({ limit: PAGE, created, ...(last === undefined ? {} : { starting_after: last }) }),
    );
    yield page.data;
    last = page.data.at(-1)?.id;
    if (!page.has_more || last === undefined) return;
  }
}

/** The object with an id; `undefined` where Stripe has none. */
export async function find<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await unhurried(read);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Asks after a pause, and again where Stripe is too busy: the library does not repeat those by itself. */
async function unhurried<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await sleep(PAUSE_MS);
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeRateLimitError) || attempt >= TRIES) throw error;
      await sleep(BUSY_MS * attempt);
    }
  }
}
