import type { XError } from './errors.ts';

/** How a connection ended, or why there was none. */
export type Ending =
  /** It was established, lived for `livedMs` and delivered bytes or not. */
  | { kind: 'dropped'; livedMs: number; delivered: boolean }
  /** The network failed before X answered. */
  | { kind: 'unreachable' }
  /** X answered with a refusal. */
  | { kind: 'refused'; error: XError };

/** X's documented back-offs (docs: consuming streaming data, handling disconnections). */
const TCP = { step: 250, most: 16_000 };
const HTTP = { first: 5_000, most: 320_000 };
const RATE_LIMIT = { first: 60_000, most: 960_000 };
/** A connection that does not live so long has not cured anything: back-offs go on growing. */
const MINIMUM_UPTIME_MS = 30_000;
/** X allows 50 connects in 15 minutes. */
const BUDGET = { connects: 40, windowMs: 15 * 60_000 };

export interface Reconnects {
  /** Milliseconds to wait before the next connect. */
  delayAfter(ending: Ending, now: Date): number;
  /** To be called when a connect begins. Milliseconds that it has to wait for the budget first. */
  spend(now: Date): number;
}

/**
 * When to connect again. A dropped connection reconnects at once, the first time; network failures wait longer by
 * a quarter of a second each, refusals twice as long each, rate limits from a minute on or until X's reset. Only a
 * connection that has lived resets the waits.
 */
export function reconnectPolicy(): Reconnects {
  let failures = 0;
  let lastKind: 'tcp' | 'http' | 'rate' | undefined;
  let spent: number[] = [];
  const count = (kind: NonNullable<typeof lastKind>): number => {
    failures = lastKind === kind ? failures + 1 : 1;
    lastKind = kind;
    return failures;
  };
  const doubled = ({ first, most }: { first: number; most: number }, n: number): number =>
    Math.min(most, first * 2 ** (n - 1));
  return {
    delayAfter(ending, now) {
      if (ending.kind === 'dropped') {
        if (ending.delivered && ending.livedMs >= MINIMUM_UPTIME_MS) {
          failures = 0;
          lastKind = undefined;
          return 0;
        }
        const n = count('tcp');
        return n === 1 ? 0 : Math.min(TCP.most, TCP.step * 2 ** (n - 2));
      }
      if (ending.kind === 'unreachable') return Math.min(TCP.most, TCP.step * count('tcp'));
      const { kind, retryAt } = ending.error;
      if (kind === 'rate_limited' || kind === 'no_credits') {
        const wait = doubled(RATE_LIMIT, count('rate'));
        return Math.max(wait, retryAt ? retryAt.getTime() - now.getTime() : 0);
      }
      return doubled(HTTP, count('http'));
    },
    spend(now) {
      const time = now.getTime();
      spent = spent.filter((at) => at > time - BUDGET.windowMs);
      const wait = spent.length < BUDGET.connects ? 0 : (spent[0] as number) + BUDGET.windowMs - time;
      spent.push(time + wait);
      return wait;
    },
  };
}
