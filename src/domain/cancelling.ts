import type { OrderStatus } from '../db/schema.ts';

/** What decides whether an order can still be cancelled. */
export interface CancelFacts {
  status: OrderStatus;
  created_at: Date;
  shipped_at: Date | null;
  /** The merchant's: 0, where shoppers cannot cancel. */
  cancel_hours: number;
  /** All of its payment is owed back, or was given back. */
  refunding: boolean;
  /** The shopper's bank is at it: what it gives back must not be given twice. */
  disputed: boolean;
  /** Something of it was used up: see `usedUp` in src/db/order-facts.ts. */
  used: boolean;
}

export type WhyNotCancelled =
  | 'cancelled'
  | 'given_back'
  | 'shipped'
  | 'disputed'
  | 'used'
  | 'never'
  | 'too_late';

const HOUR_MS = 3_600_000;

/** Until when a shopper may cancel an order, if it stays as it is; `undefined`: never. */
export const cancelUntil = ({
  created_at,
  cancel_hours,
}: Pick<CancelFacts, 'created_at' | 'cancel_hours'>): Date | undefined =>
  cancel_hours > 0 ? new Date(created_at.getTime() + cancel_hours * HOUR_MS) : undefined;

/** What keeps an order from being cancelled by its shopper, or by staff, to whom the merchant's time and use do not matter. */
export function whyNotCancelled(
  order: CancelFacts,
  by: 'shopper' | 'staff',
  at: Date,
): WhyNotCancelled | undefined {
  if (order.status === 'cancelled') return 'cancelled';
  if (order.status === 'refunded' || order.refunding) return 'given_back';
  if (order.shipped_at) return 'shipped';
  if (order.disputed) return 'disputed';
  if (by === 'staff') return undefined;
  if (order.used) return 'used';
  const until = cancelUntil(order);
  if (!until) return 'never';
  return at < until ? undefined : 'too_late';
}

/** What keeps a line from being swapped for another option of the same product. */
export function whyNotSwapped(
  order: Pick<CancelFacts, 'status' | 'shipped_at' | 'refunding'>,
): 'cancelled' | 'given_back' | 'shipped' | undefined {
  if (order.status === 'cancelled') return 'cancelled';
  if (order.status === 'refunded' || order.refunding) return 'given_back';
  return order.shipped_at ? 'shipped' : undefined;
}
