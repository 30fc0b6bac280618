import { beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { dueMails } from '../src/db/mails.ts';
import { type OutgoingMail, openMailer } from '../src/mail/transport.ts';
import { makeClock } from '../src/sandbox/clock.ts';
import { type ReceivedMail, startMailbox } from '../src/sandbox/mailbox.ts';
import { openMemory } from '../src/sandbox/memory.ts';
import { sendMails } from '../workers/send-mails.ts';
import { atEnd } from './harness/at-end.ts';
import { aReply, POST } from './harness/builders.ts';
import { aContext, useCatalog } from './harness/context.ts';
import { eventually } from './harness/eventually.ts';
import { aShopper, deliver } from './harness/replies.ts';

const mailbox = await startMailbox({ memory: await openMemory(), clock: makeClock() });
atEnd(async () => mailbox[Symbol.asyncDispose]());
const context = await aContext({ MAIL_QUIET_SECONDS: '60' }, { SMTP_URL: mailbox.smtpUrl });
await useCatalog(context);
const { db } = context;

const received = async (): Promise<ReceivedMail[]> =>
  (await fetch(`${mailbox.url}/control/mails`)).json() as Promise<ReceivedMail[]>;
const fault = (body: object) =>
  fetch(`${mailbox.url}/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const sendDue = async (): Promise<void> => {
  const mail_ids = await dueMails(db, 100);
  if (mail_ids.length > 0) await sendMails(context, { mail_ids });
};
const rows = (shopper_id: string) =>
  db.selectFrom('mails').selectAll().where('shopper_id', '=', shopper_id).orderBy('id').execute();
/** Moves every mail into the past: for the mails, time passes. */
const letTimePass = (seconds: number) =>
  sql`update mails set due_at = due_at - ${seconds} * interval '1 second', sent_at = sent_at - ${seconds} * interval '1 second',
    claimed_at = claimed_at - ${seconds} * interval '1 second'`.execute(db);

beforeEach(() => fetch(`${mailbox.url}/control/mails`, { method: 'DELETE' }).then(() => {}));

test('the first mail leaves at once; what happens within the quiet time comes together in one more', async () => {
  const author = await aShopper(context, 'quiet@mail.example');
  await deliver(context, aReply({ author }));
  await sendDue();
  expect(await received()).toHaveLength(1);
  await deliver(context, aReply({ author, to: POST.sticker }));
  await deliver(context, aReply({ author, to: POST.ebook }), aReply({ author, to: POST.lamp }));
  await sendDue();
  expect(await received()).toHaveLength(1);
  await letTimePass(61);
  await sendDue();
  const [second, ...others] = await received();
  expect(others).toHaveLength(1);
  for (const text of [
    'Added: 1 × Sticker.',
    'Added: 1 × Pottery at home (e-book).',
    'Desk lamp is not for sale at the moment.',
    'Stoneware mug: $18.00',
    'Total: $34.40',
  ])
    expect(second?.text).toContain(text);
});

test.each([421, 450])(
  '%d: the mail waits and is sent later, telling what is true by then',
  async (answer) => {
    const author = await aShopper(context, 'later@mail.example');
    await deliver(context, aReply({ author }));
    await fault({ times: 1, answer });
    await sendDue();
    expect(await received()).toEqual([]);
    expect(await rows(author)).toMatchObject([{ status: 'pending', attempts: 1 }]);
    await deliver(context, aReply({ author, text: '#AddToCart x3' }));
    await letTimePass(130);
    await sendDue();
    expect((await received()).map((mail) => mail.text.includes('3 × Stoneware mug: $54.00'))).toEqual([true]);
    expect(await rows(author)).toMatchObject([{ status: 'sent', attempts: 2 }]);
  },
);

test('550: the mail is given up, and others go on', async () => {
  const [gone, fine] = [
    await aShopper(context, 'gone@mail.example'),
    await aShopper(context, 'fine@mail.example'),
  ];
  await deliver(context, aReply({ author: gone }), aReply({ author: fine }));
  await fault({ times: 1, answer: 550, to: 'gone@mail.example' });
  await sendDue();
  expect(await rows(gone)).toMatchObject([{ status: 'failed' }]);
  expect((await received()).map((mail) => mail.to)).toEqual([['fine@mail.example']]);
  await letTimePass(100_000);
  expect(await dueMails(db, 10)).toEqual([]);
});

test('a mail that cannot be written ends as failed, and others go on', async () => {
  const authors = await Promise.all(
    ['a', 'poison', 'b'].map((name) => aShopper(context, `${name}@mail.example`)),
  );
  const [first, poison, last] = authors as [string, string, string];
  await deliver(context, ...authors.map((author) => aReply({ author })));
  await sql`update outcomes set detail = '{"product": "MUG", "among": 5}' where shopper_id = ${poison}`.execute(
    db,
  );
  await sendDue();
  expect(await rows(poison)).toMatchObject([
    { status: 'failed', error: expect.stringContaining('iterable') },
  ]);
  for (const author of [first, last]) expect(await rows(author)).toMatchObject([{ status: 'sent' }]);
  await letTimePass(100_000);
  expect(await dueMails(db, 10)).toEqual([]);
});

test('the answer is lost after the mail server took the mail: the repeated mail is the same mail', async () => {
  const author = await aShopper(context, 'twice@mail.example');
  await deliver(context, aReply({ author, text: '#AddToCart x2' }));
  // A process that dies between the mail server's answer and its own note leaves the mail as it was claimed.
  const dies = {
    ...context,
    mailer: {
      ...context.mailer,
      send: (mail: OutgoingMail) => context.mailer.send(mail).then(() => new Promise<void>(() => {})),
    },
  };
  void sendMails(dies, { mail_ids: await dueMails(db, 10) });
  await eventually(async () => expect(await received()).toHaveLength(1));
  expect(await rows(author)).toMatchObject([{ status: 'sending' }]);
  await deliver(context, aReply({ author, to: POST.sticker }));
  await letTimePass(130);
  await sendMails(context, { mail_ids: (await rows(author)).slice(0, 1).map((row) => row.id) });
  const [second, first] = await received();
  expect([second?.message_id, second?.text, second?.html]).toEqual([
    first?.message_id,
    first?.text,
    first?.html,
  ]);
  expect(await rows(author)).toMatchObject([{ status: 'sent', attempts: 2 }, { status: 'pending' }]);
});

test('a mail that somebody is sending is not sent by anybody else', async () => {
  const author = await aShopper(context, 'once@mail.example');
  await deliver(context, aReply({ author }));
  const mail_ids = await dueMails(db, 10);
  await Promise.all([...Array(8)].map(() => sendMails(context, { mail_ids })));
  expect((await received()).filter((mail) => mail.to.includes('once@mail.example'))).toHaveLength(1);
});

test('a mail server that is away loses nothing', async () => {
  const author = await aShopper(context, 'away@mail.example');
  await deliver(context, aReply({ author }));
  const away = { ...context, mailer: openMailer('smtp://127.0.0.1:1', 'carts@replycart.example') };
  await sendMails(away, { mail_ids: await dueMails(db, 10) });
  expect(await rows(author)).toMatchObject([{ status: 'pending', attempts: 1 }]);
  await letTimePass(61);
  await sendDue();
  expect(await received()).toHaveLength(1);
});

test('headers are what we wrote, whatever names hold', async () => {
  const mailer = openMailer(mailbox.smtpUrl, 'carts@replycart.example');
  atEnd(async () => mailer[Symbol.asyncDispose]());
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (name) => {
      const nasty = `${name}\r\nBcc: evil@example.com\r\n\r\n<b>body</b>`;
      await mailer.send({
        fromName: nasty,
        to: 'to@mail.example',
        replyTo: 'shop@example.com',
        subject: nasty,
        html: '<p>x</p>',
        text: 'x',
        messageId: `m${Math.random()}`,
        unsubscribe: 'https://cart.example.com/unsubscribe/token',
      });
      const [mail] = await received();
      const parsed = await PostalMime.parse(mail?.raw ?? '');
      const keys = new Set(parsed.headers.map((header) => header.key));
      expect([...keys].sort()).toEqual([
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'list-unsubscribe',
        'list-unsubscribe-post',
        'message-id',
        'mime-version',
        'reply-to',
        'subject',
        'to',
      ]);
      expect(mail?.to).toEqual(['to@mail.example']);
    }),
    { numRuns: 40 },
  );
});
