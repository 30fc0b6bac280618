import { createHash } from 'node:crypto';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Cause } from './events.ts';
import { invalid, Refusal } from './refusals.ts';
import type { Stand } from './stand.ts';

export interface Answer {
  status: ContentfulStatusCode;
  body: string;
  /** Whether the endpoint began its work: only then is the answer kept. */
  begun: boolean;
}

/** An answer that is given again to whoever asks the same under the same key. */
export interface KeptAnswer {
  key: string;
  fingerprint: string;
  status: ContentfulStatusCode;
  body: string;
  requestId: string;
  /** Milliseconds since 1970, by the stand-in's clock. */
  at: number;
}

const KEPT_MS = 24 * 60 * 60 * 1000;
const LONGEST_KEY = 255;

/**
 * Does something once under its key: the same request gets the same answer for a day, whatever it was (Stripe API
 * reference, "Idempotent requests").
 * @param request path and parameters
 * @returns the answer; `replayOf`: the request that it was first given to
 * @throws Refusal 409 while the key is in use, 400 if it was used for something else
 */
export async function once(
  stand: Stand,
  { key, requestId }: Cause,
  request: string,
  work: () => Promise<Answer>,
): Promise<{ status: ContentfulStatusCode; body: string; replayOf?: string }> {
  if (key === null) return work();
  const fingerprint = fingerprintOf(request);
  const kept = keptAnswer(stand, key, fingerprint);
  if (kept) return { status: kept.status, body: kept.body, replayOf: kept.requestId };
  stand.busyKeys.add(key);
  try {
    const { begun, ...answer } = await work();
    const at = stand.clock.now().getTime();
    if (begun) stand.store.answers.set(key, { key, fingerprint, ...answer, requestId, at });
    return answer;
  } finally {
    stand.busyKeys.delete(key);
  }
}

function keptAnswer(stand: Stand, key: string, fingerprint: string): KeptAnswer | undefined {
  if (key.length > LONGEST_KEY)
    throw invalid(
      `Idempotency keys can be at most ${LONGEST_KEY} characters long, but yours has ${key.length}.`,
    );
  if (stand.busyKeys.has(key)) throw keyInUse(key);
  const kept = stand.store.answers.get(key);
  if (!kept) return undefined;
  if (isOld(kept, stand)) {
    stand.store.answers.delete(key);
    return undefined;
  }
  if (kept.fingerprint !== fingerprint)
    throw new Refusal(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  return kept;
}

/** 409: another request with the same key is being answered. */
export const keyInUse = (key: string): Refusal =>
  new Refusal(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });

/** Forgets the answers that are older than a day. */
export function forgetOldAnswers(stand: Stand): void {
  for (const kept of stand.store.answers.values()) {
    if (!isOld(kept, stand)) break; // they are in the order in which they came
    stand.store.answers.delete(kept.key);
  }
}

const isOld = (kept: KeptAnswer, stand: Stand): boolean => stand.clock.now().getTime() - kept.at > KEPT_MS;

/** The same parameters in another order are the same request. */
function fingerprintOf(request: string): string {
  const [path = '', form = ''] = request.split(/\?(.*)/s);
  const pairs = [...new URLSearchParams(form)].map(([name, value]) => `${name}=${value}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([path, pairs]))
    .digest('hex');
}
