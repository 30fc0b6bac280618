import type { Ending, Wish } from '../workload/meaning.ts';
import { type LineState, stepsOf } from './line-state.ts';

/** What a shopper said of one product, and what became of it. */
export interface Said {
  id: string;
  wish: Wish;
  found: Ending;
}

/**
 * Whether there is an order in which the replies can have been read that ends in this quantity, each reply with the
 * outcome that was found. Replies that were delivered at about the same time may be read in either order.
 */
export function isExplained(said: Said[], quantity: number, soldOut: boolean): boolean {
  return search(said, { quantity: 0 });

  function search(left: Said[], line: LineState): boolean {
    if (left.length === 0) return line.quantity === quantity;
    return left.some(({ id, wish, found }) =>
      stepsOf(id, wish, line, soldOut).some(
        ({ ending, state }) =>
          ending.outcome === found.outcome &&
          ending.reason === found.reason &&
          search(
            left.filter((each) => each.id !== id),
            state,
          ),
      ),
    );
  }
}
