import type { Tx } from '../db/database.ts';
import { holdingsOf } from '../db/settle.ts';
import { PairMap } from '../domain/pair-map.ts';
import type { ShopperState } from '../domain/shopper-state.ts';

/** What is known of an author at a merchant. */
export type StateOf = (shopper_id: string | null, merchant_id: string | undefined) => ShopperState;

/** A shopper at a merchant. */
export interface Pair {
  shopper_id: string;
  merchant_id: string;
}

/**
 * Looks up what is known of shoppers: their open lines, their orders, and what they have of short stock.
 *
 * @param linked those who have linked, locked
 * @param claimants those who may have short stock, linked or not
 */
export async function readStates(
  tx: Tx,
  linked: Map<string, { opted_out_at: Date | null }>,
  pairs: Pair[],
  claimants: Pair[],
): Promise<StateOf> {
  const states = new PairMap<string | undefined, string | null, ShopperState>();
  const stateOf: StateOf = (shopper_id, merchant_id) => {
    const before = states.get(merchant_id, shopper_id);
    if (before) return before;
    const shopper = linked.get(shopper_id ?? '');
    const state = {
      linked: shopper !== undefined,
      opted_out: shopper?.opted_out_at != null,
      lines: new Map(),
      claims: new Map(),
      ordered: new Map(),
    };
    states.set(merchant_id, shopper_id, state);
    return state;
  };
  const known = distinct(pairs.filter(({ shopper_id }) => linked.has(shopper_id)));
  const keepers = distinct(claimants);
  if (known.shopper_ids.length + keepers.shopper_ids.length === 0) return stateOf;
  for (const { kind, shopper_id, merchant_id, sku, quantity, ...more } of await holdingsOf(
    tx,
    known,
    keepers,
  )) {
    const state = stateOf(shopper_id, merchant_id);
    const { price, priced_at, offer_post_id, position, product_sku, waiting } = more;
    if (kind === 'line') state.lines.set(sku, { quantity, price, priced_at, offer_post_id, position });
    else if (kind === 'ordered') state.ordered.set(sku, { product_sku, quantity });
    else state.claims.set(sku, { held: quantity, waiting, position });
  }
  return stateOf;
}

/** Each pair once, as two arrays of equal length. */
function distinct(pairs: Pair[]): { shopper_ids: string[]; merchant_ids: string[] } {
  const seen = new PairMap<string, string, Pair>();
  for (const pair of pairs) seen.set(pair.merchant_id, pair.shopper_id, pair);
  const each = seen.values();
  return {
    shopper_ids: each.map(({ shopper_id }) => shopper_id),
    merchant_ids: each.map(({ merchant_id }) => merchant_id),
  };
}
