import type {
  CheckoutRow,
  DisputeFact,
  IntentFact,
  PaymentRow,
  RefundFact,
  RefundRow,
  SessionFact,
  SplitFact,
} from './comparison-facts.ts';
import { priceText } from './currency.ts';

/** In what our books and Stripe's differ. */
export interface Finding {
  /** Stripe's id of what it is about. */
  about: string;
  what: 'payment' | 'split' | 'session' | 'refund' | 'dispute' | 'event';
  payment_id: string | null;
  /** What each side says of it; null where it knows nothing. */
  ours: string | null;
  theirs: string | null;
  /** What may put it right by itself: we were told late, or not at all. */
  late: CatchUp | null;
  /** What a person can do. */
  cure: string;
}

export type CatchUp =
  | { job: 'record-payment'; session_id: string }
  | { job: 'give-refund'; refund_id: string }
  | { job: 'read-stripe-event'; event_id: string }
  | { job: 'record-intent'; intent: { id: string; checkout_id: string | null } }
  | { job: 'record-dispute'; dispute_id: string };

const money = (amount: number, currency: string): string => `${priceText(amount, currency)} ${currency}`;
const LOOK = 'look at both: replycart carts show';

/** @param session_id where its news can be asked for again; null: there is no session */
export function comparePayment(
  id: string,
  theirs: IntentFact | undefined,
  ours: PaymentRow | undefined,
  session_id: string | null,
): Finding[] {
  const about = { about: id, what: 'payment' as const, payment_id: id };
  const said = theirs && `${money(theirs.amount, theirs.currency)}, ${theirs.status}`;
  const noted = ours && `${money(ours.amount, ours.currency)}, ${ours.status}`;
  const differ = (late: CatchUp | null = null): Finding[] => [
    { ...about, ours: noted ?? null, theirs: said ?? null, late, cure: `${LOOK} ${id}` },
  ];
  if (!ours) {
    if (!theirs?.succeeded || theirs.checkout_id === null) return [];
    // Kept cards are charged without a session.
    return differ(
      session_id === null ? { job: 'record-intent', intent: theirs } : { job: 'record-payment', session_id },
    );
  }
  if (!theirs?.succeeded || theirs.amount !== ours.amount || theirs.currency !== ours.currency)
    return differ();
  if (sameSplit(theirs, ours)) return [];
  const split = splitText(ours.currency);
  return [
    { ...about, what: 'split', ours: split(ours), theirs: split(theirs), late: null, cure: `${LOOK} ${id}` },
  ];
}

/** Stripe does not say how it rounds a refund's share of the fee: so much may be otherwise. */
const ROUNDING = 2;

function sameSplit(theirs: SplitFact, ours: SplitFact): boolean {
  const { destination, transferred, fee } = theirs;
  if (destination !== ours.destination || transferred !== ours.transferred || fee !== ours.fee) return false;
  // What was given back and is not noted yet is a matter of refunds.
  if (theirs.refunded !== ours.refunded) return true;
  const isWhole = theirs.reversed === transferred;
  return (
    theirs.reversed === ours.reversed &&
    Math.abs(theirs.fee_refunded - ours.fee_refunded) <= (isWhole ? 0 : ROUNDING)
  );
}

const splitText =
  (currency: string) =>
  ({ destination, transferred, reversed, fee, fee_refunded }: SplitFact): string =>
    [
      `${money(transferred, currency)} to ${destination ?? 'no account'}`,
      `${money(reversed, currency)} of it back`,
      `fee ${money(fee, currency)}`,
      `${money(fee_refunded, currency)} of it back`,
    ].join(', ');

