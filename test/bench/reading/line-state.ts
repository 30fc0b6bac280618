import type { Ending, Wish } from '../workload/meaning.ts';
import { LIMIT } from '../workload/merchants.ts';

/** One product in one shopper's cart. */
export interface LineState {
  quantity: number;
  /** The newest post that has had its say; `undefined`: none has. */
  post?: string;
}

export interface Step {
  ending: Ending;
  state: LineState;
}

/**
 * What the rules let become of a wish, as replies/README.md and design.md (§7) state them: a number sets the line, a
 * bare tag means one where there is none, and an older reply never overrides a newer one. Where they leave a
 * choice, all of it. Written from those pages, not from the product's code: the two must come to the same.
 */
export function stepsOf(id: string, wish: Wish, line: LineState, soldOut: boolean): Step[] {
  const old = line.post !== undefined && BigInt(id) < BigInt(line.post);
  if (old) return [...unchanged(line), ...(tooMany(wish) ? [refused('over_limit', line)] : [])];
  if (wish.kind === 'remove') {
    return line.quantity === 0
      ? [{ ending: { outcome: 'unchanged', reason: 'not_in_cart' }, state: { quantity: 0, post: id } }]
      : [{ ending: { outcome: 'removed', reason: null }, state: { quantity: 0, post: id } }];
  }
  if (tooMany(wish)) return [refused('over_limit', line)];
  const wanted = wish.quantity ?? (line.quantity || 1);
  const state = { quantity: wanted, post: id };
  if (wanted === line.quantity)
    return [{ ending: { outcome: 'unchanged', reason: 'already_in_cart' }, state }];
  if (soldOut) return [refused('sold_out', line)];
  return [{ ending: { outcome: line.quantity > 0 ? 'set' : 'added', reason: null }, state }];
}

/** What becomes of the wish of somebody who has not linked: nothing of theirs is in any cart. */
export function heldEnding(wish: Wish): Ending {
  return tooMany(wish) ? { outcome: 'refused', reason: 'over_limit' } : { outcome: 'held', reason: null };
}

const tooMany = (wish: Wish): boolean => wish.kind === 'add' && (wish.quantity ?? 1) > LIMIT;

const refused = (reason: string, state: LineState): Step => ({
  ending: { outcome: 'refused', reason },
  state,
});

/** A reply that came too late changes nothing; the pages do not say which of the two reasons it is told. */
const unchanged = (state: LineState): Step[] =>
  ['already_in_cart', 'not_in_cart'].map((reason) => ({ ending: { outcome: 'unchanged', reason }, state }));
