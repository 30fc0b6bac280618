import { expect, test } from '@jest/globals';
import { prepareMails } from '../src/actions/prepare-mails.ts';
import { REMINDERS_CONSENT } from '../src/actions/unsubscribe.ts';
import { forgetAccounts } from '../src/db/compliance.ts';
import { dueMails } from '../src/db/mails.ts';
import { findShopper } from '../src/db/shoppers.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, newPostId, POST } from './harness/builders.ts';
import { cartOf, deliver, outcomeOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { anAccount, signIn } from './harness/sign-in.ts';

const shop = await aShop();
const { context, app } = shop;
const { db } = context;

const at = (path: string): string => `${context.config.PUBLIC_URL}${path}`;
const later = () => newPostId(new Date());
const mailEverything = async () => sendMails(context, { mail_ids: await dueMails(db, 100) });
const mailsTo = async (email: string) => (await shop.mails()).filter((mail) => mail.to.includes(email));

test('/me shows what we hold: account, consent, replies and what became of them, mails', async () => {
  const account = await anAccount(shop);
  await deliver(context, aReply({ author: account.id, text: '#AddToCart x2 <b>please</b>' }));
  const visitor = await signIn(shop, account);
  await mailEverything();
  const { text, html } = await visitor.open(at('/me'));
  expect(text).toContain(`@${account.username}, number ${account.id}`);
  expect(text).toContain(account.email);
  expect(text).toContain('to linking your X account (2026-11)');
  expect(text).toContain('“#AddToCart x2 <b>please</b>” Added: 2 × Stoneware mug.');
  expect(html).not.toContain('<b>please</b>');
  expect(text).toContain('About your replies: sent');
});

test('of a protected account no handle is known, and none is shown', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  await forgetAccounts(db, [account.id]);
  const me = (await visitor.open(at('/me'))).text;
  expect(me).toContain('Signed in with X ');
  expect(me).toContain(`X account number ${account.id}`);
  expect((await visitor.open(at('/link/email'))).text).toContain(
    'You are signed in with X, and your mail goes to',
  );
  expect(`${me} ${visitor.text}`).not.toMatch(/@(?![\w•])/);
});

test('everything can be taken along, and it is about nobody else', async () => {
  const [account, other] = [await anAccount(shop), await anAccount(shop)];
  await deliver(
    context,
    aReply({ author: account.id, text: '#AddToCart mine' }),
    aReply({ author: other.id, text: '#AddToCart theirs' }),
  );
  const [visitor] = [await signIn(shop, account), await signIn(shop, other)];
  await visitor.open(at('/me/export.json'));
  const { x_user_id, held } = JSON.parse(visitor.html);
  expect(x_user_id).toBe(account.id);
  expect(held.shoppers).toMatchObject([{ x_user_id: account.id, email: account.email }]);
  expect(held.replies).toMatchObject([{ post: { data: { text: '#AddToCart mine' } } }]);
  expect(held.cart_lines).toMatchObject([{ sku: 'MUG', quantity: 1 }]);
  expect(visitor.html).not.toMatch(new RegExp(`theirs|${other.id}|${other.email}`));
});

test('who is not signed in sees and changes nothing', async () => {
  for (const path of ['/me', '/me/export.json', '/me/unlink', '/me/erase'])
    expect((await app.request(at(path))).headers.get('location')).toBe('/link');
  const headers = { origin: context.config.PUBLIC_URL };
  for (const path of [
    'language',
    'timezone',
    'mails',
    'reminders',
    'come-back',
    'remove-address',
    'unlink',
    'erase',
  ]) {
    const answer = await app.request(at(`/me/${path}`), { method: 'POST', headers });
    expect(answer.headers.get('location')).toBe('/link');
  }
});

