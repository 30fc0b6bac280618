import { type CartLine, type Obstacle, obstacleOf, type PricedLine } from './cart.ts';

/** What is otherwise in a cart than a mail said. */
export type Difference = { title: string } & (
  | { kind: 'gone' }
  | { kind: 'new'; quantity: number }
  | { kind: 'quantity'; was: number; now: number; by: 'reply' | 'page' }
  | { kind: 'price' | 'amount'; was: number; now: number }
  | { kind: 'obstacle'; obstacle: Obstacle; line: CartLine }
);

/** Compares a cart with what a mail said of it. */
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
  const { title, quantity, price } = line;
  const found: Difference[] = [];
  if (!was) found.push({ kind: 'new', title, quantity });
  else {
    if (was.quantity !== quantity)
      found.push({ kind: 'quantity', title, was: was.quantity, now: quantity, by: setBy(line) });
    if (was.price !== price)
      found.push({ kind: line.donation ? 'amount' : 'price', title, was: was.price, now: price });
  }
  if (obstacle) found.push({ kind: 'obstacle', title, obstacle, line });
  return found;
}

/** A reply's change stands at the place of the reply; one on the page at the time when it was made. */
const setBy = ({ position, post_id }: CartLine): 'reply' | 'page' =>
  position === post_id ? 'reply' : 'page';
