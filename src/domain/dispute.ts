/**
 * How a dispute stands, as far as anybody has to act on it. An inquiry moves no money. What Stripe calls by a name that is
 * new to us is open: somebody shall look.
 */
export type DisputePhase = 'inquiry' | 'open' | 'won' | 'lost' | 'over';

/** @param status as Stripe calls it (API reference, "The Dispute object"; 2026-10-28.endive) */
export function phaseOf(status: string): DisputePhase {
  switch (status) {
    case 'warning_needs_response':
    case 'warning_under_review':
      return 'inquiry';
    case 'won':
    case 'lost':
      return status;
    case 'prevented':
    case 'warning_closed':
      return 'over';
    default:
      return 'open';
  }
}

/** Whether the shopper's bank may still take the money, or has it for now. */
export const isOpenDispute = (status: string): boolean => ['inquiry', 'open'].includes(phaseOf(status));
