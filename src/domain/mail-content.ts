import type { PurchaseDoubt, RefundReason } from '../db/schema.ts';
import type { PricedLine, Totals } from './cart.ts';
import type { DisputePhase } from './dispute.ts';
import { isAboutCarts } from './mail.ts';
import type { MailCart } from './mail-cart.ts';
import type { ShipTo } from './order.ts';
import type { Detail, OutcomeKind, OutcomeReason } from './outcome.ts';
import type { AccountStanding } from './payee.ts';
import type { Finding } from './post-check.ts';
import type { ReminderStep } from './reminder.ts';

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
/** The part of a mail's id that changes with its cart: where the cart has changed, a repeated mail is another mail. */
export function versionOf(content: MailContent): string {
  return isAboutCarts(content.kind) && 'cart' in content && content.cart ? `-v${content.cart.version}` : '';
}
