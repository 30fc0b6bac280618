import type { Clock } from '../clock.ts';
import { tooManyRequests } from './problems.ts';

export const QUARTER_HOUR_MS = 15 * 60_000;
export const DAY_MS = 24 * 3_600_000;

/** So many requests in so much time. */
export interface Limit {
  requests: number;
  /** Default: 15 minutes. */
  windowMs?: number;
  /** How the headers begin. Default: `x-rate-limit`. */
  headers?: 'x-rate-limit' | 'x-app-limit-24hour' | 'x-user-limit-24hour';
}

export interface RateLimits {
  /**
   * Counts a request, and gives the headers that tell the caller where they stand.
   *
   * @param caller whose requests are counted together
   * @throws Refusal when the window's requests are used up
   */
  count(endpoint: string, caller: string, limit: Limit): Record<string, string>;
}

/** X's windows: each begins with the first request in it. They are forgotten with the process. */
export function makeRateLimits(clock: Clock): RateLimits {
  const windows = new Map<string, { endsAt: number; used: number }>();
  return {
    count(endpoint, caller, { requests, windowMs = QUARTER_HOUR_MS, headers = 'x-rate-limit' }) {
      const key = `${endpoint} ${caller} ${headers}`;
      const now = clock.now().getTime();
      let window = windows.get(key);
      if (!window || window.endsAt <= now) {
        window = { endsAt: now + windowMs, used: 0 };
        windows.set(key, window);
      }
      window.used += 1;
      const standing = {
        [`${headers}-limit`]: String(requests),
        [`${headers}-remaining`]: String(Math.max(0, requests - window.used)),
        [`${headers}-reset`]: String(Math.ceil(window.endsAt / 1000)),
      };
      if (window.used > requests) throw tooManyRequests(standing);
      return standing;
    },
  };
}
