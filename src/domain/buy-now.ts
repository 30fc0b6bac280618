import type { PurchaseDoubt } from '../db/schema.ts';
import type { Detail, Line } from './outcome.ts';

export type { PurchaseDoubt };

/** The leave to charge a card, as far as it limits a purchase. Amounts in the currency's minor unit. */
export interface GrantLimits {
  per_order: number;
  per_day: number;
}

/** What is known when a reply asks to buy. Amounts in the currency's minor unit. */
export interface PurchaseCase {
  /** With shipping. */
  total: number;
  limits: GrantLimits;
  /** What was charged for the shopper's purchases there within the last 24 hours, and what is about to be. */
  spent: number;
  /** One of its products is nothing for others to see. */
  sensitive: boolean;
  /** Nothing was bought from this merchant before. */
  isFirst: boolean;
  /** One of its products was bought, or is being bought, within the last ten minutes. */
  again: boolean;
  /** How many minutes ago the reply was written. */
  minutesAgo: number;
  /** How the reply was read. */
  detail: Pick<Detail, 'found_by' | 'unknown_above'>;
}

/** A reply that comes later than that is not bought unasked: its author may have got it elsewhere by now. */
export const LATE_MINUTES = 60;

/** So soon after a purchase the same product is not bought again without asking. */
export const AGAIN_MINUTES = 10;

/**
 * Why a shopper is asked before they are charged; `undefined`: they are not. A first purchase from a merchant is asked
 * about above half of what an order may cost: the first time, somebody else may have had the phone in their hands.
 */
export function doubtOf(given: PurchaseCase): PurchaseDoubt | undefined {
  const { total, limits, spent, sensitive, isFirst, again, minutesAgo, detail } = given;
  if (total > limits.per_order) return 'over_order';
  if (spent + total > limits.per_day) return 'over_day';
  if (again) return 'again';
  if (minutesAgo > LATE_MINUTES) return 'late';
  // Only right below the product's own post is it certain which product is meant.
  if (detail.found_by !== 'parent' || detail.unknown_above !== undefined) return 'unsure';
  if (sensitive) return 'sensitive';
  return isFirst && total * 2 > limits.per_order ? 'first_here' : undefined;
}

/** Whether a line is still as the purchase's reply, or another reply that buys it, has left it. */
export function isUnchanged(
  line: { quantity: number; position: string } | undefined,
  wanted: Line,
  buying: ReadonlySet<string>,
): boolean {
  return line !== undefined && line.quantity >= wanted.quantity && buying.has(line.position);
}
