/** What two books say of the same money: Stripe's (facts) and ours (rows). Amounts in minor units. */

/** How a payment was split, and what of that was undone, in minor units. */
export interface SplitFact {
  /** The merchant's own account; null: none. */
  destination: string | null;
  transferred: number;
  fee: number;
  refunded: number;
  reversed: number;
  fee_refunded: number;
}

/** What Stripe says of a payment. */
export interface IntentFact extends SplitFact {
  id: string;
  /** Of our metadata; null: the payment is none of ours. */
  checkout_id: string | null;
  succeeded: boolean;
  status: string;
  amount: number;
  currency: string;
}

/** What our books say of it: how it was split as the ledger has it. */
export interface PaymentRow extends SplitFact {
  id: string;
  status: string;
  amount: number;
  currency: string;
}

export interface SessionFact {
  id: string;
  checkout_id: string | null;
  status: 'open' | 'complete' | 'expired';
  paid: boolean;
  payment_id: string | null;
  amount: number;
  currency: string;
}

export interface CheckoutRow {
  id: string;
  session_id: string | null;
  status: string;
  total: number;
  currency: string;
}

export interface RefundFact {
  id: string;
  payment_id: string | null;
  /** Of our metadata; null: it was not made by us. */
  refund_id: string | null;
  status: string;
  amount: number;
  currency: string;
}

export interface RefundRow {
  id: string;
  stripe_id: string | null;
  payment_id: string;
  status: string;
  amount: number;
  currency: string;
}

/** What a bank has taken back so far, less what it has returned: 0 or less, in minor units of the platform's balance. */
export interface DisputeFact {
  id: string;
  payment_id: string | null;
  status: string;
  moved: number;
  moved_currency: string | null;
}
