import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { remind } from '../src/actions/remind.ts';
import { addMail } from '../src/db/mails.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { everything } from './harness/everything.ts';
import { headerOf, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop({ REMINDER_QUIET_HOURS: '0-0' });
const { context, app } = shop;
const { db, config } = context;

test('whoever follows the links of mails, ten times each, changes nothing', async () => {
  const at = (path: string): string => `${config.PUBLIC_URL}${path}`;
  const { shopper_id, ...held } = await aCart(shop, [{ to: POST.ebook }], 'scanned@mail.example');
  await sendAll(context);
  await (await shop.visitor().open(at(held.path))).submit(`${held.path}/reminders`);
  await pays(shop, held);
  await sendAll(context);
  await deliver(context, aReply({ author: shopper_id, to: POST.tee }), aReply({ author: shopper_id }));
  await (await shop.visitor().open(at('/cart'))).submit('/cart', { email: 'scanned@mail.example' });
  await sql`update carts set updated_at = now() - interval '2 hours'`.execute(db);
  await sql`update shoppers set reminders_at = now() - interval '2 hours'`.execute(db);
  await remind(context);
  await addMail(db, { kind: 'post_changed', merchant_id: 'shop', post_id: POST.mug });
  const newcomer = '6300000000000000300';
  await shop.control(shop.x, '/users', { id: newcomer, username: 'newcomer', name: 'N' });
  const visitor = await (await shop.visitor().open(at('/link'))).submit('/link');
  await visitor.submit('authorize', { account: newcomer, decision: 'authorize' });
  await visitor.submit('/link/email', { email: 'scanned@mail.example' });
  const { payment_id } = await db.selectFrom('orders').select('payment_id').executeTakeFirstOrThrow();
  const refund = { payment_id, reason: 'sold_out' as const, amount: 900, currency: 'USD' };
  const { id: refund_id } = await db
    .insertInto('refunds')
    .values(refund)
    .returning('id')
    .executeTakeFirstOrThrow();
  await giveRefund(context, { refund_id });
  await sendAll(context);

  const kinds = await db.selectFrom('mails').select('kind').distinct().where('status', '=', 'sent').execute();
  expect(kinds.map(({ kind }) => kind).sort()).toEqual([
    'code',
    'delivery',
    'links',
    'order',
    'post_changed',
    'receipt',
    'refund',
    'reminder',
    'update',
  ]);
  const links = new Set<string>();
  for (const mail of await shop.mails()) {
    for (const [, href = ''] of mail.html.matchAll(/href="([^"]*)"/g))
      links.add(href.replaceAll('&amp;', '&'));
    for (const [href] of mail.text.matchAll(/https?:\/\/\S+/g)) links.add(href);
    const [, href] = /^<(.*)>$/.exec(headerOf(mail, 'List-Unsubscribe') ?? '') ?? [];
    if (href) links.add(href);
  }
  const ours = [...links].filter((link) => link.startsWith(`${config.PUBLIC_URL}/`));
  const places = new Set(ours.map((link) => new URL(link).pathname.replace(/[\w-]{40,}/, 'token')));
  expect([...places].sort()).toEqual([
    '/c/token',
    '/c/token/choose',
    '/c/token/empty',
    '/cart',
    '/d/token',
    '/m/shop',
    '/o/token',
    '/o/token/cancel',
    '/privacy',
    '/terms',
    '/unsubscribe/token',
    '/unsubscribe/token/reminders',
  ]);
  const before = await everything(context);
  for (const link of ours) {
    for (let n = 0; n < 10; n++) {
      // Where a cart is empty already, the page that empties it leads to the cart.
      for (const method of ['GET', 'HEAD'])
        expect([200, link.endsWith('/empty') ? 303 : 200]).toContain(
          (await app.request(link, { method })).status,
        );
    }
  }
  expect(await everything(context)).toBe(before);
});
