import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { remind } from '../src/actions/remind.ts';
import { work } from '../workers/main.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { atEnd } from './harness/at-end.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, aLink, type Held } from './harness/carts.ts';
import { eventually } from './harness/eventually.ts';
import { endsOf, headerOf, mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop({ REMINDER_QUIET_HOURS: '0-0' });
const { context } = shop;
const { db, config } = context;

let addresses = 0;
const anAddress = (): string => `rem${++addresses}@mail.example`;
const at = (path: string): string => `${config.PUBLIC_URL}${path}`;

/** A cart whose shopper has pressed the button for reminders, and whose other mails have left. */
async function remindedCart(replies: Parameters<typeof aCart>[1] = [{}]): Promise<Held & { email: string }> {
  const email = anAddress();
  const held = await aCart(shop, replies, email);
  const page = await shop.visitor().open(at(held.path));
  expect(page.text).toContain('Three at most for each cart. You can end that');
  await page.submit(`${held.path}/reminders`);
  await sendAll(context);
  return { ...held, email };
}

/** Lets hours pass for a shopper: for their carts, their reminders and their consent. */
async function letPass(shopper_id: string, hours: number): Promise<void> {
  const ago = sql`${hours} * interval '1 hour'`;
  await sql`update carts set updated_at = updated_at - ${ago} where shopper_id = ${shopper_id}`.execute(db);
  await sql`update shoppers set reminders_at = reminders_at - ${ago} where x_user_id = ${shopper_id}`.execute(
    db,
  );
  await sql`update mails set sent_at = sent_at - ${ago}, due_at = due_at - ${ago} where shopper_id = ${shopper_id}`.execute(
    db,
  );
}

const remindersTo = async (email: string) =>
  (await mailsTo(shop, email)).filter(({ text }) => text.includes('You asked us to remind you'));
const remindersOf = async (shopper_id: string): Promise<string[]> =>
  (await endsOf(context, shopper_id)).filter((each) => each.startsWith('reminder'));
async function remindAll(): Promise<void> {
  await remind(context);
  await sendAll(context);
}

test('an hour and a day after the last change of a cart, and no more', async () => {
  const { shopper_id, email, cart_id } = await remindedCart();
  await remindAll();
  expect(await remindersTo(email)).toEqual([]);
  await letPass(shopper_id, 1);
  await remindAll();
  await remindAll();
  const [mail, ...others] = await remindersTo(email);
  expect(others).toEqual([]);
  expect(mail?.subject).toBe('[TEST] Still in your cart: Stoneware mug (Acme Stoneware)');
  expect(mail?.text).toContain('Total: $22.90');
  const link = /http\S+\/c\/\S+/.exec(mail?.text ?? '')?.[0] as string;
  expect((await shop.visitor().open(link)).text).toContain('Stoneware mug');

  await letPass(shopper_id, 23);
  await remindAll();
  expect(await remindersTo(email)).toHaveLength(2);
  // A change makes no new round: three for each cart are the most that there are.
  await deliver(context, aReply({ author: shopper_id, to: POST.ebook }));
  await letPass(shopper_id, 25);
  await remindAll();
  expect(await remindersTo(email)).toHaveLength(2);
  const steps = await db
    .selectFrom('mails')
    .select('step')
    .where('cart_id', '=', cart_id)
    .orderBy('id')
    .execute();
  expect(steps.map(({ step }) => step)).toEqual(['hour', 'day']);
});

test('half an hour before what is kept goes to others, and when that is', async () => {
  await setStock(context, 'STICKER', 5);
  const { shopper_id, email } = await remindedCart([{ to: POST.sticker }]);
  await sql`update holds set until = now() + interval '29 minutes' where shopper_id = ${shopper_id}`.execute(
    db,
  );
  await sql`update shoppers set reminders_at = now() - interval '10 minutes' where x_user_id = ${shopper_id}`.execute(
    db,
  );
  await sql`update carts set updated_at = now() - interval '10 minutes' where shopper_id = ${shopper_id}`.execute(
    db,
  );
  await remindAll();
  const [mail] = await remindersTo(email);
  expect(mail?.subject).toBe('[TEST] Kept for you a little longer: Sticker (Acme Stoneware)');
  expect(mail?.text).toMatch(/goes to others at \w{3} \d+, 2026, \d+:\d\d [AP]M/);
});

test('reminders are agreed to, with their text, and taken back, on the cart page', async () => {
  const { shopper_id, path } = await remindedCart();
  const consents = await db.selectFrom('consents').selectAll().where('shopper_id', '=', shopper_id).execute();
  expect(consents).toMatchObject([{ text_version: 'reminders-2026-11', locale: 'en' }]);
  const page = await shop.visitor().open(at(path));
  await page.submit(`${path}/reminders`);
  expect(page.text).toContain('Shall we remind you?');
  await letPass(shopper_id, 2);
  await remindAll();
  expect(await remindersOf(shopper_id)).toEqual([]);
});

test('a reminder leads to a page that ends reminders, and to one that ends all mail about carts', async () => {
  const { shopper_id, email } = await remindedCart();
  await letPass(shopper_id, 2);
  await remindAll();
  const [mail] = await remindersTo(email);
  expect(headerOf(mail as never, 'List-Unsubscribe')).toMatch(/^<http:\S+\/unsubscribe\/[\w-]+>$/);
  expect(headerOf(mail as never, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  const end = /http\S+\/unsubscribe\/[\w-]+\/reminders/.exec(mail?.text ?? '')?.[0] as string;
  const visitor = await shop.visitor().open(end);
  expect(visitor.text).toContain('Do you want no more reminders');
  await visitor.submit('/reminders');
  expect(visitor.text).toContain('You get no reminders.');
  await letPass(shopper_id, 30);
  await remindAll();
  expect(await remindersTo(email)).toHaveLength(1);
  await deliver(context, aReply({ author: shopper_id, to: POST.ebook }));
  await sendAll(context);
  expect((await mailsTo(shop, email))[0]?.subject).toContain('In your cart');
});

test.each<[string, string, (held: Held) => Promise<unknown>]>([
  [
    'is empty',
    'cart_empty',
    ({ cart_id }) => sql`update cart_lines set quantity = 0 where cart_id = ${cart_id}`.execute(db),
  ],
  ['is paid', 'cart_paid', (held) => pays(shop, held)],
  [
    'holds nothing that can be bought',
    'unavailable',
    () => db.updateTable('products').set({ paused: true }).where('sku', '=', 'EBOOK').execute(),
  ],
  ['is nobody’s who wants mail', 'unsubscribed', ({ shopper_id }) => setNow('unsubscribed_at', shopper_id)],
  ['is somebody’s who asked us to stop', 'opted_out', ({ shopper_id }) => setNow('opted_out_at', shopper_id)],
  [
    'is somebody’s who cannot be reached',
    'address_refused',
    ({ shopper_id }) => setNow('email_refused_at', shopper_id),
  ],
  [
    'is somebody’s who agrees no more',
    'no_reminders',
    ({ shopper_id }) =>
      db.updateTable('shoppers').set({ reminders_at: null }).where('x_user_id', '=', shopper_id).execute(),
  ],
])(
  'nobody is reminded of a cart that %s: not when it is due, nor when the mail leaves',
  async (_name, reason, happens) => {
    for (const when of ['before', 'between'] as const) {
      const held = await remindedCart([{ to: POST.ebook }]);
      await letPass(held.shopper_id, 1.5);
      if (when === 'between') await remind(context);
      await happens(held);
      if (when === 'before') await remind(context);
      await sendAll(context);
      expect(await remindersTo(held.email)).toEqual([]);
      // What nobody can buy is seen when the mail is written.
      const seen = when === 'between' || reason === 'unavailable';
      expect(await remindersOf(held.shopper_id)).toEqual(seen ? [`reminder skipped: ${reason}`] : []);
      await db.updateTable('products').set({ paused: false }).where('sku', '=', 'EBOOK').execute();
    }
  },
);

const setNow = (column: 'unsubscribed_at' | 'opted_out_at' | 'email_refused_at', shopper_id: string) =>
  db
    .updateTable('shoppers')
    .set({ [column]: new Date() })
    .where('x_user_id', '=', shopper_id)
    .execute();

test('nobody is reminded of a cart whose payment takes days, unless it failed', async () => {
  const held = await remindedCart([{ to: POST.ebook }]);
  await letPass(held.shopper_id, 2);
  await remind(context);
  const page = await shop.visitor().open(at(held.path));
  const session_id = /cs_test_\w+/.exec((await page.submit('/checkout')).url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, { card: 'bank_debit' });
  await recordPayment(context, { session_id });
  await sendAll(context);
  expect(await remindersOf(held.shopper_id)).toEqual(['reminder skipped: being_paid']);
  await letPass(held.shopper_id, 23);
  await remind(context);
  expect(await remindersOf(held.shopper_id)).toHaveLength(1);
  await shop.control(shop.stripe, `/sessions/${session_id}/async`, { result: 'failed' });
  await recordPayment(context, { session_id });
  await remindAll();
  expect(await remindersTo(held.email)).toHaveLength(1);
});

test('one reminder in twelve hours, over all merchants, however many ask at once', async () => {
  const { shopper_id, email } = await remindedCart([{}, { to: POST.rivalCup }]);
  await letPass(shopper_id, 2);
  await Promise.all([...Array(6)].map(() => remind(context)));
  await sendAll(context);
  expect(await remindersTo(email)).toHaveLength(1);
  await letPass(shopper_id, 11);
  await remindAll();
  expect(await remindersTo(email)).toHaveLength(1);
  await letPass(shopper_id, 2);
  await remindAll();
  const [second, first] = await remindersTo(email);
  expect([first?.from, second?.from].sort()).toEqual([
    'Acme Stoneware via Replycart <carts@replycart.example>',
    'Rival Cups via Replycart <carts@replycart.example>',
  ]);
});

test('a reminder that waits until it is night waits on until the morning', async () => {
  const { shopper_id, email } = await remindedCart();
  await letPass(shopper_id, 2);
  await remind(context);
  // 23:30 in New York, where the merchant is; the night before that which comes.
  const midnight = new Date();
  midnight.setUTCHours(4, 30, 0, 0);
  const since = new Date(midnight.getTime() - 2 * 3_600_000);
  await sql`update carts set updated_at = ${since} where shopper_id = ${shopper_id}`.execute(db);
  await sql`update shoppers set reminders_at = ${since} where x_user_id = ${shopper_id}`.execute(db);
  const night = {
    ...context,
    now: () => midnight,
    config: { ...config, REMINDER_QUIET_HOURS: '21-9' },
  };
  await sendAll(night);
  expect(await remindersTo(email)).toEqual([]);
  const row = await db
    .selectFrom('mails')
    .select(['status', 'due_at', 'attempts'])
    .where('shopper_id', '=', shopper_id)
    .where('kind', '=', 'reminder')
    .executeTakeFirstOrThrow();
  const morning = new Intl.DateTimeFormat('en', { timeStyle: 'short', timeZone: 'America/New_York' });
  expect([row.status, row.attempts, morning.format(row.due_at)]).toEqual(['pending', 0, '9:00 AM']);
  await sendAll({ ...night, now: () => row.due_at });
  expect(await remindersTo(email)).toHaveLength(1);
});

test('night is where the shopper is, if they have told where that is', async () => {
  const { shopper_id, email } = await remindedCart([{ to: POST.sticker }]);
  await letPass(shopper_id, 2);
  // 4:30 in New York, where the merchant is, and 17:30 in Tokyo.
  const at = new Date(Date.now() + 86_400_000);
  at.setUTCHours(8, 30, 0, 0);
  const since = new Date(at.getTime() - 2 * 3_600_000);
  await sql`update carts set updated_at = ${since} where shopper_id = ${shopper_id}`.execute(db);
  await sql`update shoppers set reminders_at = ${since} where x_user_id = ${shopper_id}`.execute(db);
  const then = { ...context, now: () => at, config: { ...config, REMINDER_QUIET_HOURS: '21-9' } };
  const lives = (timezone: string | null) =>
    db.updateTable('shoppers').set({ timezone }).where('x_user_id', '=', shopper_id).execute();
  for (const zone of [null, 'Gone/From_This_Machine', 'America/Los_Angeles']) {
    await lives(zone);
    await remind(then);
    expect(await remindersOf(shopper_id)).toEqual([]);
  }
  await lives('Asia/Tokyo');
  await remind(then);
  await sendAll(then);
  expect(await remindersTo(email)).toHaveLength(1);
});

test('a reminder of something sensitive does not name it in its subject, nor in what lists show of it', async () => {
  await db.updateTable('products').set({ sensitive: true }).where('sku', '=', 'MUG').execute();
  const { shopper_id, email } = await remindedCart();
  await letPass(shopper_id, 2);
  await remindAll();
  await db.updateTable('products').set({ sensitive: false }).where('sku', '=', 'MUG').execute();
  const [reminder] = await remindersTo(email);
  expect(reminder?.subject).toBe('[TEST] Still in your cart (Acme Stoneware)');
  expect(reminder?.text).toContain('Stoneware mug');
  for (const mail of await mailsTo(shop, email)) {
    const [, preview = ''] = /<div style="display:none[^>]*>([^<]*)</.exec(mail.html) ?? [];
    expect(preview).toMatch(/^Hello @/);
    expect(preview).not.toContain('mug');
  }
});

test('a reminder says that deleting the reply does not empty the cart, beside the link that does', async () => {
  const { shopper_id, email } = await remindedCart();
  await letPass(shopper_id, 2);
  await remindAll();
  const [mail] = await remindersTo(email);
  const link = /this link does, after you confirm it:\s+Take everything out of the cart\s+(\S+)/.exec(
    mail?.text ?? '',
  )?.[1];
  const page = await shop.visitor().open(link as string);
  expect(page.text).toContain('Take everything out of your cart at Acme Stoneware?');
});

test('the sweep finds what is due, and its mail leaves', async () => {
  const { shopper_id, email, cart_id } = await remindedCart();
  await letPass(shopper_id, 2);
  const stop = new AbortController();
  atEnd(async () => stop.abort());
  const working = work(context, stop.signal);
  await eventually(async () => expect(await remindersTo(email)).toHaveLength(1));
  stop.abort();
  await working;
  expect((await shop.visitor().open(at(await aLink(shop, cart_id)))).text).toContain('We remind you');
});
