import type { Product } from './catalog.ts';
import { choiceBySku } from './options.ts';
import type { Decision, Line } from './outcome.ts';
import { type Asked, priceAnew } from './price.ts';
import { type Claim, inHand, type LineChange, type ShopperState } from './shopper-state.ts';

/** A place in the waiting line of a variant. */
export interface Place {
  sku: string;
  shopper_id: string;
  /** Pieces that are waited for. */
  quantity: number;
  /** The reply that asked. */
  post_id: string;
}

/** A place, with what one costs who gets it. */
export type PricedPlace = Place & { asked: Asked };

/** What somebody gets who moves up. */
export interface Advance {
  shopper_id: string;
  post_id: string;
  claim: Claim & { sku: string };
  /** Of their cart; none for who has not linked yet: the piece is kept for them. */
  change?: LineChange;
}

/**
 * Gives out what is there to those who wait, first come first, as far as it goes: less than somebody wants is given
 * too, and they go on waiting for the rest.
 *
 * @param line the places, the first first
 * @param free pieces that nobody has bought or keeps, by SKU
 */
export function advance(
  product: Product,
  line: PricedPlace[],
  free: Map<string, number>,
  stateOf: (shopper_id: string) => ShopperState,
  at: Date,
): Advance[] {
  const left = new Map(free);
  return line.flatMap(({ sku, shopper_id, quantity, post_id, asked }) => {
    const state = stateOf(shopper_id);
    const claim = state.claims.get(sku) ?? { held: 0, waiting: quantity, position: post_id };
    const room = state.opted_out ? 0 : roomFor(product, sku, state);
    const number = Math.max(0, Math.min(quantity, left.get(sku) ?? 0, room));
    // Who may not have more any longer leaves the line; who gets nothing because nothing is left stays.
    if (number <= 0 && room > 0) return [];
    left.set(sku, (left.get(sku) ?? 0) - number);
    const waiting = room > 0 ? claim.waiting - number : 0;
    const next = { sku, held: claim.held + number, waiting, position: claim.position };
    state.claims.set(sku, next);
    if (!state.linked || number <= 0) return [{ shopper_id, post_id, claim: next }];
    const before = state.lines.get(sku);
    const inCart = before && before.quantity > 0 ? before : undefined;
    const { price, priced_at, offer_post_id } = priceAnew(inCart, asked, product, at);
    const change: LineChange = {
      sku,
      quantity: (before?.quantity ?? 0) + number,
      before: before?.quantity ?? 0,
      ...{ price, priced_at, offer_post_id },
      position: before?.position ?? post_id,
    };
    state.lines.set(sku, change);
    return [{ shopper_id, post_id, claim: next, change }];
  });
}

/** How many more of a variant a shopper may have; pieces that they wait for do not count. */
function roomFor(product: Product, sku: string, state: ShopperState): number {
  const own = product.exceptions?.get(sku)?.purchase_limit ?? Number.POSITIVE_INFINITY;
  let room = product.purchase_limit ?? Number.POSITIVE_INFINITY;
  for (const { product_sku, quantity } of state.ordered.values())
    if (product_sku === product.sku) room -= quantity;
  for (const each of choiceBySku(product).keys()) room -= inHand(state, each);
  return Math.min(room, own - (state.ordered.get(sku)?.quantity ?? 0) - inHand(state, sku));
}

/** The outcomes of the replies of those who wait for what is not for sale any more, by post id. */
export function inVain(
  { merchant_id, product_sku }: { merchant_id: string; product_sku: string },
  places: Array<Place & { choice: string[] }>,
): Map<string, Decision> {
  const outcomes = new Map<string, Decision>();
  for (const { post_id, sku, quantity, choice } of places) {
    const waitlist = outcomes.get(post_id)?.detail.waitlist ?? [];
    const line: Line = { sku, quantity, ...(choice.length > 0 ? { choice } : {}) };
    const detail = { product: product_sku, waitlist: [...waitlist, line] };
    outcomes.set(post_id, { outcome: 'refused', reason: 'ended', merchant_id, detail });
  }
  return outcomes;
}

/** The new outcomes of the replies of those who moved up, by post id. */
export function outcomesOf(
  product: Product,
  advances: Advance[],
  stateOf: (shopper_id: string) => ShopperState,
): Map<string, Decision> {
  const outcomes = new Map<string, Decision>();
  const asLine = (sku: string, quantity: number): Line => {
    const choice = choiceBySku(product).get(sku) ?? [];
    return { sku, quantity, ...(choice.length > 0 ? { choice } : {}) };
  };
  for (const { post_id, shopper_id, change } of advances) {
    if (!change) continue;
    const known = outcomes.get(post_id);
    // Also what they wait for of other variants, of which nothing has come back.
    const waitlist = [...choiceBySku(product).keys()].flatMap((sku) => {
      const waiting = stateOf(shopper_id).claims.get(sku)?.waiting ?? 0;
      return waiting > 0 ? [asLine(sku, waiting)] : [];
    });
    outcomes.set(post_id, {
      outcome: change.before === 0 || known?.outcome === 'added' ? 'added' : 'set',
      merchant_id: product.merchant_id,
      detail: {
        product: product.sku,
        moved_up: true,
        lines: [...(known?.detail.lines ?? []), asLine(change.sku, change.quantity)],
        ...(waitlist.length > 0 ? { waitlist } : {}),
      },
    });
  }
  return outcomes;
}
