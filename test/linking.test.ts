import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { dueMails } from '../src/db/mails.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { cartOf, deliver, outcomeOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const at = (path: string): string => `${config.PUBLIC_URL}${path}`;

let users = 6_300_000_000_000_000_000n;
/** Somebody on X. */
async function aUser(username: string, email?: string): Promise<string> {
  users += 1n;
  await shop.control(shop.x, '/users', { id: String(users), username, name: username, email: email ?? null });
  return String(users);
}

/** Goes from the linking address through X's page, in a browser of their own. */
async function links(account: string, visitor = shop.visitor()) {
  await visitor.open(at('/link'));
  await (await visitor.submit('/link')).submit('authorize', { account, decision: 'authorize' });
  return visitor;
}

const linked = (x_user_id: string) =>
  db.selectFrom('shoppers').selectAll().where('x_user_id', '=', x_user_id).executeTakeFirstOrThrow();

async function mailsTo(email: string) {
  await db
    .updateTable('mails')
    .set({ due_at: new Date(0) })
    .where('status', '=', 'pending')
    .execute();
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  return (await shop.mails()).filter(({ to }) => to.includes(email));
}

test('who links again keeps cart and address, and agrees once more', async () => {
  const ann = await aUser('ann', 'ann@mail.example');
  await links(ann);
  await deliver(context, aReply({ author: ann }));
  await links(ann);
  expect(await cartOf(context, ann)).toEqual({ 'shop MUG': 1 });
  expect(await linked(ann)).toMatchObject({ email: 'ann@mail.example', username: 'ann' });
  const consents = await db.selectFrom('consents').selectAll().where('shopper_id', '=', ann).execute();
  expect(consents).toHaveLength(2);
  expect(consents[0]).toMatchObject({
    text_version: '2026-11',
    locale: expect.any(String),
    given_at: expect.any(Date),
  });
});

test('two X accounts with one address are two shoppers, and each hears of its own cart', async () => {
  const [one, two] = [await aUser('one', 'both@mail.example'), await aUser('two', 'both@mail.example')];
  await links(one);
  await links(two);
  await deliver(context, aReply({ author: one, text: '#AddToCart x2' }), aReply({ author: two }));
  expect([await cartOf(context, one), await cartOf(context, two)]).toEqual([
    { 'shop MUG': 2 },
    { 'shop MUG': 1 },
  ]);
  const mails = await mailsTo('both@mail.example');
  expect(mails.map(({ text }) => /Hello @(\w+)/.exec(text)?.[1]).sort()).toEqual(['one', 'two']);
});

test('a handle that changes its owner takes no cart along', async () => {
  const before = await aUser('walker', 'first@mail.example');
  await links(before);
  await deliver(context, aReply({ author: before }));
  // They rename themselves at X, and somebody else takes the handle.
  const after = await aUser('walker_2', 'second@mail.example');
  await shop.control(shop.x, `/users/${before}`, { username: 'walked' });
  await shop.control(shop.x, `/users/${after}`, { username: 'walker' });
  const visitor = await links(after);
  expect(visitor.text).not.toContain('Stoneware mug');
  expect(await cartOf(context, after)).toEqual({});
  expect(await cartOf(context, before)).toEqual({ 'shop MUG': 1 });
  expect((await linked(before)).username).toBeNull();
  expect((await linked(after)).username).toBe('walker');
  await links(before);
  expect((await linked(before)).username).toBe('walked');
});

test('what was held is in the cart with the linking, in the order of the replies, unless it is too old', async () => {
  const cid = await aUser('cid', 'cid@mail.example');
  const old = aReply({ author: cid, text: '#AddToCart x5' });
  await deliver(context, old);
  await sql`update outcomes set decided_at = now() - ${config.HELD_DAYS + 1} * interval '1 day' where shopper_id = ${cid}`.execute(
    db,
  );
  const [first, second] = [
    aReply({ author: cid, text: '#AddToCart x3' }),
    aReply({ author: cid, text: '#AddToCart x2' }),
  ];
  await deliver(context, second, first);
  await links(cid);
  expect(await cartOf(context, cid)).toEqual({ 'shop MUG': 2 });
  expect(await outcomeOf(context, old)).toBe('held');
});

test('linking without an address is allowed: the page says that no mail comes, and X opens the cart', async () => {
  const dan = await aUser('dan');
  const visitor = await links(dan);
  expect(visitor.url).toBe(at('/link/email'));
  expect(visitor.text).toContain('Then no mail comes');
  await deliver(context, aReply({ author: dan }));
  expect((await visitor.open(at('/me'))).text).toContain('no mail comes');
  const again = await links(dan);
  await again.open(at('/me'));
  await again.submit('/me/open');
  expect(again.text).toContain('Stoneware mug');
  expect(again.text).toContain('We have no e-mail address of yours, so no mail comes. Tell us an address');
  await mailsTo('nobody@mail.example');
  const mails = await db
    .selectFrom('mails')
    .select(['kind', 'status'])
    .where('shopper_id', '=', dan)
    .execute();
  expect(mails).toEqual([{ kind: 'update', status: 'skipped' }]);
});

