import { expect, test } from '@jest/globals';
import { askFor, decide, openPage } from './x-sign-in.ts';
import { shop, standIn } from './x-stand-in.ts';

const SCOPE = 'users.read tweet.read users.email';

test('says who wants what, and lets the person choose who they are', async () => {
  await using x = await shop();
  await x.user('trick', { name: '<script>alert(1)</script>' });
  const page = await openPage(x, askFor(SCOPE, { state: '"><b>' }).parameters, 'x_account=2222');
  const html = await page.text();
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).toContain('See your email address.');
  expect(html).toContain('You will be sent back to localhost:3000.');
  expect(html).toContain('action="authorize"');
  expect(html).toMatch(/<input type="radio" name="account" value="2222" required="" checked=""/);
  expect(html.match(/checked=""/g)).toHaveLength(1);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('value="&quot;&gt;&lt;b&gt;"');
  expect(html).not.toContain('<script');
});

test('knows the account in the cookie also by its name', async () => {
  await using x = await shop();
  const html = await (await openPage(x, askFor(SCOPE).parameters, 'x_account=acme')).text();
  expect(html).toMatch(/value="1111" required="" checked=""/);
});

test('cannot be agreed to without an account', async () => {
  await using x = await standIn();
  const html = await (await openPage(x, askFor(SCOPE).parameters)).text();
  expect(html).toContain('Nobody has an account here yet.');
  expect(html).toMatch(/value="authorize" disabled=""/);
});

test.each<[string, Record<string, string>]>([
  ['response_type must be', { response_type: 'token' }],
  ['no app with this client_id', { client_id: 'other' }],
  ['not one of the app’s callback URLs', { redirect_uri: 'http://localhost:3000/auth/x/' }],
  ['not one of the app’s callback URLs', { redirect_uri: 'https://evil.example/auth/x' }],
  ['a scope that X does not know', { scope: 'users.read everything' }],
  ['a scope that X does not know', { scope: 'users.read  tweet.read' }],
  ['longer than 500 characters', { state: 's'.repeat(501) }],
  ['state is empty', { state: '' }],
  ['code_challenge is not', { code_challenge: 'short' }],
  ['code_challenge_method must be', { code_challenge_method: 'plain' }],
])('shows that something went wrong: %s %j', async (reason, changes) => {
  await using x = await shop();
  const { parameters } = askFor(SCOPE, changes);
  for (const response of [
    await openPage(x, parameters),
    await decide(x, { ...parameters, account: '2222', decision: 'authorize' }),
  ]) {
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain('Something went wrong');
    expect(html).toContain(reason);
  }
});

test('fails where the app asks for the address but has not switched that on', async () => {
  await using x = await shop();
  await x.control('POST', '/app', { requestEmail: false });
  const page = await openPage(x, askFor(SCOPE).parameters);
  expect(page.status).toBe(400);
  expect((await openPage(x, askFor('users.read tweet.read').parameters)).status).toBe(200);
});

test('no account and no decision are nothing to go by', async () => {
  await using x = await shop();
  const { parameters } = askFor(SCOPE);
  const answers: Array<Record<string, string>> = [
    { decision: 'authorize' },
    { decision: 'authorize', account: '42' },
    { account: '2222' },
  ];
  for (const answer of answers) expect((await decide(x, { ...parameters, ...answer })).status).toBe(400);
});
