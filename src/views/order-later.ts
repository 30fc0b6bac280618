import type { Selectable } from 'kysely';
import type { Dispute, FraudWarning, Order, OrderSwap, Refund } from '../db/schema.ts';
import { formatMoney } from '../domain/currency.ts';
import { type Pieces, piecesText } from '../domain/given-back.ts';

/** What became of an order after it was paid, as rows. */
export interface Later {
  refunds: Array<Selectable<Refund> & { lines: Pieces[] }>;
  swaps: Array<Selectable<OrderSwap>>;
  disputes: Array<Selectable<Dispute>>;
  fraud_warnings: Array<Selectable<FraudWarning>>;
}

/** What became of an order, each in a sentence for staff, the oldest first. */
export function laterTexts(
  order: Pick<Selectable<Order>, 'shipped_at' | 'carrier' | 'tracking' | 'cancelled_at' | 'cancelled_by'>,
  { refunds, swaps, disputes, fraud_warnings }: Later,
): Array<{ at: Date; text: string }> {
  const { shipped_at, carrier, tracking, cancelled_at, cancelled_by } = order;
  const by = [carrier, tracking].filter(Boolean).join(' ');
  const texts = [
    ...swaps.map((swap) => ({ at: swap.at, text: swapText(swap) })),
    ...(shipped_at ? [{ at: shipped_at, text: `on its way${by && ` with ${by}`}` }] : []),
    ...(cancelled_at ? [{ at: cancelled_at, text: `cancelled by ${cancelled_by}` }] : []),
    ...refunds.map((refund) => ({ at: refund.created_at, text: refundText(refund) })),
    ...fraud_warnings.map((warning) => ({ at: warning.warned_at, text: warningText(warning) })),
    ...disputes.map((dispute) => ({ at: dispute.opened_at, text: disputeText(dispute) })),
  ];
  return texts.sort((a, b) => a.at.getTime() - b.at.getTime());
}

export const swapText = ({
  quantity,
  from_sku,
  to_sku,
  by,
}: Pick<Selectable<OrderSwap>, 'quantity' | 'from_sku' | 'to_sku' | 'by'>): string =>
  `${quantity} × ${from_sku} swapped for ${to_sku} by ${by}`;

const refundText = ({ id, amount, currency, reason, status, lines }: Later['refunds'][number]): string => {
  const what = lines.length > 0 ? ` for ${piecesText(lines)}` : '';
  return `refund ${id} of ${formatMoney(amount, currency, 'en')}${what} (${reason}): ${status}`;
};

export const warningText = ({
  id,
  fraud_type,
  actionable,
}: Pick<Selectable<FraudWarning>, 'id' | 'fraud_type' | 'actionable'>): string =>
  `early fraud warning ${id} (${fraud_type.replaceAll('_', ' ')})${actionable ? '' : ', not actionable any more'}`;

export function disputeText({
  id,
  amount,
  currency,
  reason,
  status,
  moved,
  moved_currency,
  evidence_due_at,
}: Pick<
  Selectable<Dispute>,
  'id' | 'amount' | 'currency' | 'reason' | 'status' | 'moved' | 'moved_currency' | 'evidence_due_at'
>): string {
  const due = evidence_due_at ? `, evidence until ${evidence_due_at.toISOString().slice(0, 10)}` : '';
  const balance =
    moved_currency === null
      ? 'no money moved'
      : `${moved < 0 ? '-' : '+'}${formatMoney(Math.abs(moved), moved_currency, 'en')} on the balance`;
  return `dispute ${id} over ${formatMoney(amount, currency, 'en')} (${reason.replaceAll('_', ' ')}): ${status}, ${balance}${due}`;
}
