/** Why something cannot be downloaded, if so. */
export type Ended = 'refunded' | 'expired' | 'used_up';

export function whyEnded(
  download: { allowed: number; expires_at: Date; uses: Date[]; void: boolean },
  now: Date,
): Ended | undefined {
  if (download.void) return 'refunded';
  if (download.expires_at <= now) return 'expired';
  return download.uses.length >= download.allowed ? 'used_up' : undefined;
}

const MINUTE_MS = 60_000;
/** Whoever presses the button again so soon, because the connection broke, has it counted once. */
const SAME_USE_MS = 10 * MINUTE_MS;
/** So long a download that was begun can be gone on with. */
const PASS_MS = 6 * 60 * MINUTE_MS;

export const isSameUse = (use: { at: Date }, now: Date): boolean =>
  now.getTime() - use.at.getTime() < SAME_USE_MS;

export const isPassAlive = (use: { at: Date }, now: Date): boolean =>
  now.getTime() - use.at.getTime() < PASS_MS;
