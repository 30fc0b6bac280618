import type { MailKind } from '../db/schema.ts';

/** Mail to merchants, about what is theirs to do. */
export const TO_MERCHANT: MailKind[] = [
  'order',
  'post_changed',
  'unregistered',
  'cancelled',
  'order_swapped',
  'dispute',
  'account_stopped',
];

/** Why nobody gets a mail that was written for them. */
export type WhyNotSent =
  | 'no_address'
  | 'address_refused'
  | 'erased'
  | 'opted_out'
  | 'unsubscribed'
  | 'no_reminders'
  | 'nothing_to_say'
  | 'cart_paid'
  | 'being_paid'
  | 'cart_empty'
  | 'unavailable'
  | 'too_late';

/** Mail about carts, which shoppers can do without. What they have paid or asked for comes all the same. */
export const isAboutCarts = (kind: MailKind): kind is 'update' | 'reminder' =>
  kind === 'update' || kind === 'reminder';

/** Who is to get a mail, and what they have decided about mail. */
export interface Recipient {
  kind: MailKind;
  to: string | null;
  /** The shopper's proven address; `to` may be another one. */
  email: string | null;
  opted_out_at: Date | null;
  unsubscribed_at: Date | null;
  reminders_at: Date | null;
  email_refused_at: Date | null;
}

/** Why a mail must not leave, whatever it says. */
export function whyNotSent(mail: Recipient): WhyNotSent | undefined {
  if (!mail.to) return 'no_address';
  if (isAboutCarts(mail.kind) && mail.opted_out_at) return 'opted_out';
  if (isAboutCarts(mail.kind) && mail.unsubscribed_at) return 'unsubscribed';
  if (mail.kind === 'reminder' && !mail.reminders_at) return 'no_reminders';
  // A code is how an address is proven again.
  const isTheirs = mail.to.toLowerCase() === mail.email?.toLowerCase();
  const refused = mail.email_refused_at !== null && isTheirs && mail.kind !== 'code';
  return refused ? 'address_refused' : undefined;
}