export function compareSession(
  id: string,
  theirs: SessionFact | undefined,
  ours: CheckoutRow | undefined,
): Finding[] {
  const noted = ours && `${money(ours.total, ours.currency)}, ${ours.status}`;
  const said = theirs && `${money(theirs.amount, theirs.currency)}, ${theirs.paid ? 'paid' : theirs.status}`;
  const differ = (late: boolean): Finding[] => [
    {
      about: id,
      what: 'session',
      payment_id: theirs?.payment_id ?? null,
      ours: noted ?? null,
      theirs: said ?? null,
      late: late ? { job: 'record-payment', session_id: id } : null,
      cure: `${LOOK} ${id}`,
    },
  ];
  // Carts that were erased take the attempts with them that nobody has paid.
  if (!ours) return theirs?.paid && theirs.checkout_id !== null ? differ(false) : [];
  if (!theirs) return differ(false);
  if (theirs.paid) return ours.status === 'paid' ? [] : differ(true);
  if (ours.status === 'paid') return differ(false);
  const isOver = !['creating', 'open'].includes(ours.status);
  return theirs.status === 'expired' && !isOver ? differ(true) : [];
}

/** Stripe's state of a refund in our words. */
const endOf = (status: string): 'succeeded' | 'failed' | 'pending' =>
  status === 'succeeded' ? 'succeeded' : status === 'failed' || status === 'canceled' ? 'failed' : 'pending';

/** @param isOurs whether its payment is in our books */
export function compareRefund(
  id: string,
  theirs: RefundFact | undefined,
  ours: RefundRow | undefined,
  isOurs: boolean,
): Finding[] {
  const differ = (cure: string, late = false): Finding[] => [
    {
      about: id,
      what: 'refund',
      payment_id: theirs?.payment_id ?? ours?.payment_id ?? null,
      ours: ours ? `${money(ours.amount, ours.currency)}, ${ours.status}` : null,
      theirs: theirs ? `${money(theirs.amount, theirs.currency)}, ${theirs.status}` : null,
      late: late && ours ? { job: 'give-refund', refund_id: ours.id } : null,
      cure,
    },
  ];
  const look = `${LOOK} ${theirs?.payment_id ?? ours?.payment_id ?? id}`;
  // Made in Stripe's dashboard. One that failed moved nothing.
  if (!ours) {
    const moves = theirs && endOf(theirs.status) !== 'failed';
    return isOurs && moves ? differ(`note it: replycart ledger adopt ${id}`) : [];
  }
  if (!theirs) return differ(look);
  if (
    theirs.amount !== ours.amount ||
    theirs.currency !== ours.currency ||
    theirs.payment_id !== ours.payment_id
  )
    return differ(look);
  const ended = endOf(theirs.status);
  if (ended === ours.status || (ended === 'pending' && ours.status === 'due')) return [];
  if (ours.status === 'due' || ours.status === 'pending') return differ(look, true);
  return differ(
    ended === 'failed'
      ? 'the bank sent the money back to Stripe: pay the shopper in another way, then replycart ledger accept'
      : look,
  );
}

/** @param isOurs whether its payment is in our books */
export function compareDispute(
  id: string,
  theirs: DisputeFact | undefined,
  ours: DisputeFact | undefined,
  isOurs: boolean,
): Finding[] {
  if (!ours && !(theirs && isOurs)) return [];
  const said = (side: DisputeFact | undefined): string | null => {
    if (!side) return null;
    const { moved, moved_currency, status } = side;
    return `${moved_currency === null ? 'nothing' : money(Math.abs(moved), moved_currency)} taken, ${status}`;
  };
  if (said(theirs) === said(ours)) return [];
  const payment_id = theirs?.payment_id ?? ours?.payment_id ?? null;
  return [
    {
      ...{ about: id, what: 'dispute', payment_id, ours: said(ours), theirs: said(theirs) },
      // Whatever it says there is what holds.
      late: theirs ? { job: 'record-dispute', dispute_id: id } : null,
      cure: `${LOOK} ${payment_id ?? id}`,
    },
  ];
}

/** A difference in a line, for whoever has to cure it. */
export const differenceText = ({
  about,
  what,
  ours,
  theirs,
  cure,
}: Pick<Finding, 'about' | 'ours' | 'theirs' | 'cure'> & { what: string }): string =>
  `${what} ${about}: here ${ours ?? 'unknown'}; at Stripe ${theirs ?? 'unknown'}. Cure: ${cure}`;
