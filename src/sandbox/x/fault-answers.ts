import type { MiddlewareHandler } from 'hono';
import type { Fault, Faults } from './faults.ts';
import {
  clientForbidden,
  creditsDepleted,
  noRules,
  type Refusal,
  tooManyConnections,
  tooManyRequests,
  unavailable,
} from './problems.ts';
import type { XState } from './state.ts';
import { STREAM_PATH } from './stream.ts';

type Answer = Extract<Fault, { kind: 'answer' }>;

/** Refuses the requests that a fault was switched on for, whoever sends them. */
export function faultAnswers(faults: Faults, { clock }: Pick<XState, 'clock'>): MiddlewareHandler {
  return async (c, next) => {
    const fault = faults.take('answer', ({ path }) =>
      path === undefined ? c.req.path === STREAM_PATH : c.req.path.startsWith(path),
    );
    if (fault) throw refusalFor(fault, clock.now());
    await next();
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
  }
}
