import type { MiddlewareHandler } from 'hono';
import type { Fault, Faults } from './faults.ts';
import {
  clientForbidden,
  creditsDepleted,
  forbidden,
  noRules,
  type Refusal,
  tooManyConnections,
  tooManyRequests,
  unauthorized,
  unavailable,
} from './problems.ts';
import type { XState } from './state.ts';
import { STREAM_PATH } from './stream.ts';

type Answer = Extract<Fault, { kind: 'answer' }>;

/** Refuses the requests that a fault was switched on for, whoever sends them. */
export function faultAnswers(faults: Faults, { clock }: Pick<XState, 'clock'>): MiddlewareHandler {
  return async (c, next) => {
    const fault = faults.take(
      'answer',
      ({ path, method = c.req.method }) =>
        (path === undefined ? c.req.path === STREAM_PATH : c.req.path.startsWith(path)) &&
        c.req.method === method,
    );
    if (fault && !fault.done) throw refusalFor(fault, clock.now());
    await next();
    if (fault) throw refusalFor(fault, clock.now());
  };
}

function refusalFor({ answer, reset_in_s }: Answer, now: Date): Refusal {
  switch (answer) {
    case 'rate_limited':
      return tooManyRequests({
        'x-rate-limit-limit': '50',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': String(Math.ceil(now.getTime() / 1000) + reset_in_s),
      });
    case 'too_many_connections':
      return tooManyConnections();
    case 'no_credits':
      return creditsDepleted();
    case 'forbidden':
      return clientForbidden();
    case 'no_rules':
      return noRules();
    case 'unavailable':
      return unavailable();
    case 'unauthorized':
      return unauthorized();
    case 'not_permitted':
      return forbidden('You are not permitted to perform this action.');
    case 'not_mentioned':
      return forbidden('You can only reply to or quote posts where you are mentioned or are the author.');
    case 'restricted':
      return forbidden('The original Tweet author restricted who can reply to this Tweet.');
  }
}
