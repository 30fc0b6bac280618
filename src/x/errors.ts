import { ApiPartialResponseError, ApiRequestError, ApiResponseError } from 'twitter-api-v2';

/** What X's refusals mean for us, whatever their many shapes. */
export type XErrorKind =
  /** The window's requests are used up; `retryAt` says until when. */
  | 'rate_limited'
  /** Another connection holds the only slot. Also a 429, told apart by its body. */
  | 'too_many_connections'
  /** The stream has no rules yet. */
  | 'no_rules'
  /** No credits, a spending limit, or the month's cap: nothing works until somebody acts. */
  | 'no_credits'
  | 'unauthorized'
  | 'forbidden'
  | 'invalid'
  | 'not_found'
  /** X, or the way to it, is down. */
  | 'unavailable';

export class XError extends Error {
  override name = 'XError';
  readonly kind: XErrorKind;
  readonly status: number | undefined;
  readonly retryAt: Date | undefined;

  constructor(
    kind: XErrorKind,
    message: string,
    more: { status?: number; retryAt?: Date; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.status = more.status;
    this.retryAt = more.retryAt;
  }
}

/**
 * What an answer of X with an error status means.
 *
 * @param body as X sent it; it may be HTML or empty where X's edge answers
 * @param reset the header `x-rate-limit-reset`, in seconds since 1970
 */
export function readRefusal(status: number, body: string, reset: string | undefined): XError {
  const {
    title = '',
    detail = '',
    type = '',
    connection_issue,
    error_description = '',
    errors,
  } = parse(body);
  // The same problem has the types https://api.x.com/2/problems/… and https://api.twitter.com/2/problems/….
  const problem = type.split('/').at(-1) ?? '';
  const message = `X answered ${status}: ${[title, detail, error_description, errors?.[0]?.message ?? errors?.[0]?.detail].filter(Boolean).join(': ') || 'no explanation'}`;
  const retryAt = reset && Number(reset) > 0 ? new Date(Number(reset) * 1000) : undefined;
  const of = (kind: XErrorKind): XError => new XError(kind, message, { status, retryAt });
  if (status === 402 || problem === 'usage-capped' || /UsageCap|SpendCap|CreditsDepleted/i.test(title))
    return of('no_credits');
  if (connection_issue === 'TooManyConnections') return of('too_many_connections');
  if (connection_issue !== undefined && status === 409) return of('no_rules');
  if (status === 429) return of('rate_limited');
  if (status === 401) return of('unauthorized');
  if (status === 403) return of('forbidden');
  if (status === 404) return of('not_found');
  if (status >= 400 && status < 500) return of('invalid');
  return of('unavailable');
}

/** Windows of different lengths, each with headers of its own (X docs: rate limits). */
const WINDOWS = ['x-rate-limit', 'x-app-limit-24hour', 'x-user-limit-24hour'];

/** Until when X takes no more requests, by an answer's headers; `undefined` while it does. */
export function usedUpUntil(headers: Record<string, unknown>): Date | undefined {
  const ends = WINDOWS.flatMap((window) =>
    headers[`${window}-remaining`] === '0' ? Number(headers[`${window}-reset`]) || [] : [],
  );
  return ends.length > 0 ? new Date(Math.max(...ends) * 1000) : undefined;
}

interface Problem {
  title?: string;
  detail?: string;
  type?: string;
  connection_issue?: string;
  error_description?: string;
  errors?: Array<{ message?: string; detail?: string }>;
}

function parse(body: string): Problem {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Problem) : {};
  } catch {
    return {};
  }
}

/** What twitter-api-v2 throws, as ours. Its own `hasErrorCode` knows codes that X never sends. */
export function toXError(error: unknown): XError {
  if (error instanceof XError) return error;
  if (error instanceof ApiResponseError) {
    const data = typeof error.data === 'string' ? error.data : JSON.stringify(error.data ?? {});
    const end = usedUpUntil(error.headers);
    const reset = end ? String(end.getTime() / 1000) : error.headers['x-rate-limit-reset'];
    return readRefusal(error.code, data, reset as string | undefined);
  }
  const cause =
    error instanceof ApiRequestError
      ? error.requestError
      : error instanceof ApiPartialResponseError
        ? error.responseError
        : error;
  const { message = '', code = '' } = cause as { message?: string; code?: string };
  return new XError('unavailable', `X cannot be reached: ${message || code || 'no answer'}`, { cause });
}
