import { createHash, randomBytes } from 'node:crypto';
import { type Answer, CALLBACK, CREDENTIALS, type XUnderTest } from './x-stand-in.ts';

type Parameters = Record<string, string>;
type X = Pick<XUnderTest, 'url'>;

/** What an app sends a person to X with, and what it keeps to itself. */
export function askFor(
  scope: string,
  changes: Parameters = {},
): { parameters: Parameters; verifier: string } {
  const verifier = randomBytes(48).toString('base64url');
  return {
    verifier,
    parameters: {
      response_type: 'code',
      client_id: CREDENTIALS.clientId,
      redirect_uri: CALLBACK,
      scope,
      state: 'a state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    },
  };
}

/** The page on which a person decides. */
export const openPage = (x: X, parameters: Parameters, cookie = ''): Promise<Response> =>
  fetch(`${x.url}/i/oauth2/authorize?${new URLSearchParams(parameters)}`, { headers: { cookie } });

/** Presses a button on it. */
export const decide = (x: X, parameters: Parameters): Promise<Response> =>
  fetch(`${x.url}/i/oauth2/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(parameters),
  });

/** Consents, and gives the code with which X sends the person back. */
export async function consent(x: X, parameters: Parameters, account: string): Promise<string> {
  const response = await decide(x, { ...parameters, account, decision: 'authorize' });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

const BASIC = `Basic ${Buffer.from(`${CREDENTIALS.clientId}:${CREDENTIALS.clientSecret}`).toString('base64')}`;

/** A request to the token endpoint, or to the one that revokes. */
export async function token(
  x: X,
  body: Parameters,
  headers: Parameters = { authorization: BASIC },
  path = '/2/oauth2/token',
): Promise<Answer> {
  const response = await fetch(`${x.url}${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

export const exchange = (code: string, verifier: string, changes: Parameters = {}): Parameters => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: CALLBACK,
  code_verifier: verifier,
  ...changes,
});

/** The whole way: an access token of this user, and what else there is. */
export async function signIn(x: X, account: string, scope: string): Promise<Answer['body']> {
  const { parameters, verifier } = askFor(scope);
  const code = await consent(x, parameters, account);
  return (await token(x, exchange(code, verifier))).body;
}
