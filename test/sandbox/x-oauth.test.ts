import { expect, test } from '@jest/globals';
import { TwitterApi } from 'twitter-api-v2';
import { askFor, consent, decide, exchange, openPage, signIn, token } from './x-sign-in.ts';
import { CALLBACK, CREDENTIALS, shop } from './x-stand-in.ts';

const SCOPE = 'users.read tweet.read users.email';
const INVALID_CODE = {
  error: 'invalid_request',
  error_description: 'Value passed for the authorization code was invalid.',
};
const INVALID_TOKEN = {
  error: 'invalid_request',
  error_description: 'Value passed for the token was invalid.',
};

test('signs a person in, the whole way', async () => {
  await using x = await shop();
  const { parameters, verifier } = askFor(SCOPE);
  const page = await openPage(x, parameters);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Replycart wants to access your X account');
  const back = await decide(x, { ...parameters, account: '2222', decision: 'authorize' });
  expect(back.status).toBe(303);
  expect(back.headers.get('set-cookie')).toContain(
    'x_account=2222; Max-Age=2592000; Path=/sandbox/x; HttpOnly',
  );
  const location = new URL(back.headers.get('location') ?? '');
  expect(location.href.split('?')[0]).toBe(CALLBACK);
  expect(location.searchParams.get('state')).toBe('a state');
  const tokens = await token(x, exchange(location.searchParams.get('code') ?? '', verifier));
  expect(tokens.status).toBe(200);
  expect(tokens.body).toEqual({
    token_type: 'bearer',
    expires_in: 7200,
    access_token: expect.any(String),
    scope: SCOPE,
  });
  const me = await x.api('GET', '/2/users/me?user.fields=confirmed_email', {
    token: tokens.body.access_token,
  });
  expect(me.headers.get('x-rate-limit-limit')).toBe('75');
  expect(me.body).toEqual({
    data: { id: '2222', name: 'SAM', username: 'sam', confirmed_email: 'sam@example.com' },
  });
});

test('signs in what twitter-api-v2 sends', async () => {
  await using x = await shop();
  const rewrite = {
    onBeforeRequestConfig({ params }: { params: { url: string } }) {
      params.url = params.url.replace('https://api.x.com', x.url);
    },
  };
  const { clientId, clientSecret } = CREDENTIALS;
  const { Agent } = await import('node:http');
  const app = new TwitterApi({ clientId, clientSecret }, { plugins: [rewrite], httpAgent: new Agent() });
  const link = app.generateOAuth2AuthLink(CALLBACK, { scope: [...SCOPE.split(' '), 'offline.access'] });
  const parameters = Object.fromEntries(new URL(link.url).searchParams);
  expect(parameters.code_challenge_method).toBe('s256');
  const code = await consent(x, parameters, '2222');
  const login = await app.loginWithOAuth2({ code, codeVerifier: link.codeVerifier, redirectUri: CALLBACK });
  expect((await login.client.v2.me()).data.username).toBe('sam');
  const renewed = await app.refreshOAuth2Token(login.refreshToken ?? '');
  expect((await renewed.client.v2.me()).data.id).toBe('2222');
});

test('the person may cancel', async () => {
  await using x = await shop();
  const back = await decide(x, { ...askFor(SCOPE).parameters, decision: 'cancel' });
  expect(back.status).toBe(303);
  expect(back.headers.get('location')).toBe(`${CALLBACK}?state=a+state&error=access_denied`);
});

test('a code is good for thirty seconds, once, for whom it was made', async () => {
  await using x = await shop();
  const codeFor = async () => {
    const { parameters, verifier } = askFor(SCOPE);
    return { code: await consent(x, parameters, '2222'), verifier };
  };
  const late = await codeFor();
  x.clock.advance(30_000);
  expect((await token(x, exchange(late.code, late.verifier))).body).toEqual(INVALID_CODE);
  const used = await codeFor();
  expect((await token(x, exchange(used.code, used.verifier))).status).toBe(200);
  const again = await token(x, exchange(used.code, used.verifier));
  expect([again.status, again.body]).toEqual([400, INVALID_CODE]);
  const guessed = await codeFor();
  const wrong = await token(x, exchange(guessed.code, used.verifier));
  expect([wrong.status, wrong.body.error_description]).toEqual([
    400,
    'Value passed for the code verifier did not match the code challenge.',
  ]);
  expect((await token(x, exchange(guessed.code, guessed.verifier))).body).toEqual(INVALID_CODE);
  const astray = await codeFor();
  const elsewhere = await token(
    x,
    exchange(astray.code, astray.verifier, { redirect_uri: 'http://evil.example' }),
  );
  expect(elsewhere.status).toBe(400);
});

