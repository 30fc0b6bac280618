import { mailCart } from '../domain/mail-cart.ts';
import type { MailContent } from '../domain/mail-content.ts';
import type { ReminderStep } from '../domain/reminder.ts';
import { timeZoneOf } from '../domain/time-zone.ts';
import { openCarts, readCarts } from './carts.ts';
import type { Db } from './database.ts';
import { type KnownMerchant, knownMerchant, merchantsOf } from './mail-merchants.ts';
import type { MailRow, ReadMail } from './mails.ts';

/** The cart whose payment has failed. Nothing when it was paid in another way since. */
export async function gatherFailed(db: Db, mail: MailRow, now: Date): Promise<MailContent | undefined> {
  const [cart] = await readCarts(db, [mail.cart_id as string]);
  if (cart?.status !== 'open') return undefined;
  const { merchant, selling } = await knownMerchant(db, cart.merchant_id);
  return { kind: 'payment_failed', merchant, cart: mailCart(cart, selling, now) };
}

/** What waits in a cart. Whether there is reason to remind of it is decided elsewhere. */
export async function gatherReminder(db: Db, mail: ReadMail, now: Date): Promise<MailContent | undefined> {
  const [cart] = await readCarts(db, [mail.cart_id as string]);
  const known = (await merchantsOf(db, [mail])).get(mail.merchant_id as string);
  if (!cart || !known) return undefined;
  const ends = cart.lines.flatMap(({ held_until }) => (held_until && held_until > now ? [held_until] : []));
  const first = ends.length > 0 ? new Date(Math.min(...ends.map((end) => end.getTime()))) : null;
  return {
    kind: 'reminder',
    merchant: known.merchant,
    cart: mailCart(cart, known.selling, now),
    step: mail.step as ReminderStep,
    held_until: first?.toISOString() ?? null,
    timezone: timeZoneOf(mail.timezone, known.timezone),
  };
}

/** The open carts of a shopper who has lost their links. */
export async function gatherLinks(db: Db, shopper_id: string, now: Date): Promise<MailContent> {
  const carts = await openCarts(db, shopper_id);
  const merchants = await merchantsOf(db, carts);
  return {
    kind: 'links',
    carts: carts.map((cart) => {
      const known = merchants.get(cart.merchant_id) as KnownMerchant;
      return { id: cart.id, merchant: known.merchant, cart: mailCart(cart, known.selling, now) };
    }),
  };
}