test('mail, reminders and language: each can be chosen, and taken back', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  const consents = () =>
    db
      .selectFrom('consents')
      .select(['kind', 'text_version', 'withdrawn_at'])
      .where('shopper_id', '=', account.id)
      .where('kind', '=', 'reminders')
      .execute();
  await visitor.submit('/me/mails');
  expect(visitor.text).toContain('That is noted.');
  expect((await findShopper(db, account.id))?.unsubscribed_at).not.toBeNull();
  await visitor.submit('/me/mails');
  expect((await findShopper(db, account.id))?.unsubscribed_at).toBeNull();
  await visitor.submit('/me/reminders');
  expect((await findShopper(db, account.id))?.reminders_at).not.toBeNull();
  expect(await consents()).toEqual([
    { kind: 'reminders', text_version: REMINDERS_CONSENT, withdrawn_at: null },
  ]);
  await visitor.submit('/me/reminders');
  expect((await findShopper(db, account.id))?.reminders_at).toBeNull();
  expect(await consents()).toMatchObject([{ withdrawn_at: expect.any(Date) }]);
  await visitor.submit('/me/reminders', { consent: 'another text' });
  expect((await findShopper(db, account.id))?.reminders_at).toBeNull();
  for (const [chosen, kept] of [
    ['it', 'it'],
    ['xx', 'it'],
    ['', null],
  ] as const) {
    await visitor.submit('/me/language', { language: chosen });
    expect((await findShopper(db, account.id))?.language).toBe(kept);
  }
});

test('a time zone is chosen from those that there are, and taken back', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  const chosen = async (timezone: string): Promise<string | null | undefined> => {
    await (await visitor.open(at('/me'))).submit('/me/timezone', { timezone });
    return (await findShopper(db, account.id))?.timezone;
  };
  expect(await chosen('Europe/Rome')).toBe('Europe/Rome');
  expect(visitor.html).toMatch(/<option value="Europe\/Rome" selected/);
  const inRome = new Intl.DateTimeFormat('en', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Rome',
  });
  const { linked_at } = (await findShopper(db, account.id)) as { linked_at: Date };
  expect(visitor.text).toContain(`Linked since ${inRome.format(linked_at).replace(/\s/g, ' ')}`);
  for (const strange of ['Mars/Olympus', "Europe/Rome'; --", 'x'.repeat(500), '+25:99'])
    expect(await chosen(strange)).toBe('Europe/Rome');
  expect(await chosen('')).toBeNull();
});

test('mail is written in the language that was chosen', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  await (await visitor.open(at('/me'))).submit('/me/language', { language: 'it' });
  await deliver(context, aReply({ author: account.id }));
  const mails = await prepareMails(context, await dueMails(db, 100));
  expect(mails.filter(({ to }) => to === account.email)).toMatchObject([
    { locales: expect.arrayContaining(['it']) },
  ]);
});

test('who wrote a stop tag comes back: replies from now on count, and reminders have to be agreed to anew', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  await visitor.submit('/me/reminders');
  await deliver(context, aReply({ author: account.id, text: '#AddToCart stop' }));
  const ignored = aReply({ author: account.id });
  await deliver(context, ignored);
  await visitor.open(at('/me'));
  const counts = async (reply: ReturnType<typeof aReply>) => {
    await deliver(context, reply);
    return outcomeOf(context, reply);
  };
  expect(await outcomeOf(context, ignored)).toBe('ignored: opted_out');
  await visitor.submit('/me/come-back');
  expect(visitor.text).not.toContain('You told us to stop');
  expect(visitor.text).toContain('We do not remind you');
  expect(
    await db
      .selectFrom('consents')
      .select('withdrawn_at')
      .where('shopper_id', '=', account.id)
      .where('kind', '=', 'reminders')
      .execute(),
  ).toEqual([{ withdrawn_at: expect.any(Date) }]);
  expect(await counts(aReply({ author: account.id }))).toBe('added');
  expect(await outcomeOf(context, ignored)).toBe('ignored: opted_out');
});