test('an access token is good for two hours', async () => {
  await using x = await shop();
  const { access_token } = await signIn(x, '2222', SCOPE);
  x.clock.advance(7_199_000);
  expect((await x.api('GET', '/2/users/me', { token: access_token })).status).toBe(200);
  x.clock.advance(1_000);
  expect((await x.api('GET', '/2/users/me', { token: access_token })).status).toBe(401);
});

test('a refresh token is good once; shown again it ends all that came of it', async () => {
  await using x = await shop();
  const first = await signIn(x, '2222', `${SCOPE} offline.access`);
  const renew = (refresh_token: string) => token(x, { grant_type: 'refresh_token', refresh_token });
  const second = await renew(first.refresh_token);
  expect(second.status).toBe(200);
  expect((await x.api('GET', '/2/users/me', { token: second.body.access_token })).status).toBe(200);
  const replayed = await renew(first.refresh_token);
  expect([replayed.status, replayed.body]).toEqual([400, INVALID_TOKEN]);
  expect((await renew(second.body.refresh_token)).body).toEqual(INVALID_TOKEN);
  expect((await x.api('GET', '/2/users/me', { token: second.body.access_token })).status).toBe(401);
  expect((await renew(first.access_token)).body).toEqual(INVALID_TOKEN);
});

test('tokens can be given back', async () => {
  await using x = await shop();
  const give = (name: string) => token(x, { token: name }, undefined, '/2/oauth2/revoke');
  const { access_token, refresh_token } = await signIn(x, '2222', `${SCOPE} offline.access`);
  expect((await give(access_token)).body).toEqual({ revoked: true });
  expect((await x.api('GET', '/2/users/me', { token: access_token })).status).toBe(401);
  expect((await give(refresh_token)).body).toEqual({ revoked: true });
  expect((await token(x, { grant_type: 'refresh_token', refresh_token })).body).toEqual(INVALID_TOKEN);
  expect((await token(x, { token: 'x' }, {}, '/2/oauth2/revoke')).status).toBe(401);
});

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['nothing', {}, {}],
  ['a wrong secret', basic('client', 'wrong'), {}],
  ['a wrong id', basic('other', 'secret'), {}],
  ['the id alone', {}, { client_id: 'client' }],
  ['a wrong secret in the body', {}, { client_id: 'client', client_secret: 'wrong' }],
  ['two that disagree', basic('client', 'secret'), { client_secret: 'wrong' }],
  ['a bearer token', { authorization: 'Bearer app-token' }, {}],
])('an app that shows %s gets no tokens', async (_, headers, body) => {
  await using x = await shop();
  const { status, body: answer } = await token(x, exchange('code', 'verifier', body), headers);
  expect([status, answer]).toEqual([
    401,
    { error: 'unauthorized_client', error_description: 'Missing valid authorization header' },
  ]);
});

test.each<[Record<string, string>, string]>([
  [
    { grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK },
    'Missing required parameter [code_verifier].',
  ],
  [{ grant_type: 'refresh_token' }, 'Missing required parameter [refresh_token].'],
  [{ grant_type: 'password' }, 'Missing required parameter [grant_type].'],
  [exchange('x', 'y', { audience: 'z' }), 'Unknown parameter [audience].'],
])('refuses the token request %j', async (body, error_description) => {
  await using x = await shop();
  expect((await token(x, body)).body).toEqual({ error: 'invalid_request', error_description });
});

test('tells the address only where everything allows it', async () => {
  await using x = await shop();
  const emailOf = async (access_token: string, fields = '?user.fields=confirmed_email') =>
    (await x.api('GET', `/2/users/me${fields}`, { token: access_token })).body.data.confirmed_email;
  const { access_token } = await signIn(x, '2222', SCOPE);
  expect(await emailOf(access_token)).toBe('sam@example.com');
  expect(await emailOf(access_token, '')).toBeUndefined();
  const narrow = await signIn(x, '2222', 'users.read tweet.read');
  expect(await emailOf(narrow.access_token)).toBeUndefined();
  const nobody = await signIn(x, '1111', SCOPE);
  expect(await emailOf(nobody.access_token)).toBeUndefined();
  await x.control('POST', '/app', { requestEmail: false });
  expect(await emailOf(access_token)).toBeUndefined();
});

test('a token does what its scopes allow', async () => {
  await using x = await shop();
  const { access_token } = await signIn(x, '2222', 'users.read');
  const me = await x.api('GET', '/2/users/me', { token: access_token });
  expect([me.status, me.body.detail]).toEqual([
    403,
    'The user did not grant the scope tweet.read to this app.',
  ]);
  const reader = await signIn(x, '2222', 'users.read tweet.read');
  const search = await x.api('GET', '/2/tweets/search/recent?query=mug', { token: reader.access_token });
  expect(search.headers.get('x-rate-limit-limit')).toBe('300');
  const stream = await x.api('GET', '/2/tweets/search/stream', { token: reader.access_token });
  expect([stream.status, stream.body.title]).toEqual([403, 'Unsupported Authentication']);
});
