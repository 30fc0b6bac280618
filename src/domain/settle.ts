import { whyNotForSale } from './cart.ts';
import type { Decision, Detail, OutcomeReason } from './outcome.ts';
import type { Order, Reading } from './read-reply.ts';
import { compareIds, timeOfId } from './snowflake.ts';

/** A line of an open cart as replies see it. A removed line has the quantity 0. */
export interface LineState {
  quantity: number;
  /** Of one, when the quantity was set. */
  price: number;
  /** Puts the changes of a line in order: see `cart_lines.position`. */
  position: string;
}

/** What a reply is settled against: what is known of its author, at one merchant. */
export interface ShopperState {
  linked: boolean;
  opted_out: boolean;
  /** The lines of the open cart, by SKU. */
  lines: Map<string, LineState>;
  /** How many of each product paid orders hold, by the product's SKU. */
  ordered: Map<string, number>;
}

/** What is left of a variant; `undefined`: it is not counted. */
export type StockOf = (merchant_id: string, sku: string) => number | undefined;

/** A line as a reply leaves it. */
export interface LineChange extends LineState {
  sku: string;
}

export interface Settlement {
  decision: Decision;
  change?: LineChange;
}

/**
 * What becomes of a reply. Replies of one shopper are settled in the order of their post ids, each against the
 * state that the one before has left.
 */
export function settle(
  post_id: string,
  reading: Reading,
  shopper: ShopperState,
  stockOf: StockOf,
): Settlement {
  if (reading.kind === 'noise') return { decision: reading.decision };
  if (shopper.opted_out) return { decision: { outcome: 'ignored', reason: 'opted_out', detail: {} } };
  if (reading.kind === 'decided') return { decision: reading.decision };
  return settleOrder(post_id, reading, shopper, stockOf);
}

function settleOrder(post_id: string, order: Order, shopper: ShopperState, stockOf: StockOf): Settlement {
  const { product, intent } = order;
  const conclude = (outcome: Decision['outcome'], reason?: OutcomeReason, more: Detail = {}): Settlement => ({
    decision: { outcome, reason, merchant_id: product.merchant_id, detail: { ...order.detail, ...more } },
  });
  const removing = intent.action === 'remove';
  if (!removing) {
    const closed = whyNotForSale(product, timeOfId(post_id));
    if (closed) return conclude('refused', closed);
  }
  if (product.options.length > 0) {
    return conclude('asked', 'missing_option', { missing: product.options.map((option) => option.name) });
  }
  const sku = product.sku;
  const line = shopper.lines.get(sku);
  const inCart = line?.quantity ?? 0;
  // The shopper has had a say on this line after writing this reply, which was late: the newer word holds.
  const outdated = line !== undefined && compareIds(line.position, post_id) >= 0;
  if (removing) {
    if (!shopper.linked) return conclude('held', undefined, { lines: [] });
    if (outdated) return conclude('unchanged', inCart > 0 ? 'already_in_cart' : 'not_in_cart');
    if (inCart === 0) return confirmed(conclude('unchanged', 'not_in_cart'));
    return changed(conclude('removed', undefined, { lines: [{ sku, quantity: inCart }] }), 0);
  }
  if (intent.quantity.kind === 'invalid') return conclude('refused', 'invalid_quantity');
  if (intent.quantity.kind === 'conflicting') return conclude('asked', 'conflicting_quantity');
  const explicit = intent.quantity.kind === 'number' ? intent.quantity.value : undefined;
  const wanted = explicit ?? (inCart || 1);
  const quantity = explicit === undefined ? {} : { quantity: explicit };
  if (outdated) return conclude('unchanged', inCart > 0 ? 'already_in_cart' : 'not_in_cart', quantity);
  const limit = product.purchase_limit;
  if (limit !== null && wanted + (shopper.ordered.get(sku) ?? 0) > limit) {
    return conclude('refused', 'over_limit', { ...quantity, limit });
  }
  if (!shopper.linked)
    return conclude('held', undefined, { ...quantity, lines: [{ sku, quantity: wanted }] });
  if (wanted === inCart) return confirmed(conclude('unchanged', 'already_in_cart', quantity));
  const left = wanted > inCart ? stockOf(product.merchant_id, sku) : undefined;
  if (left !== undefined && left <= inCart) return conclude('refused', 'sold_out', quantity);
  const given = Math.min(wanted, left ?? wanted);
  const short = given < wanted ? { wanted } : {};
  const outcome = inCart > 0 ? 'set' : 'added';
  return changed(
    conclude(outcome, undefined, { ...quantity, ...short, lines: [{ sku, quantity: given }] }),
    given,
  );

  /** The line is as the reply wants it, and has to stay so when older replies arrive. */
  function confirmed(settlement: Settlement): Settlement {
    const price = line?.price ?? product.price;
    return { ...settlement, change: { sku, quantity: inCart, position: post_id, price } };
  }

  function changed(settlement: Settlement, to: number): Settlement {
    return { ...settlement, change: { sku, quantity: to, position: post_id, price: product.price } };
  }
}