test('who gives an address later is told there what became of their replies, as far as it is still news', async () => {
  const ivy = await aUser('ivy');
  await deliver(context, aReply({ author: ivy }));
  const visitor = await links(ivy);
  await mailsTo('nobody@mail.example');
  await deliver(context, aReply({ author: ivy, to: POST.sticker }), aReply({ author: ivy, to: POST.ebook }));
  await mailsTo('nobody@mail.example');
  await deliver(context, aReply({ author: ivy, to: POST.ebook, text: '#RemoveFromCart' }));
  await visitor.open(at('/link/email'));
  await visitor.submit('/link/email', { email: ' ivy@mail.example ' });
  const [code] = await mailsTo('ivy@mail.example');
  await visitor.submit('/link/code', { code: /\d{6}/.exec(code?.subject ?? '')?.[0] as string });
  const [mail, ...others] = (await mailsTo('ivy@mail.example')).filter(
    ({ subject }) => !/code/.test(subject),
  );
  expect(others).toEqual([]);
  for (const told of ['Added: 1 × Stoneware mug.', 'Added: 1 × Sticker.', 'Removed: 1 × Pottery'])
    expect(mail?.text).toContain(told);
  expect(mail?.text).toMatch(/See the cart and pay\s+http\S+\/c\//);
});

test('the consent is of the text that was read: its language, not the browser’s', async () => {
  const consents = (id: string) =>
    db.selectFrom('consents').select('locale').where('shopper_id', '=', id).orderBy('given_at').execute();
  const fra = await aUser('fra', 'fra@mail.example');
  await links(fra, shop.visitor('de-DE, it-CH;q=0.5'));
  expect(await consents(fra)).toEqual([{ locale: 'it' }]);
  expect((await linked(fra)).locale).toBe('it-CH');
  const kai = await aUser('kai', 'kai@mail.example');
  const visitor = await links(kai, shop.visitor('ja'));
  expect(await consents(kai)).toEqual([{ locale: 'en' }]);
  expect((await linked(kai)).locale).toBe('ja');
  await (await visitor.open(at('/me'))).submit('/me/language', { language: 'es' });
  await links(kai, visitor);
  expect(await consents(kai)).toEqual([{ locale: 'en' }, { locale: 'es' }]);
});

test('the linking page says for how long replies are kept', async () => {
  const { text, url } = await shop.visitor().open(at('/link/'));
  expect(url).toBe(at('/link'));
  expect(text).toContain(`What you asked for is kept for ${config.HELD_DAYS} days after your reply`);
});

test('an address gets so many codes in a day, whoever asks', async () => {
  const answers: number[] = [];
  for (const name of ['eve1', 'eve2', 'eve3']) {
    const visitor = await links(await aUser(name));
    for (let n = 0; n < 5; n++) {
      await visitor.open(at('/link/email'));
      answers.push((await visitor.submit('/link/email', { email: 'Victim@mail.example' })).status);
    }
  }
  expect(answers).toEqual([...Array(10).fill(200), ...Array(5).fill(429)]);
});

test('codes are counted whatever becomes of the account, and of the address that was typed', async () => {
  const ask = async (visitor: ReturnType<typeof shop.visitor>, email: string) => {
    await visitor.open(at('/link/email'));
    return (await visitor.submit('/link/email', { email })).status;
  };
  const gil = await aUser('gil');
  const visitor = await links(gil);
  for (let n = 0; n < 5; n++) expect(await ask(visitor, 'flooded@mail.example')).toBe(200);
  expect(await ask(visitor, 'flooded@mail.example')).toBe(429);
  await db.updateTable('shoppers').set({ email: 'gil@mail.example' }).where('x_user_id', '=', gil).execute();
  await (await visitor.open(at('/me'))).submit('/me/remove-address');
  expect(await ask(visitor, 'flooded@mail.example')).toBe(429);
  await (await visitor.open(at('/me/unlink'))).submit('/me/unlink');
  await links(gil, visitor);
  expect(await ask(visitor, 'another@mail.example')).toBe(429);
  // Others, who ask for other addresses besides.
  const answers: number[] = [];
  for (const name of ['hal1', 'hal2', 'hal3']) {
    const other = await links(await aUser(name));
    for (let n = 0; n < 3; n++) answers.push(await ask(other, 'Flooded@mail.example'));
    await ask(other, `${name}@mail.example`);
  }
  expect(answers).toEqual([...Array(5).fill(200), ...Array(4).fill(429)]);
});
