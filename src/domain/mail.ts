import type { MailKind, PurchaseDoubt, RefundReason } from '../db/schema.ts';
import {
  type Cart,
  type CartLine,
  type Obstacle,
  obstacleOf,
  type PricedLine,
  type Totals,
  totalsOf,
} from './cart.ts';
import type { Merchant } from './catalog.ts';
import type { DisputePhase } from './dispute.ts';
import type { ShipTo } from './order.ts';
import type { Detail, OutcomeKind, OutcomeReason } from './outcome.ts';
import type { AccountStanding } from './payee.ts';
import type { Finding } from './post-check.ts';
import type { PricePromise } from './price.ts';
import type { ReminderStep } from './reminder.ts';
import { taxBehaviorOf } from './tax.ts';

/** The merchant as a mail needs it. */
export interface MailMerchant {
  id: string;
  name: string;
  username: string;
  support_email: string;
  postal_address: string;
  returns_policy: string;
  currency: string;
  locale: string;
}

/** What became of one reply, with the product's title for people to read. */
export interface ToldReply {
  post_id: string;
  outcome: OutcomeKind;
  reason: OutcomeReason | null;
  detail: Detail;
  title: string | null;
  /** The mail's subject does not name the product: others may see it. */
  sensitive?: boolean;
  /** The titles of the products that it may mean. */
  among: string[];
  /** What answers it, if it is a question: as much as is left. */
  choices?: MailChoice[];
  /** The cart holds the same product in other options, too. */
  besides?: { sku: string; title: string; others: string[] };
}

/** An answer to a question, one tap away. */
export interface MailChoice {
  sku: string;
  label: string;
  /** How many there are to be; none: the reply named no number. */
  quantity?: number;
  /** Of a donation: how much, in minor units. Its label is written where the language is known. */
  amount?: number;
}

/** A line of a cart, with what keeps it from being bought, if anything does: it is no part of the totals then. */
export interface MailLine extends PricedLine {
  blocked?: { obstacle: Obstacle } & Pick<CartLine, 'available' | 'purchase_limit' | 'variant_limit'>;
  /** What is promised of the price of one: the one promised, and until when (ISO); null: for as long as it waits. */
  promise?: { kind: PricePromise['kind']; price: number; until: string | null };
  /** The mail's subject does not name it: others may see it. */
  sensitive?: true;
}

export interface MailCart extends Totals {
  id: string;
  /** The merchant cannot take payments for now. */
  later?: true;
  /** Tax is added while the shopper pays. */
  taxed?: true;
  /** Of the cart when the mail was written. */
  version: number;
  currency: string;
  lines: MailLine[];
}

export interface MailOrder extends Totals {
  id: string;
  /** Part of the other amounts. */
  tax_included: number;
  currency: string;
  lines: PricedLine[];
  ship_to: ShipTo | null;
  email: string | null;
  created_at: string;
}

/** Something to download. */
export interface MailDownload {
  id: string;
  title: string;
  /** How many times. */
  left: number;
  /** ISO. */
  expires_at: string;
}

/** A code for a piece of a service. */
export interface MailVoucher {
  id: string;
  title: string;
  used: boolean;
}

/** A line of an order that became another option. */
export interface MailSwap {
  order_id: string;
  quantity: number;
  from: string;
  to: string;
  /** The merchant's own names of the two. */
  from_sku: string;
  to_sku: string;
  by_shopper: boolean;
}

/** What a shopper's bank, or the card's network, says of a payment. */
export interface AboutDispute {
  about: 'dispute' | 'fraud_warning';
  /** Stripe's id of it. */
  id: string;
  payment_id: string;
  merchant_id: string;
  /** Null: the payment went back, and became no order. */
  order_id: string | null;
  /** In minor units; of a warning, all of the payment. */
  amount: number;
  currency: string;
  /** What the bank gives for a reason, or the network calls the fraud. */
  reason: string;
  phase: DisputePhase;
  /** ISO; until when Stripe takes evidence. */
  answer_until: string | null;
}

