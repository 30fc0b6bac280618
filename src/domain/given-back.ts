import type { Selectable } from 'kysely';
import type { Order, OrderLine } from '../db/schema.ts';

/** So many pieces of a line of an order. */
export interface Pieces {
  sku: string;
  pieces: number;
}

/** A line of an order as it is now. */
export type LineOfOrder = Selectable<OrderLine> & {
  /** Pieces that were given back, or are about to be. */
  given_back: number;
};

/** Pieces that a refund would name, and what becomes of their codes. */
export interface PlannedPieces extends Pieces {
  title: string;
  /** Codes that end. */
  codes: number;
  /** Codes of the line that were used: those stay used, whatever is given back. */
  used: number;
}

type GivenLine = Pick<LineOfOrder, 'sku' | 'quantity' | 'price' | 'given_back'>;

/** "2 × SEAT, 1 × MUG": for staff. */
export const piecesText = (named: Pieces[]): string =>
  named.map(({ sku, pieces }) => `${pieces} × ${sku}`).join(', ');

/** What of a line is still the shopper's. */
export const piecesLeft = ({ quantity, given_back }: Pick<GivenLine, 'quantity' | 'given_back'>): number =>
  quantity - given_back;

/** The pieces that are wished for, with nothing left open, or what is wrong with the wish, in a sentence for staff. */
export function namedPieces(
  wish: Array<{ sku: string; pieces?: number | undefined }>,
  lines: GivenLine[],
): { pieces: Pieces[] } | { fault: string } {
  const named: Pieces[] = [];
  for (const { sku, pieces } of wish) {
    const line = lines.find((each) => each.sku === sku);
    if (!line) return { fault: `the order holds no ${sku}` };
    if (named.some((each) => each.sku === sku)) return { fault: `${sku} is named twice` };
    const left = piecesLeft(line);
    const count = pieces ?? left;
    if (count < 1 || count > left)
      return {
        fault: `of ${sku} at most ${left} can be given back: ${line.quantity} ordered, ${line.given_back} given back`,
      };
    named.push({ sku, pieces: count });
  }
  return { pieces: named };
}

/** What pieces have cost, in minor units: their prices, and their share of the tax that came on top, rounded down. */
export function worthOf(
  pieces: Pieces[],
  lines: GivenLine[],
  { subtotal, shipping, tax }: Pick<Selectable<Order>, 'subtotal' | 'shipping' | 'tax'>,
): number {
  const priceOf = (sku: string): number => lines.find((line) => line.sku === sku)?.price ?? 0;
  const items = pieces.reduce((sum, { sku, pieces: count }) => sum + priceOf(sku) * count, 0);
  const taxed = subtotal + shipping;
  return items + (taxed > 0 ? Math.floor((tax * items) / taxed) : 0);
}
