import { emailCode } from '../src/actions/link-shopper.ts';
import type { Context } from '../src/context.ts';
import { hashToken } from '../src/crypto.ts';
import { storeCartLink } from '../src/db/carts.ts';
import { type Db, inTransaction, type Tx } from '../src/db/database.ts';
import { gatherMail } from '../src/db/mail-content.ts';
import {
  claimMail,
  endMail,
  type MailRow,
  mailMerchant,
  markSent,
  postponeMail,
  storeContent,
} from '../src/db/mails.ts';
import type { MailContent } from '../src/domain/mail.ts';
import { MailRefused } from '../src/mail/transport.ts';
import { writeMail } from '../src/views/mails.ts';
import { renderMail } from '../src/views/render-mail.ts';
import { textsFor } from '../src/views/texts.ts';

type Needs = Pick<Context, 'db' | 'config' | 'keys' | 'mailer' | 'log' | 'now'>;

const DAY_MS = 86_400_000;
/** Seconds until the next attempt: a minute at first, six hours at last, and then no more. */
const DELAYS = [60, 120, 300, 900, 1800, 3600, 7200, 21_600, 21_600, 21_600];

/** A mail, claimed, with what it says and who gets it. */
interface Prepared {
  mail: MailRow;
  content: MailContent;
  to: string;
  handle: string | null;
  locale: string | null;
}

/**
 * Sends a mail of the outbox, if it is due. What it says is gathered now and kept: if the process dies before it
 * has noted that the mail server took it, the mail is sent once more, the same in every letter.
 */
export async function sendMail(context: Needs, mail_id: string): Promise<void> {
  const prepared = await inTransaction(context.db, async (tx) => {
    const mail = await claimMail(tx, mail_id);
    return mail && prepare(tx, mail, context);
  });
  if (!prepared) return;
  const { mail, content, to } = prepared;
  const message = await compose(context, prepared);
  try {
    await context.mailer.send({ ...message, to, messageId: `mail-${mail.id}` });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.log.warn({ err: error, mail: mail.id, kind: content.kind }, 'a mail was not taken');
    const delay = error instanceof MailRefused ? undefined : DELAYS[mail.attempts - 1];
    if (delay === undefined) await endMail(context.db, mail.id, 'failed', why);
    else await inTransaction(context.db, (tx) => postponeMail(tx, mail, delay, why));
    return;
  }
  await markSent(context.db, mail.id);
}

/** Gathers the mail's content, or takes what was gathered when it was first sent; ends it where there is no need for it. */
async function prepare(tx: Tx, mail: MailRow, { keys }: Needs): Promise<Prepared | undefined> {
  const recipient = await recipientOf(tx, mail);
  if (!recipient.to) return void (await endMail(tx, mail.id, 'skipped', 'no e-mail address'));
  const kept = mail.content as MailContent | null;
  const content = kept ?? (await gatherMail(tx, mail));
  if (!content) return void (await endMail(tx, mail.id, 'skipped', 'nothing to say'));
  if (content.kind === 'code')
    return {
      mail,
      ...recipient,
      to: recipient.to,
      content: { kind: 'code', code: await emailCode(tx, keys, mail.shopper_id as string) },
    };
  if (!kept) await storeContent(tx, mail.id, content);
  return { mail, ...recipient, to: recipient.to, content };
}

async function recipientOf(
  db: Db,
  mail: MailRow,
): Promise<{ to: string | null; handle: string | null; locale: string | null }> {
  if (mail.kind === 'order') {
    const merchant = await mailMerchant(db, mail.merchant_id as string);
    return { to: merchant.support_email, handle: null, locale: merchant.locale };
  }
  const shopper = await db
    .selectFrom('shoppers')
    .select(['email', 'username', 'locale'])
    .where('x_user_id', '=', mail.shopper_id)
    .executeTakeFirst();
  const base = { handle: shopper?.username ?? null, locale: shopper?.locale ?? null };
  if (mail.kind === 'code') {
    const typed = await db
      .selectFrom('email_codes')
      .select('email')
      .where('shopper_id', '=', mail.shopper_id)
      .executeTakeFirst();
    return { ...base, to: typed?.email ?? null };
  }
  if (mail.kind === 'receipt') {
    const order = await db
      .selectFrom('orders')
      .select('email')
      .where('id', '=', mail.order_id)
      .executeTakeFirst();
    return { ...base, to: order?.email ?? shopper?.email ?? null };
  }
  return { ...base, to: shopper?.email ?? null };
}

async function compose({ db, config, keys, now }: Needs, { mail, content, handle, locale }: Prepared) {
  const texts = textsFor(locale);
  const expires_at = new Date(now().getTime() + config.LINK_DAYS * DAY_MS);
  const tokens = new Map<string, string>();
  for (const cart_id of cartsIn(content)) {
    const token = keys.tokenFor('cart link', `mail ${mail.id} cart ${cart_id}`);
    await storeCartLink(db, { token_hash: hashToken(token), cart_id, mail_id: mail.id, expires_at });
    tokens.set(cart_id, token);
  }
  const written = writeMail(content, texts, {
    publicUrl: config.PUBLIC_URL,
    cart: (cart_id) => `${config.PUBLIC_URL}/c/${tokens.get(cart_id)}`,
    linkDays: config.LINK_DAYS,
    handle,
  });
  const merchant = 'merchant' in content ? content.merchant : null;
  const label = config.testPayments ? texts.mail.test : '';
  return {
    ...renderMail(written, texts, label),
    fromName: merchant && content.kind !== 'order' ? texts.mail.via(merchant.name) : 'Replycart',
    replyTo: content.kind === 'order' ? undefined : merchant?.support_email,
  };
}

function cartsIn(content: MailContent): string[] {
  if (content.kind === 'update') return content.cart ? [content.cart.id] : [];
  if (content.kind === 'links') return content.carts.map((cart) => cart.id);
  return [];
}