test('coming back and wanting mail are two wishes: neither grants the other', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  const wishes = async () => {
    const shopper = await findShopper(db, account.id);
    return { mail: shopper?.unsubscribed_at === null, replies: shopper?.opted_out_at === null };
  };
  await visitor.submit('/me/mails');
  await deliver(context, aReply({ author: account.id, text: '#AddToCart stop' }));
  await visitor.open(at('/me'));
  await visitor.submit('/me/mails');
  expect(await wishes()).toEqual({ mail: true, replies: false });
  await visitor.submit('/me/mails');
  await visitor.submit('/me/come-back');
  expect(await wishes()).toEqual({ mail: false, replies: true });
});

test('another address takes the place of the old one once it is proven; a removed one stays away', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  await visitor.open(at('/link/email'));
  expect(visitor.text).toContain('your mail goes to p•••@mail.example');
  await visitor.submit('/link/email', { email: 'new-place@mail.example' });
  expect((await findShopper(db, account.id))?.email).toBe(account.email);
  await mailEverything();
  const [mail] = await mailsTo('new-place@mail.example');
  await visitor.submit('/link/code', { code: /\d{6}/.exec(mail?.subject ?? '')?.[0] as string });
  expect((await findShopper(db, account.id))?.email).toBe('new-place@mail.example');

  await (await visitor.open(at('/me'))).submit('/me/remove-address');
  expect(visitor.text).toContain('You had your address removed.');
  const again = await signIn(shop, account); // X tells the address again
  expect(again.url).toBe(at('/me'));
  expect((await findShopper(db, account.id))?.email).toBeNull();
  await deliver(context, aReply({ author: account.id }));
  await mailEverything();
  expect(await mailsTo(account.email)).toEqual([]);
});

test('signing out everywhere ends every browser’s session, and nobody else’s', async () => {
  const [account, other] = [await anAccount(shop), await anAccount(shop)];
  const [here, there] = [await signIn(shop, account), await signIn(shop, account)];
  const elsewhere = await signIn(shop, other);
  await (await here.open(at('/me'))).submit('/me/sign-out-everywhere');
  expect((await there.open(at('/me'))).url).toBe(at('/link'));
  expect((await elsewhere.open(at('/me'))).url).toBe(at('/me'));
});

test('unlinked is as never linked: address, consents, sessions and open carts are gone, later replies are held', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  await deliver(context, aReply({ author: account.id, to: POST.ebook }));
  await visitor.open(at('/me'));
  const { cart_id } = await db
    .selectFrom('carts')
    .innerJoin('cart_links', 'cart_id', 'carts.id')
    .select('cart_id')
    .where('shopper_id', '=', account.id)
    .executeTakeFirst()
    .then((row) => row ?? { cart_id: '0' });
  expect((await visitor.open(at('/me/unlink'))).text).toContain('as if you had never linked');
  expect(await cartOf(context, account.id)).toEqual({ 'shop EBOOK': 1 });
  await visitor.submit('/me/unlink');
  expect(visitor.text).toContain('Unlinked');
  expect((await visitor.open(at('/me'))).url).toBe(at('/link'));
  expect(await findShopper(db, account.id)).toBeUndefined();
  expect(await cartOf(context, account.id)).toEqual({});
  expect(await db.selectFrom('carts').select('id').where('id', '=', cart_id).execute()).toEqual([]);
  const reply = aReply({ author: account.id, id: later() });
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe('held');
  await signIn(shop, account);
  expect(await cartOf(context, account.id)).toEqual({ 'shop MUG': 1 });
});

test('erasing asks, and has to be meant', async () => {
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  await visitor.open(at('/me/erase'));
  expect(visitor.text).toContain('without your X account');
  await visitor.submit('/me/erase');
  expect(await findShopper(db, account.id)).toBeDefined();
  await visitor.submit('/me/erase', { sure: 'yes' });
  expect(visitor.text).toContain('We have forgotten you.');
  expect(await findShopper(db, account.id)).toBeUndefined();
  expect((await visitor.open(at('/me'))).url).toBe(at('/link'));
});
