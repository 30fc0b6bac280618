import { type CartLine, type Obstacle, obstacleOf, type PricedLine } from './cart.ts';
import type { PriceReason } from './price.ts';

/** What is otherwise in a cart than a mail said. */
export type Difference = { title: string } & (
  | { kind: 'gone' }
  | { kind: 'new'; quantity: number }
  | { kind: 'quantity'; was: number; now: number; by: 'reply' | 'page' }
  | { kind: 'amount'; was: number; now: number }
  | { kind: 'given'; now: number }
  | { kind: 'obstacle'; obstacle: Obstacle; line: CartLine }
);

/** Another price of one than the shopper has had before their eyes, in minor units. `anew`: the line was set again since. */
export interface PriceMove {
  title: string;
  was: number;
  now: number;
  why: Exclude<PriceReason, 'same'> | 'anew';
}

/** Compares a cart with what a mail said of it, but for prices. */
export function sinceMail(mailed: PricedLine[], lines: CartLine[], at: Date): Difference[] {
  const present = new Set(lines.map(({ sku }) => sku));
  const before = new Map(mailed.map((line) => [line.sku, line]));
  const gone = mailed
    .filter(({ sku }) => !present.has(sku))
    .map(({ title }) => ({ kind: 'gone' as const, title }));
  return [
    ...gone,
    ...lines.flatMap((line) => differences(before.get(line.sku), line, obstacleOf(line, lines, at))),
  ];
}

function differences(
  was: PricedLine | undefined,
  line: CartLine,
  obstacle: Obstacle | undefined,
): Difference[] {
  const { title, quantity } = line;
  const found: Difference[] = [];
  if (!was && line.donation) found.push({ kind: 'given', title, now: line.price });
  else if (!was) found.push({ kind: 'new', title, quantity });
  else {
    if (was.quantity !== quantity)
      found.push({ kind: 'quantity', title, was: was.quantity, now: quantity, by: setBy(line) });
    if (line.donation && was.price !== line.price)
      found.push({ kind: 'amount', title, was: was.price, now: line.price });
  }
  if (obstacle) found.push({ kind: 'obstacle', title, obstacle, line });
  return found;
}

/**
 * The prices that are other ones than a mail said. What the mail did not name, or where no mail led here, is compared with the
 * price when the line was set. How much somebody gives is no price.
 */
export function priceMoves(mailed: PricedLine[], lines: CartLine[]): PriceMove[] {
  const before = new Map(mailed.map(({ sku, price }) => [sku, price]));
  return lines.flatMap(({ sku, title, price, price_then, price_why, donation }) => {
    if (donation) return [];
    const was = before.get(sku) ?? price_then;
    const why = price_why === 'same' ? ('anew' as const) : price_why;
    return was === price ? [] : [{ title, was, now: price, why }];
  });
}

/** A reply's change stands at the place of the reply; one on the page at the time when it was made. */
const setBy = ({ position, post_id }: CartLine): 'reply' | 'page' =>
  position === post_id ? 'reply' : 'page';