/** What a mail says, without addresses and links: stored when it is first sent, so that a repeated mail says the same. */
export type MailContent =
  | {
      kind: 'update';
      merchant: MailMerchant | null;
      replies: ToldReply[];
      cart: MailCart | null;
      /** Of the times that it names. */
      timezone?: string;
    }
  | {
      kind: 'reminder';
      merchant: MailMerchant;
      cart: MailCart;
      step: ReminderStep;
      /** ISO; when the first of what is kept goes to others. */
      held_until: string | null;
      timezone: string;
    }
  | { kind: 'code'; code: string }
  | { kind: 'links'; carts: Array<{ id: string; merchant: MailMerchant; cart: MailCart }> }
  | {
      kind: 'receipt';
      merchant: MailMerchant;
      order: MailOrder;
      /** ISO; until when the shopper may cancel it. Null or none: they may not. */
      cancel_until?: string | null;
      timezone?: string;
    }
  | { kind: 'cancelled'; merchant: MailMerchant; order: MailOrder; by_shopper: boolean }
  | { kind: 'swapped' | 'order_swapped'; merchant: MailMerchant; swap: MailSwap }
  | { kind: 'payment_failed'; merchant: MailMerchant; cart: MailCart }
  | {
      kind: 'account_stopped';
      merchant: MailMerchant;
      standing: AccountStanding;
      /** ISO; the page that it leads to opens for a while from then on. */
      written_at: string;
    }
  | ({ kind: 'dispute'; merchant: MailMerchant } & AboutDispute)
  | ({ kind: 'operator' } & AboutDispute)
  | {
      kind: 'shipped';
      merchant: MailMerchant;
      order: MailOrder;
      carrier: string | null;
      tracking: string | null;
    }
  | {
      kind: 'delivery';
      merchant: MailMerchant;
      order_id: string;
      downloads: MailDownload[];
      vouchers: MailVoucher[];
      /** Staff have sent it anew. */
      again: boolean;
      timezone: string;
    }
  | {
      kind: 'order';
      merchant: MailMerchant;
      order: MailOrder;
      shopper: string | null;
      /** The platform's part, where the rest goes to an account of the merchant's own. */
      fee?: number;
    }
  | {
      kind: 'refund';
      merchant: MailMerchant;
      amount: number;
      currency: string;
      reason: RefundReason;
      /** All of the payment. */
      whole: boolean;
      titles: string[];
      /** Codes that were not used, and downloads, have ended with it. */
      ended?: true;
    }
  | {
      kind: 'buying';
      merchant: MailMerchant;
      post_id: string;
      cart_id: string;
      lines: PricedLine[];
      totals: Totals;
      currency: string;
      /** The card that is charged, as people tell it from others. */
      card: string;
      ship_to: ShipTo | null;
      /** Why the shopper is asked first; null: it is bought unless they undo it. */
      doubt: PurchaseDoubt | null;
    }
  | {
      kind: 'unbought';
      merchant: MailMerchant;
      /** Null: what was to be bought is in no cart any more. */
      cart_id: string | null;
      titles: string[];
      why: WhyUnbought;
    }
  | { kind: 'unregistered'; merchant: MailMerchant; post_id: string; replies: number }
  | {
      kind: 'post_changed';
      merchant: MailMerchant;
      post_id: string;
      findings: Finding[];
      text: string | null;
      prices: number[];
      tags: string[];
    };

/** Why a purchase came to nothing: their bank wants to ask its owner, it said no, or it could not be bought any more. */
export type WhyUnbought = 'authentication' | 'declined' | 'unavailable';
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

/** How a merchant sells at a time. */
export interface Selling extends Pick<Merchant, 'shipping' | 'tax' | 'prices_include_tax'> {
  /** Whether payments can be taken for them. */
  ready: boolean;
}

/** A cart as a mail shows it at a time. */
export function mailCart(cart: Cart, selling: Selling, at: Date): MailCart {
  const lines = cart.lines.map((line): MailLine => {
    const { sku, title, kind, quantity, price, available, purchase_limit, variant_limit } = line;
    const obstacle = obstacleOf(line, cart.lines, at);
    const secret = line.sensitive ? ({ sensitive: true } as const) : {};
    const priced = { sku, title, kind, quantity, price, ...secret };
    if (obstacle) return { ...priced, blocked: { obstacle, available, purchase_limit, variant_limit } };
    if (!line.promise) return priced;
    const until = line.promise.until?.toISOString() ?? null;
    return { ...priced, promise: { kind: line.promise.kind, price: line.price_then, until } };
  });
  const { id, version, currency } = cart;
  const open = lines.filter(({ blocked }) => !blocked);
  return {
    ...{ id, version, currency, lines },
    ...(selling.ready ? {} : { later: true }),
    ...(taxBehaviorOf(selling) === 'exclusive' ? { taxed: true } : {}),
    ...totalsOf(open, selling.shipping, cart.country),
  };
}

/** The part of a mail's id that changes with its cart: where the cart has changed, a repeated mail is another mail. */
export function versionOf(content: MailContent): string {
  return isAboutCarts(content.kind) && 'cart' in content && content.cart ? `-v${content.cart.version}` : '';
}
