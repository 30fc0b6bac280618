import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { issueCode } from './oauth-grants.ts';
import { consentPage, failurePage } from './oauth-page.tsx';
import { type AuthorizationRequest, readAuthorizationRequest } from './oauth-request.ts';
import type { StandIn } from './stand-in.ts';
import { findUser } from './users.ts';

const PATH = '/i/oauth2/authorize';
const COOKIE = 'x_account';

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
};

export interface OAuthPages {
  /** Where people reach the pages: the cookie is for that path. */
  publicUrl: string;
  appName: string;
  title: string;
}

/** The page on which a person lets an app use their account (X docs: OAuth 2.0 authorization code flow with PKCE). */
export function oauthRoutes({ state, credentials }: StandIn, pages: OAuthPages): Hono {
  const routes = new Hono();

  const read = (parameters: Record<string, string>): AuthorizationRequest | { fault: string } =>
    readAuthorizationRequest(parameters, credentials.clientId, state.app());
  const fail = (c: Context, reason: string): Response | Promise<Response> =>
    c.html(failurePage({ title: pages.title, reason }), 400, HEADERS);

  routes.get(PATH, (c) => {
    const request = read(c.req.query());
    if ('fault' in request) return fail(c, request.fault);
    const users = state.users.values();
    const chosen = findUser(state, getCookie(c, COOKIE) ?? '')?.id;
    const page = { title: pages.title, appName: pages.appName, request, users, ...(chosen && { chosen }) };
    return c.html(consentPage(page), 200, HEADERS);
  });

  routes.post(PATH, async (c) => {
    const form = Object.fromEntries(new URLSearchParams(await c.req.text()));
    const request = read(form);
    if ('fault' in request) return fail(c, request.fault);
    if (form.decision === 'cancel') return c.redirect(back(request, { error: 'access_denied' }), 303);
    const user = state.users.get(form.account ?? '');
    if (form.decision !== 'authorize' || !user) return fail(c, 'No account was chosen.');
    setCookie(c, COOKIE, user.id, {
      path: new URL(pages.publicUrl).pathname,
      httpOnly: true,
      sameSite: 'Lax',
      maxAge: 30 * 86_400,
    });
    const code = issueCode(state, {
      client_id: request.client_id,
      redirect_uri: request.redirect_uri,
      user_id: user.id,
      scopes: request.scope.split(' '),
      challenge: request.code_challenge,
    });
    return c.redirect(back(request, { code }), 303);
  });

  return routes;
}

function back({ redirect_uri, state }: AuthorizationRequest, answer: Record<string, string>): string {
  const url = new URL(redirect_uri);
  for (const [name, value] of Object.entries({ state, ...answer })) url.searchParams.set(name, value);
  return url.href;
}
