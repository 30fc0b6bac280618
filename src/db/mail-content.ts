import type { MailContent } from '../domain/mail-content.ts';
import type { Db } from './database.ts';
import { gatherAccount } from './mail-account.ts';
import { gatherFailed, gatherLinks, gatherReminder } from './mail-carts.ts';
import { merchantOf } from './mail-merchants.ts';
import { gatherDispute, gatherSwap } from './mail-orders.ts';
import { gatherDelivery, gatherOrder, gatherRefund } from './mail-paid.ts';
import { gatherPost, gatherUnregistered } from './mail-posts.ts';
import { gatherPurchase } from './mail-purchase.ts';
import { gatherUpdates } from './mail-updates.ts';
import type { ReadMail } from './mails.ts';

/** Gathers what mails have to say, as things are now. A mail that is left out has nothing left to say. */
export async function gatherMails(db: Db, mails: ReadMail[], now: Date): Promise<Map<string, MailContent>> {
  const contents = await gatherUpdates(
    db,
    mails.filter(({ kind }) => kind === 'update'),
    now,
  );
  for (const mail of mails) {
    const content = await gatherOne(db, mail, now);
    if (content) contents.set(mail.id, content);
  }
  return contents;
}

/** Those kinds that never come in floods. */
async function gatherOne(db: Db, mail: ReadMail, now: Date): Promise<MailContent | undefined> {
  switch (mail.kind) {
    case 'update':
      return undefined;
    case 'reminder':
      return gatherReminder(db, mail, now);
    case 'links':
      return gatherLinks(db, mail.shopper_id as string, now);
    case 'swapped':
    case 'order_swapped': {
      const swap = await gatherSwap(db, mail.swap_id as string);
      return { kind: mail.kind, merchant: await merchantOf(db, mail.merchant_id as string), swap };
    }
    case 'payment_failed':
      return gatherFailed(db, mail, now);
    case 'dispute': {
      const about = await gatherDispute(db, mail);
      return about && { kind: mail.kind, merchant: await merchantOf(db, about.merchant_id), ...about };
    }
    case 'operator': {
      const about = await gatherDispute(db, mail);
      return about && { kind: mail.kind, ...about };
    }
    case 'account_stopped':
      return gatherAccount(db, mail.merchant_id as string, now);
    case 'receipt':
    case 'shipped':
    case 'cancelled':
    case 'order':
      return gatherOrder(db, mail.kind, mail.order_id as string);
    case 'delivery':
      return gatherDelivery(db, mail, now);
    case 'refund':
      return gatherRefund(db, mail.refund_id as string);
    case 'unregistered':
      return gatherUnregistered(db, mail.merchant_id as string, mail.post_id as string);
    case 'post_changed':
      return gatherPost(db, mail.merchant_id as string, mail.post_id as string);
    case 'buying':
    case 'unbought':
      return gatherPurchase(db, mail, await merchantOf(db, mail.merchant_id as string));
    case 'code':
      return { kind: 'code', code: '' };
  }
}
