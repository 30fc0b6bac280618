import type { CartLine, Obstacle } from '../domain/cart.ts';
import type { Texts } from './texts.ts';

/** What keeps a line from being bought, in a few words. */
export function obstacleText(
  obstacle: Obstacle,
  line: Pick<CartLine, 'available' | 'purchase_limit' | 'variant_limit'>,
  { cart: t, donation }: Texts,
): string {
  if (obstacle === 'amount_bounds') return donation.obstacle;
  if (obstacle === 'too_many') return t.left(line.available ?? 0);
  if (obstacle === 'over_limit') return t.refused.over_limit(line.purchase_limit ?? line.variant_limit ?? 0);
  return t.unavailable[obstacle];
}
