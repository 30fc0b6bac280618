import { newId } from './ids.ts';

/** One event on its way to one webhook endpoint. */
export interface Delivery {
  id: string;
  event: string;
  endpoint: string;
  state: 'pending' | 'delivered' | 'given_up';
  /** Held back, to be sent in reverse. */
  held: boolean;
  attempts: Attempt[];
  /** Milliseconds since 1970, by the stand-in's clock. */
  since: number;
  nextAt: number;
}

export interface Attempt {
  at: number;
  /** Of the endpoint's answer. */
  status: number | null;
  /** Why there is no answer. */
  error?: string;
}

/** An event's way to an endpoint, to be gone at once. @param at milliseconds since 1970 */
export const newDelivery = (event: string, endpoint: string, at: number): Delivery => ({
  ...{ event, endpoint },
  id: newId('wd_'),
  state: 'pending',
  held: false,
  attempts: [],
  since: at,
  nextAt: at,
});

/** Stripe retries for up to three days (Stripe documentation, "Automatic retries"). */
const GIVE_UP_MS = 3 * 24 * 60 * 60 * 1000;

export const isTooOld = (delivery: Delivery, now: number): boolean => now - delivery.since > GIVE_UP_MS;

/** A delivery after another attempt: confirmed by 2xx only. @param delays the waits between attempts; the last repeats */
export function afterAttempt(delivery: Delivery, attempt: Attempt, delays: number[]): Delivery {
  const attempts = [...delivery.attempts, attempt];
  const confirmed = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
  const nextAt = attempt.at + (delays[attempts.length - 1] ?? delays.at(-1) ?? 0);
  const state = confirmed ? 'delivered' : isTooOld(delivery, nextAt) ? 'given_up' : 'pending';
  return { ...delivery, held: false, attempts, state, nextAt };
}
