import { createHash, randomBytes } from 'node:crypto';
import type { XState } from './state.ts';

const CODE_MS = 30_000;
const ACCESS_S = 7_200;
const REFRESH_MS = 180 * 86_400_000;

/** What a person's consent gave an app, until the app has fetched its tokens. */
export interface AuthorizationCode {
  code: string;
  client_id: string;
  redirect_uri: string;
  user_id: string;
  scopes: string[];
  /** base64url of the SHA-256 of what the app must show (RFC 7636). */
  challenge: string;
  expires_at: string;
}

export interface Token {
  token: string;
  kind: 'access' | 'refresh';
  /** All tokens that go back to one consent. */
  family: string;
  user_id: string;
  scopes: string[];
  expires_at: string;
  /** A refresh token that has been exchanged. Who shows it again has stolen it, or lost the new one. */
  used: boolean;
}

/** The token endpoint's answer. */
export interface TokenAnswer {
  token_type: 'bearer';
  expires_in: number;
  access_token: string;
  scope: string;
  refresh_token?: string;
}

/** What is wrong with a code or token, in X's words. */
export class GrantFault extends Error {
  override name = 'GrantFault';
}

type Grants = Pick<XState, 'codes' | 'tokens' | 'clock'>;

const secret = (): string => randomBytes(48).toString('base64url');
const isOver = (state: Grants | Pick<XState, 'clock'>, { expires_at }: { expires_at: string }): boolean =>
  new Date(expires_at) <= state.clock.now();

/** Notes a consent. The code is good for 30 seconds, once. */
export function issueCode(state: Grants, consent: Omit<AuthorizationCode, 'code' | 'expires_at'>): string {
  const code = secret();
  const expires_at = new Date(state.clock.now().getTime() + CODE_MS).toISOString();
  state.codes.set(code, { ...consent, code, expires_at });
  return code;
}

/** Exchanges a code for tokens. Every attempt uses the code up. @throws GrantFault */
export function redeemCode(
  state: Grants,
  shown: { code: string; client_id: string; redirect_uri: string; code_verifier: string },
): TokenAnswer {
  const consent = state.codes.get(shown.code);
  state.codes.delete(shown.code);
  if (!consent || isOver(state, consent) || consent.client_id !== shown.client_id)
    throw new GrantFault('Value passed for the authorization code was invalid.');
  if (consent.redirect_uri !== shown.redirect_uri)
    throw new GrantFault(
      'Value passed for the redirect uri did not match the uri of the authorization code.',
    );
  if (createHash('sha256').update(shown.code_verifier).digest('base64url') !== consent.challenge)
    throw new GrantFault('Value passed for the code verifier did not match the code challenge.');
  return issueTokens(state, { ...consent, family: secret() });
}

/** Exchanges a refresh token, which is good once. Used a second time it ends the whole family. @throws GrantFault */
export function refresh(state: Grants, refreshToken: string): TokenAnswer {
  const token = state.tokens.get(refreshToken);
  if (token?.used) endFamily(state, token.family);
  if (token?.kind !== 'refresh' || token.used || isOver(state, token))
    throw new GrantFault('Value passed for the token was invalid.');
  state.tokens.set(refreshToken, { ...token, used: true });
  return issueTokens(state, token);
}

/** Ends an access token, or everything that a refresh token belongs to. */
export function revoke(state: Grants, name: string): void {
  const token = state.tokens.get(name);
  if (token?.kind === 'refresh') endFamily(state, token.family);
  else if (token) state.tokens.delete(name);
}

/** The access token of this name, if it is good still. */
export function findAccessToken(state: Pick<XState, 'tokens' | 'clock'>, name: string): Token | undefined {
  const token = state.tokens.get(name);
  return token?.kind === 'access' && !isOver(state, token) ? token : undefined;
}

function issueTokens(state: Grants, grant: Pick<Token, 'family' | 'user_id' | 'scopes'>): TokenAnswer {
  const { family, user_id, scopes } = grant;
  const keep = (kind: Token['kind'], lifeMs: number): string => {
    const token = secret();
    const expires_at = new Date(state.clock.now().getTime() + lifeMs).toISOString();
    state.tokens.set(token, { token, kind, family, user_id, scopes, expires_at, used: false });
    return token;
  };
  return {
    token_type: 'bearer',
    expires_in: ACCESS_S,
    access_token: keep('access', ACCESS_S * 1_000),
    scope: scopes.join(' '),
    ...(scopes.includes('offline.access') && { refresh_token: keep('refresh', REFRESH_MS) }),
  };
}

function endFamily(state: Grants, family: string): void {
  for (const token of state.tokens.values()) if (token.family === family) state.tokens.delete(token.token);
}
