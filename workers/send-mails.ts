import { payeePage, payeePageUntil } from '../src/actions/payee-page.ts';
import { type PreparedMail, prepareMails } from '../src/actions/prepare-mails.ts';
import { downloadPath } from '../src/actions/take-download.ts';
import { codeOf } from '../src/actions/use-voucher.ts';
import type { Context } from '../src/context.ts';
import { inTransaction } from '../src/db/database.ts';
import { noteRefused } from '../src/db/mail-wishes.ts';
import { endMails, markSent, postponeMail } from '../src/db/mails.ts';
import { byHalves, together } from '../src/domain/batches.ts';
import { TO_MERCHANT } from '../src/domain/mail.ts';
import { versionOf } from '../src/domain/mail-content.ts';
import { messageOf, wouldFailAgain } from '../src/errors.ts';
import { scrub } from '../src/log.ts';
import { MailRefused } from '../src/mail/transport.ts';
import type { JobData } from '../src/queue.ts';
import { writeMail } from '../src/views/mails.ts';
import { renderMail } from '../src/views/render-mail.ts';
import { textsFor } from '../src/views/texts.ts';

type Needs = Pick<Context, 'db' | 'batchDb' | 'config' | 'keys' | 'mailer' | 'log' | 'now'>;

/** Seconds until the next attempt: a minute at first, six hours at last, and then no more. */
const DELAYS = [60, 120, 300, 900, 1800, 3600, 7200, 21_600, 21_600, 21_600];

/**
 * Sends those mails of the outbox that are due, as many at once as the mail server gives us connections. If the
 * process dies before it has noted that the mail server took a mail, that one is sent once more, the same in every letter.
 */
export async function sendMails(context: Needs, { mail_ids }: JobData<'send-mails'>): Promise<void> {
  const prepared = await byHalves(
    mail_ids,
    (half) => prepareMails(context, half),
    wouldFailAgain,
    (mail_id, error) => giveUp(context, mail_id, error, 'a mail cannot be prepared; it is set aside'),
  );
  const noteSent = together((ids: string[]) => markSent(context.db, ids));
  await Promise.all(
    prepared.map(async (mail) => {
      if (await send(context, mail)) await noteSent([mail.id]);
    }),
  );
}

/** @returns whether the mail server took it; where it did not, that is noted */
async function send(context: Needs, mail: PreparedMail): Promise<boolean> {
  try {
    const messageId = `mail-${mail.id}${versionOf(mail.content)}`;
    await context.mailer.send({ ...compose(context, mail), to: mail.to, messageId });
    return true;
  } catch (error) {
    const delay = DELAYS[mail.attempts - 1];
    if (error instanceof MailRefused && error.badAddress && (await refuse(context, mail, error)))
      return false;
    if (error instanceof MailRefused || wouldFailAgain(error) || delay === undefined) {
      await giveUp(context, mail.id, error, 'a mail was not taken; it is given up');
    } else {
      context.log.warn({ err: error, mail: mail.id, kind: mail.content.kind }, 'a mail was not taken');
      await inTransaction(context.db, (tx) => postponeMail(tx, mail.id, delay, scrub(messageOf(error))));
    }
    return false;
  }
}

async function giveUp({ db, log }: Needs, mail_id: string, error: unknown, what: string): Promise<void> {
  log.error({ err: error, mail: mail_id }, what);
  await endMails(db, [mail_id], 'failed', scrub(messageOf(error)));
}

/** Notes that a shopper's address takes no mail: nothing is sent there any more. Returns whether it is a shopper's. */
async function refuse({ db, log }: Needs, { id, to }: PreparedMail, error: MailRefused): Promise<boolean> {
  const shopper_ids = await inTransaction(db, async (tx) => {
    const refused = await noteRefused(tx, to);
    if (refused.length > 0) await endMails(tx, [id], 'failed', `address_refused: ${scrub(messageOf(error))}`);
    return refused;
  });
  if (shopper_ids.length === 0) return false;
  log.error(
    { err: error, mail: id, shoppers: shopper_ids },
    'a mail server takes no mail for an address; nothing more is sent there until the shopper gives another',
  );
  return true;
}

function compose(
  { config, keys }: Needs,
  { content, handle, locales, tokens, orders, ...mail }: PreparedMail,
) {
  const texts = textsFor(...locales);
  const unsubscribe = mail.unsubscribe && `${config.PUBLIC_URL}${mail.unsubscribe}`;
  const written = writeMail(content, texts, {
    publicUrl: config.PUBLIC_URL,
    cart: (cart_id) => `${config.PUBLIC_URL}/c/${tokens.get(cart_id)}`,
    download: (id) => `${config.PUBLIC_URL}${downloadPath(keys, id)}`,
    code: (id) => codeOf(keys, id),
    order: (order_id) => `${config.PUBLIC_URL}/o/${orders.get(order_id)}`,
    account: (merchant_id, from) => ({
      href: payeePage({ keys, config }, merchant_id, from),
      until: payeePageUntil(from),
    }),
    linkDays: config.LINK_DAYS,
    undoSeconds: config.BUY_NOW_UNDO_SECONDS,
    handle,
    unsubscribe,
  });
  const merchant = 'merchant' in content ? content.merchant : null;
  const toMerchant = TO_MERCHANT.includes(content.kind);
  const label = config.testPayments ? texts.mail.test : '';
  return {
    ...renderMail(written, texts, label),
    fromName: merchant && !toMerchant ? texts.mail.via(merchant.name) : 'Replycart',
    replyTo: toMerchant ? undefined : merchant?.support_email,
    unsubscribe,
  };
}
