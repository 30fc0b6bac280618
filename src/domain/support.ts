import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ConsentKind, GrantEnd, Order, PurchaseDoubt, PurchaseStatus, Shopper } from '../db/schema.ts';
import type { Cart } from './cart.ts';
import type { Detail, OutcomeKind, OutcomeReason } from './outcome.ts';

/** Everything that is known of a shopper, for whoever has to explain it. */
export interface SupportCase {
  shopper_id: string;
  /** Not linked: only replies are known. */
  shopper: Selectable<Shopper> | undefined;
  carts: Cart[];
  orders: Array<Selectable<Order>>;
  entries: Entry[];
}

/** Something that happened, the oldest first. */
export type Entry = { at: Date } & (
  | {
      kind: 'reply';
      post_id: string;
      /** 0 is the first outcome; later ones came when the shopper linked, or staff ran it again. */
      revision: number;
      text: string | null;
      outcome: OutcomeKind;
      reason: OutcomeReason | null;
      detail: Detail;
      merchant_id: string | null;
      title: string | null;
      mail_id: string | null;
    }
  | { kind: 'line'; cart_id: string; sku: string; quantity: number; post_id: string | null }
  | {
      kind: 'consent';
      consent_kind: ConsentKind;
      text_version: string;
      locale: string;
      withdrawn_at: Date | null;
    }
  | {
      kind: 'mail';
      id: string;
      mail_kind: string;
      status: string;
      merchant_id: string | null;
      error: string | null;
      attempts: number;
    }
  | {
      kind: 'checkout';
      id: string;
      cart_id: string;
      session_id: string | null;
      /** Of a kept card's payment, once Stripe has answered. */
      intent_id: string | null;
      card_id: string | null;
      status: string;
      total: number;
      currency: string;
    }
  | { kind: 'event'; id: string; type: string; object_id: string; processed: boolean; error: string | null }
  | {
      kind: 'purchase';
      post_id: string;
      status: PurchaseStatus;
      doubt: PurchaseDoubt | null;
      declined: string | null;
      total: number;
      currency: string;
    }
  | {
      kind: 'grant';
      merchant_id: string;
      per_order: number;
      per_day: number;
      currency: string;
      text_version: string;
      locale: string;
      ended_at: Date | null;
      ended_why: GrantEnd | null;
    }
  | { kind: 'payment'; id: string; status: string; amount: number; currency: string }
  | {
      kind: 'dispute';
      id: string;
      amount: number;
      currency: string;
      reason: string;
      status: string;
      moved: number;
      moved_currency: string | null;
      evidence_due_at: Date | null;
    }
  | { kind: 'fraud_warning'; id: string; fraud_type: string; actionable: boolean }
  | { kind: 'swap'; order_id: string; quantity: number; from_sku: string; to_sku: string; by: string }
  | { kind: 'cancel'; order_id: string; by: string }
  | { kind: 'order'; id: string; total: number; currency: string; status: string }
  /** Each time that something was downloaded: the so-manieth of so many. */
  | { kind: 'download'; order_id: string; title: string; count: number; allowed: number }
  | { kind: 'voucher'; id: string; order_id: string; title: string; used_by: string | null }
  | {
      kind: 'refund';
      id: string;
      stripe_id: string | null;
      reason: string;
      status: string;
      amount: number;
      currency: string;
    }
);

const worded = z.looseObject({ text: z.string().optional() });
const delivered = z.object({
  data: worded.extend({ note_tweet: worded.nullish(), note_post: worded.nullish() }),
});
const written = z.object({ data: z.object({ author_id: z.string().regex(/^\d{1,19}$/) }) });

/** Who wrote a post that X delivered; `undefined`: it does not say so. */
export function authorIn(body: string): string | undefined {
  return written.safeParse(JSON.parse(body)).data?.data.author_id;
}

/** The words of a post as X delivered it; null where there are none. Staff want to see also what nobody could read. */
export function textIn(body: string): string | null {
  const { data } = delivered.safeParse(JSON.parse(body)).data ?? {};
  return data?.note_tweet?.text ?? data?.note_post?.text ?? data?.text ?? null;
}
