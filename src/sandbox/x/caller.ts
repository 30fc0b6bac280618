import { findAccessToken } from './oauth-grants.ts';
import { unauthorized } from './problems.ts';
import type { XState } from './state.ts';
import type { User } from './users.ts';

/** The keys that X gives an app. */
export interface Credentials {
  bearerToken: string;
  clientId: string;
  clientSecret: string;
}

/** Who sends a request: the app itself, or the app for a user who let it. */
export type Caller = { kind: 'app'; user?: undefined } | { kind: 'user'; user: User; scopes: string[] };

/** @param authorization the header @throws Refusal where the token is unknown, expired or revoked */
export function readCaller(
  state: Pick<XState, 'tokens' | 'users' | 'clock'>,
  credentials: Credentials,
  authorization: string | undefined,
): Caller {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (token === credentials.bearerToken) return { kind: 'app' };
  const grant = token === undefined ? undefined : findAccessToken(state, token);
  const user = grant && state.users.get(grant.user_id);
  if (!grant || !user) throw unauthorized();
  return { kind: 'user', user, scopes: grant.scopes };
}
