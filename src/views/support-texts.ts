import type { Selectable } from 'kysely';
import type { Shopper } from '../db/schema.ts';
import { formatMoney } from '../domain/currency.ts';
import { isNoPost } from '../domain/erased.ts';
import type { WhyNotSent } from '../domain/mail.ts';
import type { LinePrice, PriceReason } from '../domain/price.ts';
import type { Entry } from '../domain/support.ts';
import { disputeText, swapText, warningText } from './order-later.ts';
import { en } from './texts/en.ts';

/** What happened, in a sentence for staff. */
export function entryText(entry: Entry): string {
  const money = (amount: number, currency: string): string => formatMoney(amount, currency, 'en');
  switch (entry.kind) {
    case 'reply': {
      const what = [entry.outcome, entry.reason].filter(Boolean).join(': ');
      const said = entry.text === null ? '' : ` “${entry.text}”`;
      const by = isNoPost(entry.post_id) ? 'A wish on a product’s page' : `Reply ${entry.post_id}${said}`;
      return `${by} became ${what}. ${en.outcome({ ...entry, among: entry.detail.among ?? [] })} ${en.why(entry.detail)}`.trimEnd();
    }
    case 'line':
      return entry.quantity === 0
        ? `Removed ${entry.sku} from cart ${entry.cart_id} on the page.`
        : `Set ${entry.sku} to ${entry.quantity} in cart ${entry.cart_id} on the page.`;
    case 'consent':
      return `Agreed to the text about ${entry.consent_kind}, version ${entry.text_version} (${entry.locale})${entry.withdrawn_at ? `, until ${entry.withdrawn_at.toISOString()}` : ''}.`;
    case 'mail':
      return `Mail ${entry.id} (${entry.mail_kind}): ${entry.status}${entry.attempts > 1 ? `, ${entry.attempts} attempts` : ''}${entry.error ? `. ${whyText(entry.error)}` : ''}.`;
    case 'checkout':
      return `Checkout ${entry.id} of cart ${entry.cart_id} over ${money(entry.total, entry.currency)}: ${entry.status} (${entry.session_id ?? (entry.card_id ? `kept card, ${entry.intent_id ?? 'no payment yet'}` : 'no session yet')}).`;
    case 'event':
      return `Stripe told ${entry.type} (${entry.id})${entry.processed ? '' : ', not processed yet'}${entry.error ? `. ${entry.error}` : ''}.`;
    case 'grant':
      return `Agreed that replies to ${entry.merchant_id} buy, up to ${money(entry.per_order, entry.currency)} an order and ${money(entry.per_day, entry.currency)} a day (${entry.text_version}, ${entry.locale})${entry.ended_at ? `, until ${entry.ended_at.toISOString()} (${entry.ended_why})` : ''}.`;
    case 'purchase':
      return `Reply ${entry.post_id} was to buy for ${money(entry.total, entry.currency)}: ${[entry.status, entry.doubt && `asked first (${entry.doubt})`, entry.declined].filter(Boolean).join(', ')}.`;
    case 'payment':
      return `Payment ${entry.id} of ${money(entry.amount, entry.currency)}: ${entry.status}.`;
    case 'order':
      return `Order ${entry.id} over ${money(entry.total, entry.currency)}: ${entry.status}.`;
    case 'download':
      return `Downloaded ${entry.title} of order ${entry.order_id}: ${entry.count} of ${entry.allowed}.`;
    case 'voucher':
      return `The code of ${entry.title} (voucher ${entry.id}, order ${entry.order_id}) was used, taken by ${entry.used_by}.`;
    case 'dispute':
      return `${disputeText(entry)}.`;
    case 'fraud_warning':
      return `${warningText(entry)}.`;
    case 'swap':
      return `In order ${entry.order_id} ${swapText(entry)}.`;
    case 'cancel':
      return `Order ${entry.order_id} cancelled by ${entry.by}.`;
    case 'refund':
      return `Refund ${entry.id} of ${money(entry.amount, entry.currency)} (${entry.reason}): ${entry.status}${entry.stripe_id ? ` (${entry.stripe_id})` : ''}.`;
  }
}

const reasons: Record<WhyNotSent, string> = {
  no_address: 'no_address: we have no e-mail address of theirs',
  address_refused:
    'address_refused: their mail server takes no mail for the address; they have to give another',
  opted_out: 'opted_out: they have asked us to stop',
  unsubscribed: 'unsubscribed: they want no mail about carts',
  no_reminders: 'no_reminders: they want no reminders any more',
  erased: 'erased: whose address it was has been erased',
  nothing_to_say: 'nothing_to_say: what it was about was changed, removed or paid before it left',
  cart_paid: 'cart_paid: the cart was paid before it left',
  being_paid: 'being_paid: the cart was paid in a way that takes some days',
  cart_empty: 'cart_empty: nothing was in the cart any more',
  unavailable: 'unavailable: nothing in the cart can be bought now',
  too_late: 'too_late: the time for this reminder was over',
};

const whyText = (why: string): string => reasons[why as WhyNotSent] ?? why;

const priceReasons: Record<PriceReason, string> = {
  same: 'the price at the reply',
  changed: 'the price of the day, which the merchant has changed',
  lower: 'the price of the day, which is the lower one',
  promise_over: 'the price of the day, because the promise is over',
  offer_over: 'the price everywhere, because the offer has ended',
};

/** Why a line costs what it costs, for staff. */
export function whyPrice(line: Omit<LinePrice, 'price'> & { offer_post_id: string | null }): string {
  const { promise, offer_post_id, price_why } = line;
  const until = promise?.until ? ` until ${promise.until.toISOString()}` : '';
  return [
    priceReasons[price_why],
    ...(promise ? [`${promise.kind === 'promised' ? 'promised' : 'the lower of then and now'}${until}`] : []),
    ...(offer_post_id ? [`by the offer of post ${offer_post_id}`] : []),
  ].join('; ');
}

/** What a shopper has decided about mail, for staff. */
export function mailState(shopper: Selectable<Shopper>): string {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  const { opted_out_at, unsubscribed_at, reminders_at, email_refused_at } = shopper;
  const facts = [
    opted_out_at && `asked us to stop on ${day(opted_out_at)}`,
    unsubscribed_at && `unsubscribed on ${day(unsubscribed_at)}`,
    email_refused_at && `address refused since ${day(email_refused_at)}`,
    reminders_at && `agreed to reminders on ${day(reminders_at)}`,
  ].filter(Boolean);
  return facts.length > 0 ? facts.join('; ') : 'about carts, no reminders';
}

/** Why an order cannot be cancelled, or a line of it swapped, for staff. */
export const staffRefusals = {
  cancel: {
    ...en.after.cancel.refused,
    shipped: 'The order is on its way already. When it has come back, give its money back.',
    disputed: 'A bank disputes the payment, and may give it back by itself: answer that at Stripe.',
  },
  swap: {
    ...en.after.swap.refused,
    given_back: 'Something of it was given back, or is about to be, so nothing was changed.',
  },
};
