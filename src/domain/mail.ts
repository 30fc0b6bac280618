import type { RefundReason } from '../db/schema.ts';
import type { PricedLine, Totals } from './cart.ts';
import type { ShipTo } from './order.ts';
import type { Detail, OutcomeKind, OutcomeReason } from './outcome.ts';
import type { Finding } from './post-check.ts';

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
}

export interface MailCart extends Totals {
  id: string;
  currency: string;
  lines: PricedLine[];
}

export interface MailOrder extends Totals {
  id: string;
  currency: string;
  lines: Array<PricedLine & { delivery_url: string | null }>;
  ship_to: ShipTo | null;
  email: string | null;
  created_at: string;
}

/** What a mail says, without addresses and links: stored when it is first sent, so that a repeated mail says the same. */
export type MailContent =
  | { kind: 'update'; merchant: MailMerchant | null; replies: ToldReply[]; cart: MailCart | null }
  | { kind: 'code'; code: string }
  | { kind: 'links'; carts: Array<{ id: string; merchant: MailMerchant; cart: MailCart }> }
  | { kind: 'receipt'; merchant: MailMerchant; order: MailOrder }
  | { kind: 'order'; merchant: MailMerchant; order: MailOrder; shopper: string | null }
  | {
      kind: 'refund';
      merchant: MailMerchant;
      amount: number;
      currency: string;
      reason: RefundReason;
      titles: string[];
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
