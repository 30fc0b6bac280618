import type { Order } from './read-reply.ts';
import { type Claim, type ShopperState, type StockOf, soFar } from './shopper-state.ts';
import { compareIds } from './snowflake.ts';

/** An order on its way to its outcome. */
export interface Case {
  post_id: string;
  place: string;
  order: Order;
  shopper: ShopperState;
  variants: Map<string, string[]>;
}

/** What a reply wants of one variant. */
export interface Wanted {
  sku: string;
  choice: string[];
  quantity: number;
  explicit: boolean;
}

/** What a shopper gets of what they want of a variant. */
export interface Share {
  wanted: Wanted;
  inCart: number;
  /** How many are in the cart from now on. */
  number: number;
  /** Where the variant's stock is held. */
  claim?: Claim & { sku: string };
}

/** As many as are left: less only takes what is given back, and the rest of more waits in line, where there is one. */
export function share({ order, shopper, place }: Case, wanted: Wanted, stockOf: StockOf): Share {
  const { sku, quantity } = wanted;
  const { merchant_id, stock_mode } = order.product;
  const inCart = shopper.lines.get(sku)?.quantity ?? 0;
  const left = stockOf(merchant_id, sku);
  if (left === undefined) return { wanted, inCart, number: quantity };
  const claim = shopper.claims.get(sku);
  const available = Math.max(left, 0) + (claim?.held ?? 0);
  const number = Math.min(quantity, Math.max(available, inCart));
  if (stock_mode !== 'hold') return { wanted, inCart, number };
  const position =
    claim && claim.waiting > 0 && compareIds(claim.position, place) < 0 ? claim.position : place;
  return {
    wanted,
    inCart,
    number,
    claim: { sku, held: Math.min(number, available), waiting: quantity - number, position },
  };
}

/** Gives back what was kept for a shopper, and their place in the waiting line. */
export function surrender({ shopper }: Case, sku: string): Array<Claim & { sku: string }> {
  const claim = shopper.claims.get(sku);
  return claim ? [{ sku, held: 0, waiting: 0, position: claim.position }] : [];
}

/** The limit that the shopper would go beyond, if any: the product's, for all its variants, or a variant's own. */
export function limitFor(given: Case, wanted: Wanted[], gone: string | undefined): number | undefined {
  const { product } = given.order;
  const limit = product.purchase_limit;
  if (limit !== null && totalOf(given, wanted, gone) > limit) return limit;
  for (const { sku, quantity } of wanted) {
    const own = product.exceptions?.get(sku)?.purchase_limit ?? Number.POSITIVE_INFINITY;
    if (quantity + (given.shopper.ordered.get(sku)?.quantity ?? 0) > own) return own;
  }
  return undefined;
}

/** How many of the product the shopper would have, over all variants, open cart and paid orders together. */
function totalOf({ shopper, variants, order }: Case, wanted: Wanted[], gone: string | undefined): number {
  let total = 0;
  for (const { product_sku, quantity } of shopper.ordered.values())
    if (product_sku === order.product.sku) total += quantity;
  for (const { quantity } of wanted) total += quantity;
  for (const sku of new Set([...shopper.lines.keys(), ...shopper.claims.keys()])) {
    const others = sku !== gone && variants.has(sku) && !wanted.some((each) => each.sku === sku);
    if (others) total += soFar(shopper, sku);
  }
  return total;
}
