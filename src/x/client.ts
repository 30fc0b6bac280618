import { Agent } from 'node:http';
import { type ITwitterApiClientPlugin, TwitterApi } from 'twitter-api-v2';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { toXError } from './errors.ts';

const TIMEOUT_MS = 20_000;
/** What we ask shoppers for: who they are. Nothing that lasts, nothing that writes. */
const SHOPPER_SCOPES = ['users.read', 'tweet.read', 'users.email'];

const me = z.object({
  data: z.object({
    id: z.string().regex(/^\d{1,19}$/),
    username: z.string(),
    confirmed_email: z.email().nullish().catch(undefined),
  }),
});
export type XUser = z.infer<typeof me>['data'];

export interface XClient {
  /** A request with the app's token. @throws XError */
  get(path: string, query?: Record<string, string | number | undefined>): Promise<unknown>;
  /** A request with the app's token. @throws XError */
  post(path: string, body: object): Promise<unknown>;
  /** Where to send a shopper who wants to sign in, and what to remember until they come back. */
  signIn(redirectUri: string): { url: string; state: string; verifier: string };
  /** Who came back. The code is good once, for 30 seconds. @throws XError */
  whoIs(code: string, verifier: string, redirectUri: string): Promise<XUser>;
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
    signIn(redirectUri) {
      const { url, state, codeVerifier } = oauth.generateOAuth2AuthLink(redirectUri, {
        scope: SHOPPER_SCOPES,
      });
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
  };
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
