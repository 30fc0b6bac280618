import { beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { accessOf } from '../src/actions/merchant-account.ts';
import { findAccount } from '../src/db/merchant-accounts.ts';
import { SHOP } from './harness/builders.ts';
import { aPerson, merchantAtX, signIn } from './harness/public.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, control, x } = shop;
const { db } = context;
const PAGE = 'http://localhost:3999/m/shop/sign-in';

beforeAll(async () => merchantAtX(shop));

const account = () => findAccount(db, SHOP);
const endsIn = (minutes: number) =>
  sql`update merchant_accounts set expires_at = now() + ${minutes} * interval '1 minute'`.execute(db);

test('the page says what is granted before anything is', async () => {
  const visitor = await shop.visitor().open(PAGE);
  expect(visitor.status).toBe(200);
  for (const part of ['Post for you', 'Stay connected', 'Sign in as @shop', 'the link in your profile'])
    expect(visitor.text).toContain(part);
  expect((await shop.visitor().open('http://localhost:3999/m/nobody/sign-in')).status).toBe(404);
});

test('another account than the catalog names is refused, and nothing is stored', async () => {
  const stranger = await aPerson(shop);
  const visitor = await signIn(shop, stranger);
  expect(visitor.status).toBe(403);
  expect(visitor.text).toContain('but the catalog names @shop. Nothing was stored.');
  expect(await account()).toBeUndefined();
  expect((await shop.visitor().open('http://localhost:3999/merchant/callback?code=a&state=b')).status).toBe(
    400,
  );
});

test('who declines is told so', async () => {
  const visitor = shop.visitor();
  await visitor.open(PAGE);
  await visitor.submit('/m/shop/sign-in');
  await visitor.submit('authorize', { decision: 'cancel' });
  expect(visitor.text).toContain('You did not let us post for you');
  expect(await account()).toBeUndefined();
});

test('the merchant signs in: the tokens are kept sealed, and the catalog tells who speaks', async () => {
  expect((await context.catalog())?.speaking.has('shop')).toBe(false);
  const visitor = await signIn(shop);
  expect(visitor.text).toContain('@shop has signed in');
  const row = await account();
  const access = await accessOf(context, SHOP);
  if (typeof access === 'string') throw new Error(access);
  expect(row?.tokens).not.toContain(access.token);
  expect((await context.catalog())?.speaking.has('shop')).toBe(true);
});

test('who signs out is forgotten here and at X', async () => {
  const visitor = await signIn(shop);
  const access = await accessOf(context, SHOP);
  // Another browser may not.
  const stranger = await shop.visitor().open(PAGE);
  await stranger.open(PAGE.replace('sign-in', 'sign-out'), {
    method: 'POST',
    headers: { origin: 'http://localhost:3999', 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect((await account())?.tokens).toEqual(expect.any(String));
  await visitor.submit('/sign-out');
  expect(visitor.text).toContain('@shop has to sign in again');
  expect((await account())?.tokens).toBeNull();
  expect((await context.catalog())?.speaking.has('shop')).toBe(false);
  expect(await accessOf(context, SHOP)).toBe('signed_out');
  const { token } = access as { token: string };
  await expect(context.x.as(token).get('users/me')).rejects.toMatchObject({ kind: 'unauthorized' });
});

test('an access token is renewed when it ends within five minutes; many who ask at once renew it once', async () => {
  await signIn(shop);
  const first = await accessOf(context, SHOP);
  await endsIn(6);
  expect(await accessOf(context, SHOP)).toEqual(first);
  await endsIn(4);
  const all = await Promise.all(Array.from({ length: 5 }, () => accessOf(context, SHOP)));
  const renewed = all.filter((each) => typeof each === 'object');
  expect(new Set(renewed.map(({ token }) => token)).size).toBe(1);
  expect(renewed[0]).not.toEqual(first);
  expect(all.every((each) => typeof each === 'object' || each === 'later')).toBe(true);
  // X ends all tokens when it sees a refresh token for the second time: it has not.
  const token = (renewed[0] as { token: string }).token;
  expect(await context.x.as(token).get('users/me')).toMatchObject({ data: { id: SHOP } });
});

test('a refresh whose answer does not come is not tried again: the merchant has to sign in', async () => {
  await signIn(shop);
  await endsIn(4);
  await control(x, '/faults', { kind: 'answer', answer: 'unavailable', path: '/2/oauth2/token', done: true });
  expect(await accessOf(context, SHOP)).toBe('signed_out');
  expect(await account()).toMatchObject({
    tokens: null,
    lost_why: expect.stringContaining('did not answer'),
  });
  expect((await shop.visitor().open(PAGE)).text).toContain('has to sign in again');
});

test('a process that died while it renewed: others wait for it, and then ask the merchant', async () => {
  await signIn(shop);
  await endsIn(4);
  await sql`update merchant_accounts set refreshing_at = now()`.execute(db);
  expect(await accessOf(context, SHOP)).toBe('later');
  await sql`update merchant_accounts set refreshing_at = now() - interval '3 minutes'`.execute(db);
  expect(await accessOf(context, SHOP)).toBe('signed_out');
});

test('where X refuses before it looks, the same refresh token is tried later; where it does not know it, never', async () => {
  await signIn(shop);
  await endsIn(4);
  await control(x, '/faults', { kind: 'answer', answer: 'rate_limited', path: '/2/oauth2/token' });
  expect(await accessOf(context, SHOP)).toBe('later');
  const access = await accessOf(context, SHOP);
  if (typeof access === 'string') throw new Error(access);
  const before = (await account())?.tokens;
  await endsIn(4);
  await context.x.revoke(JSON.parse(context.keys.unseal('merchant tokens', before ?? '') ?? '').refresh);
  expect(await accessOf(context, SHOP)).toBe('signed_out');
  expect(await account()).toMatchObject({ tokens: null, lost_why: expect.stringContaining('does not know') });
});
