import { randomBytes } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { type Caller, readCaller } from './caller.ts';
import { clientForbidden, creditsDepleted, forbidden, unsupportedAuthentication } from './problems.ts';
import type { Limit } from './rate-limits.ts';
import type { StandIn } from './stand-in.ts';

export interface Env {
  Bindings: HttpBindings;
  Variables: { caller: Caller };
}

/** Who may call an endpoint, and how often. A kind of caller that is not named may not call it. */
export interface Access {
  app?: Limit[];
  user?: Limit[];
  /** What the user must have let the app do. */
  scopes?: string[];
}

const APP = 'OAuth 2.0 Application-Only';
const USER = 'OAuth 2.0 User Context';

/** Lets through who may call an endpoint, and refuses everybody else as X does. */
export function guard(
  { state, credentials, limits }: StandIn,
  endpoint: string,
  access: Access,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.header('api-version', '2.167');
    c.header('x-transaction-id', randomBytes(8).toString('hex'));
    const caller = readCaller(state, credentials, c.req.header('authorization'));
    const allowed = access[caller.kind];
    if (!allowed)
      throw caller.kind === 'app'
        ? unsupportedAuthentication(APP, ['OAuth 1.0a User Context', USER])
        : unsupportedAuthentication(USER, [APP]);
    if (!state.app().enrolled) throw clientForbidden();
    if (!state.app().credits) throw creditsDepleted();
    for (const limit of allowed) {
      // The app's day is one for all its users; everything else is counted for each of them.
      const counted = caller.kind === 'app' || limit.headers?.startsWith('x-app') ? 'app' : caller.user.id;
      const standing = limits.count(endpoint, counted, limit);
      for (const [name, value] of Object.entries(standing)) c.header(name, value);
    }
    const lacking = caller.kind === 'user' && access.scopes?.find((scope) => !caller.scopes.includes(scope));
    if (lacking) throw forbidden(`The user did not grant the scope ${lacking} to this app.`);
    c.set('caller', caller);
    await next();
  };
}

/** The caller of an endpoint whose guard lets only users through. */
export function callingUser(c: Context<Env>): Extract<Caller, { kind: 'user' }> {
  const { caller } = c.var;
  if (caller.kind === 'app') throw new Error(`${c.req.path} is guarded for users, and the app came through`);
  return caller;
}
