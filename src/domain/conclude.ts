import type { Decision, Detail, Line, OutcomeReason } from './outcome.ts';
import type { Case } from './share.ts';
import type { Claim, LineChange } from './shopper-state.ts';
import { compareIds } from './snowflake.ts';

/** What becomes of a reply, and what follows from it. */
export interface Settlement {
  decision: Decision;
  /** Lines that change, or that this reply confirms. */
  changes: LineChange[];
  /** What the shopper has of these variants from now on, instead of what they had. */
  claims: Array<Claim & { sku: string }>;
  /** What the reply wants bought at once, all of which is in the cart now. */
  buys?: Line[];
}

/** Whether the shopper has had a say on a line after writing this reply, which was late: the newer word holds. */
export const isOutdated = ({ shopper, post_id }: Case, sku: string): boolean => {
  const line = shopper.lines.get(sku);
  return line !== undefined && compareIds(line.position, post_id) >= 0;
};

/** An outcome from which nothing follows. */
export function conclude(
  { order }: Case,
  outcome: Decision['outcome'],
  reason?: OutcomeReason,
  more: Detail = {},
): Settlement {
  const { merchant_id } = order.product;
  const decision = { outcome, reason, merchant_id, detail: { ...order.detail, ...more } };
  return { decision, changes: [], claims: [] };
}
