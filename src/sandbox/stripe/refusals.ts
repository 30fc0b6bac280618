import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The `error` of an answer (Stripe API reference, "Errors"). */
export interface ErrorBody {
  type: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error';
  message: string;
  code?: string;
  param?: string;
  doc_url?: string;
  decline_code?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
}

interface Details {
  code?: string;
  /** Where the fault is, in the brackets style: `line_items[0][quantity]`. */
  param?: string;
}

/** A request that the API answers with an error. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: ContentfulStatusCode;
  readonly error: ErrorBody;

  constructor(status: ContentfulStatusCode, error: ErrorBody) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

/** 400: a request that cannot be done as it is. */
export const invalid = (message: string, details: Details = {}): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, ...details, ...documented(details.code) });

/** 500: what Stripe answers when something goes wrong on its side. */
export const failure = (): Refusal =>
  new Refusal(500, { type: 'api_error', message: 'An unknown error occurred' });

/** Something that the request names and that is not there. @param status 404, or 400 inside of a new object */
export const noSuch = (kind: string, id: string, param: string, status: 400 | 404 = 404): Refusal =>
  new Refusal(status, {
    type: 'invalid_request_error',
    message: `No such ${kind}: '${id}'`,
    param,
    code: 'resource_missing',
    ...documented('resource_missing'),
  });

/** 403: an account that is none of the platform's, or was taken away from it. */
export const noAccess = (key: string, account: string): Refusal =>
  new Refusal(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message: `The provided key '${masked(key)}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
    ...documented('account_invalid'),
  });

/** A key as messages show it. */
export const masked = (key: string): string =>
  `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`;

/** What Stripe would do and the stand-in does not: better told at once than left without an effect. */
export const notSimulated = (what: string, param?: string): Refusal =>
  invalid(
    `The stand-in for Stripe does not simulate ${what}: Stripe knows it, nothing here would act on it.`,
    {
      code: 'not_simulated',
      param,
    },
  );

function documented(code: string | undefined): Pick<ErrorBody, 'doc_url'> {
  if (code === undefined || code === 'not_simulated') return {};
  return { doc_url: `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}` };
}
