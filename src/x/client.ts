import { Agent } from 'node:http';
import { type ITwitterApiClientPlugin, type TOAuth2Scope, TwitterApi } from 'twitter-api-v2';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { toXError, usedUpUntil, XError } from './errors.ts';

const TIMEOUT_MS = 20_000;
/** What we ask shoppers for: who they are. Nothing that lasts, nothing that writes. */
const SHOPPER_SCOPES: TOAuth2Scope[] = ['users.read', 'tweet.read', 'users.email'];
/** What we ask merchants for: to reply for them, until they take it back. */
export const MERCHANT_SCOPES: TOAuth2Scope[] = ['tweet.read', 'tweet.write', 'users.read', 'offline.access'];

const me = z.object({
  data: z.object({
    id: z.string().regex(/^\d{1,19}$/),
    username: z.string(),
    confirmed_email: z.email().nullish().catch(undefined),
  }),
});
export type XUser = z.infer<typeof me>['data'];

/** With them an app acts for a user. The refresh token is good once. */
export interface Tokens {
  access: string;
  refresh: string;
  expires_at: Date;
}

/** X, asked for a user who let us. */
export interface XAccount {
  /** @throws XError */
  get(path: string, query?: Record<string, string | number | undefined>): Promise<unknown>;
  /** @returns `used_up_until`: X takes no more requests of this kind before then @throws XError */
  post(path: string, body: object): Promise<{ answer: unknown; used_up_until: Date | undefined }>;
}

export interface XClient {
  /** A request with the app's token. @throws XError */
  get(path: string, query?: Record<string, string | number | undefined>): Promise<unknown>;
  /** A request with the app's token. @throws XError */
  post(path: string, body: object): Promise<unknown>;
  /** Where to send a shopper who wants to sign in, and what to remember until they come back. */
  signIn(redirectUri: string, scopes?: TOAuth2Scope[]): { url: string; state: string; verifier: string };
  /** Who came back. The code is good once, for 30 seconds. @throws XError */
  whoIs(code: string, verifier: string, redirectUri: string): Promise<XUser>;
  /** The same for who lets us act for them; no tokens where less was granted than that. @throws XError */
  whoGrants(
    code: string,
    verifier: string,
    redirectUri: string,
  ): Promise<{ user: XUser; tokens: Tokens | undefined }>;
  /** New tokens for a refresh token, which may not be shown again, whatever the answer. @throws XError */
  refresh(refreshToken: string): Promise<Tokens>;
  /** Gives a refresh token back, and all that came of it. @throws XError */
  revoke(refreshToken: string): Promise<void>;
  /** Acts for a user. */
  as(accessToken: string): XAccount;
}

type Settings = Pick<
  Config,
  'X_API_URL' | 'X_AUTH_URL' | 'X_BEARER_TOKEN' | 'X_CLIENT_ID' | 'X_CLIENT_SECRET'
>;

/** X's REST API, by twitter-api-v2: the stream is our own (stream.ts). */
export function openX(settings: Settings): XClient {
  const options = {
    plugins: [new OtherHost(settings.X_API_URL)],
    httpAgent: httpAgentFor(settings.X_API_URL),
  };
  const app = new TwitterApi(settings.X_BEARER_TOKEN, options).v2;
  const oauth = new TwitterApi(
    { clientId: settings.X_CLIENT_ID, clientSecret: settings.X_CLIENT_SECRET },
    options,
  );
  return {
    get: (path, query = {}) => orXError(app.get(path, query, { timeout: TIMEOUT_MS })),
    post: (path, body) => orXError(app.post(path, { ...body }, { timeout: TIMEOUT_MS })),
    signIn(redirectUri, scopes = SHOPPER_SCOPES) {
      const { url, state, codeVerifier } = oauth.generateOAuth2AuthLink(redirectUri, { scope: scopes });
      const address = new URL(url.replace('https://x.com', settings.X_AUTH_URL));
      address.searchParams.set('code_challenge_method', 'S256'); // the library writes s256, RFC 7636 says S256
      return { url: address.href, state, verifier: codeVerifier };
    },
    async whoIs(code, codeVerifier, redirectUri) {
      const { client } = await orXError(oauth.loginWithOAuth2({ code, codeVerifier, redirectUri }));
      const answer = await orXError(
        client.v2.get('users/me', { 'user.fields': 'confirmed_email' }, { timeout: TIMEOUT_MS }),
      );
      return me.parse(answer).data;
    },
    async whoGrants(code, codeVerifier, redirectUri) {
      const grant = await orXError(oauth.loginWithOAuth2({ code, codeVerifier, redirectUri }));
      const user = me.parse(
        await orXError(grant.client.v2.get('users/me', {}, { timeout: TIMEOUT_MS })),
      ).data;
      const isWhole = MERCHANT_SCOPES.every((scope) => grant.scope.includes(scope));
      return { user, tokens: isWhole ? tokensOf(grant) : undefined };
    },
    refresh: async (refreshToken) => tokensOf(await orXError(oauth.refreshOAuth2Token(refreshToken))),
    revoke: async (refreshToken) => {
      await orXError(oauth.revokeOAuth2Token(refreshToken, 'refresh_token'));
    },
    as(accessToken) {
      const user = new TwitterApi(accessToken, options).v2;
      return {
        get: (path, query = {}) => orXError(user.get(path, query, { timeout: TIMEOUT_MS })),
        async post(path, body) {
          const { data, headers } = await orXError(
            user.post(path, { ...body }, { timeout: TIMEOUT_MS, fullResponse: true }),
          );
          return { answer: data, used_up_until: usedUpUntil(headers) };
        },
      };
    },
  };
}

/** @throws XError where X gives no refresh token: then nothing could be done for long */
function tokensOf(grant: { accessToken: string; refreshToken?: string; expiresIn: number }): Tokens {
  if (!grant.refreshToken) throw new XError('invalid', 'X gave no refresh token');
  const expires_at = new Date(Date.now() + grant.expiresIn * 1000);
  return { access: grant.accessToken, refresh: grant.refreshToken, expires_at };
}

async function orXError<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw toXError(error);
  }
}

/** The library's addresses are fixed; tests, the sandbox and proxies are elsewhere. */
class OtherHost implements ITwitterApiClientPlugin {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  onBeforeRequestConfig({ params }: { params: { url: string; timeout?: number } }): void {
    params.url = params.url.replace('https://api.x.com', this.base);
    params.timeout ??= TIMEOUT_MS;
  }
}

/** Plain http needs an agent of its own: the library makes every request with Node's https. */
const httpAgentFor = (url: string): Agent | undefined =>
  url.startsWith('http:') ? new Agent({ keepAlive: true }) : undefined;
