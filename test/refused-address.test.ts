import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { linkShopper } from '../src/actions/link-shopper.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { endsOf, mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { aShopper, deliver } from './harness/replies.ts';
import { aService } from './harness/service.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const at = (path: string): string => `${config.PUBLIC_URL}${path}`;
const UNKNOWN = { answer: 550, at: 'rcpt', says: '5.1.1 no such user here' };
const refuse = (to: string, fault: object = UNKNOWN) =>
  shop.control(shop.mailbox, '/faults', { times: 1, to, ...fault });
const refusedAt = async (shopper_id: string): Promise<Date | null> =>
  (
    await db
      .selectFrom('shoppers')
      .select('email_refused_at')
      .where('x_user_id', '=', shopper_id)
      .executeTakeFirstOrThrow()
  ).email_refused_at;

test('an address that its mail server does not know gets nothing more, and the cart page says so', async () => {
  const email = 'typo@mail.example';
  const held = await aCart(shop, [{ to: POST.ebook }], email);
  const logged: unknown[] = [];
  const log = {
    ...context.log,
    error: (about: { err?: unknown }, text: string) => logged.push({ ...about, err: 0 }, text),
  };
  await refuse(email, { ...UNKNOWN, says: `5.1.1 <${email}> no such user` });
  const rows = await db.selectFrom('mails').select('id').where('shopper_id', '=', held.shopper_id).execute();
  await sendMails({ ...context, log: log as never }, { mail_ids: rows.map(({ id }) => id) });
  expect(await refusedAt(held.shopper_id)).not.toBeNull();
  expect(JSON.stringify(logged)).toContain(held.shopper_id);
  expect(JSON.stringify(logged)).not.toContain(email);

  await deliver(context, aReply({ author: held.shopper_id, to: POST.sticker }));
  await (await shop.visitor().open(at('/cart'))).submit('/cart', { email });
  await sendAll(context);
  const page = await shop.visitor().open(at(held.path));
  expect(page.text).toContain('We cannot reach t•••@mail.example');
  expect(page.html).toContain('href="/link/email"');
  expect(page.text).not.toContain('Shall we remind you?');
  await pays(shop, held);
  await sendAll(context);
  expect(await mailsTo(shop, email)).toEqual([]);
  const [first, ...others] = await endsOf(context, held.shopper_id);
  expect(first).toMatch(/^update failed: address_refused: .*\[e-mail\]/);
  expect(others).toEqual([
    'update skipped: address_refused',
    'links skipped: address_refused',
    'receipt skipped: address_refused',
    'delivery skipped: address_refused',
  ]);
});

test.each([
  ['we may not send to it', { answer: 550, at: 'rcpt', says: '5.7.1 relaying denied' }, 'failed'],
  ['it is busy', { answer: 450, at: 'rcpt' }, 'pending'],
  ['the mail itself is refused', { answer: 550, at: 'data' }, 'failed'],
])('an address is not given up where %s', async (_name, fault, status) => {
  const email = `fine-${status}-${fault.at}@mail.example`;
  const { shopper_id } = await aCart(shop, [{}], email);
  await refuse(email, fault);
  await sendAll(context);
  expect((await endsOf(context, shopper_id))[0]).toMatch(new RegExp(`^update ${status}`));
  expect(await refusedAt(shopper_id)).toBeNull();
});

test('an address that is proven anew gets mail: another one, or the same', async () => {
  for (const [n, again] of ['other@mail.example', 'back@mail.example'].entries()) {
    const id = `630000000000000010${n}`;
    const email = 'back@mail.example';
    await shop.control(shop.x, '/users', { id, username: `back${n}`, name: 'B', email });
    await linkShopper(
      context,
      { id, username: `back${n}`, confirmed_email: email },
      { version: '1', locale: 'en' },
    );
    await sql`update shoppers set email_refused_at = now() where x_user_id = ${id}`.execute(db);
    const visitor = await (await shop.visitor().open(at('/link'))).submit('/link');
    await visitor.submit('authorize', { account: id, decision: 'authorize' });
    expect(visitor.url).toBe(at('/link/email'));
    expect(visitor.text).toContain('We cannot reach b•••@mail.example');
    await visitor.submit('/link/email', { email: again });
    await sendAll(context);
    const [mail] = await mailsTo(shop, again);
    await visitor.submit('/link/code', { code: /\b\d{6}\b/.exec(mail?.subject ?? '')?.[0] as string });
    expect(await refusedAt(id)).toBeNull();
    await deliver(context, aReply({ author: id }));
    await sendAll(context);
    expect((await mailsTo(shop, again))[0]?.subject).toContain('In your cart');
  }
});

test('an address that X tells instead of a refused one is taken; one that works is kept', async () => {
  const user = { id: '6300000000000000200', username: 'xchange' };
  const consent = { version: '1', locale: 'en' };
  const linkWith = async (confirmed_email: string) =>
    (await linkShopper(context, { ...user, confirmed_email }, consent)).shopper;
  expect((await linkWith('old@mail.example')).email).toBe('old@mail.example');
  expect((await linkWith('new@mail.example')).email).toBe('old@mail.example');
  await sql`update shoppers set email_refused_at = now() where x_user_id = ${user.id}`.execute(db);
  expect((await linkWith('OLD@mail.example')).email_refused_at).not.toBeNull();
  expect(await linkWith('new@mail.example')).toMatchObject({
    email: 'new@mail.example',
    email_refused_at: null,
  });
});

test('the operator suppresses mail: after a complaint that about carts, after a bounce all', async () => {
  const service = await aService({ DATABASE_URL: config.DATABASE_URL });
  const [angry, gone] = [
    await aShopper(context, 'angry@mail.example'),
    await aShopper(context, 'gone@mail.example'),
  ];
  const complaint = await service.run('shoppers', 'suppress', 'angry@mail.example', '--json');
  expect(JSON.parse(complaint.stdout)).toEqual({ because: 'complaint', shopper_ids: [angry] });
  const bounce = await service.run('shoppers', 'suppress', 'gone@mail.example', '--because', 'bounce');
  expect([bounce.code, bounce.stdout]).toEqual([
    0,
    `shopper ${gone} gets no mail until they give another address\n`,
  ]);
  for (const [author, reason] of [
    [angry, 'unsubscribed'],
    [gone, 'address_refused'],
  ] as const) {
    await deliver(context, aReply({ author }));
    await sendAll(context);
    expect(await endsOf(context, author)).toEqual([`update skipped: ${reason}`]);
  }
  expect((await service.run('shoppers', 'suppress', '@nobody_here')).code).toBe(1);
  const records = await db.selectFrom('audit').selectAll().where('action', '=', 'suppress mail').execute();
  expect(records.map(({ subject, reason }) => [subject, reason])).toEqual([
    [`shopper ${angry}`, 'complaint'],
    [`shopper ${gone}`, 'bounce'],
  ]);
});
