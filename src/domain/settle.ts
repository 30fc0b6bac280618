import { whyNotForSale } from './cart.ts';
import { choiceBySku, skuOf } from './options.ts';
import type { Decision, Detail, Line, OutcomeKind, OutcomeReason } from './outcome.ts';
import type { Order, Reading } from './read-reply.ts';
import { compareIds, timeOfId } from './snowflake.ts';
import type { Wish } from './wish.ts';

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
  /** Lines that change, or that this reply confirms. */
  changes: LineChange[];
}

/**
 * What becomes of a reply. Replies of one shopper are settled in the order of their post ids, each against the
 * state that the one before has left.
 *
 * @param at the time that schedules are judged by: when the reply was written
 */
export function settle(
  post_id: string,
  reading: Reading,
  shopper: ShopperState,
  stockOf: StockOf,
  at: Date = timeOfId(post_id),
): Settlement {
  if (reading.kind === 'noise') return { decision: reading.decision, changes: [] };
  if (shopper.opted_out)
    return { decision: { outcome: 'ignored', reason: 'opted_out', detail: {} }, changes: [] };
  if (reading.kind === 'decided') return { decision: reading.decision, changes: [] };
  return settleOrder(post_id, reading, shopper, stockOf, at);
}

/** An order on its way to its outcome. */
interface Case {
  post_id: string;
  order: Order;
  shopper: ShopperState;
  variants: Map<string, string[]>;
}

function settleOrder(
  post_id: string,
  order: Order,
  shopper: ShopperState,
  stockOf: StockOf,
  at: Date,
): Settlement {
  const given: Case = {
    post_id,
    order,
    shopper,
    variants: choiceBySku(order.product),
  };
  const { product, wishes } = order;
  if (order.action === 'remove') return settleRemoval(given);
  const closed = whyNotForSale(product, at);
  if (closed) return conclude(given, 'refused', closed);
  if (wishes.kind !== 'wishes') return conclude(given, 'asked', wishes.kind);
  const replaced = replacedLine(given);
  const wanted = wishes.wishes.map((wish) => complete(wish, replaced, given));
  const missing = product.options.filter((_, n) => wanted.some(({ choice }) => choice[n] === undefined));
  if (missing.length > 0)
    return conclude(given, 'asked', 'missing_option', { missing: missing.map(({ name }) => name) });
  if (wishes.fault === 'invalid_quantity') return conclude(given, 'refused', 'invalid_quantity');
  if (wishes.fault) return conclude(given, 'asked', wishes.fault);
  return settleLines(given, wanted as Wanted[], replaced, stockOf);
}

/** What a reply wants of one variant. */
interface Wanted {
  sku: string;
  choice: string[];
  quantity: number;
  explicit: boolean;
}

/** A wish with what the cart adds to it: how many there are, and what the line that it replaces was. */
function complete(
  { choice, quantity }: Wish,
  replaced: string | undefined,
  { order, shopper, variants }: Case,
): Omit<Wanted, 'choice'> & { choice: Array<string | undefined> } {
  const inherited = replaced === undefined ? [] : (variants.get(replaced) ?? []);
  const not = order.wishes.kind === 'wishes' ? order.wishes.not : [];
  const said = choice.map(
    (value, option) => value ?? (not.some((each) => each.option === option) ? undefined : inherited[option]),
  );
  const sku = skuOf(order.product.sku, said as string[]);
  const inCart = shopper.lines.get(sku)?.quantity ?? 0;
  const before = replaced === undefined ? 0 : (shopper.lines.get(replaced)?.quantity ?? 0);
  const number = quantity ? quantity.value + (quantity.more ? inCart : 0) : inCart || before || 1;
  return { sku, choice: said, quantity: number, explicit: quantity !== undefined };
}

/** The line that "L not M" speaks of: the only one in the cart that holds a value which is not meant. */
function replacedLine({ order, shopper, variants }: Case): string | undefined {
  const not = order.wishes.kind === 'wishes' ? order.wishes.not : [];
  const held = [...variants].filter(
    ([sku, choice]) =>
      (shopper.lines.get(sku)?.quantity ?? 0) > 0 &&
      not.some(({ option, value }) => choice[option] === value),
  );
  return held.length === 1 ? held[0]?.[0] : undefined;
}

function settleLines(
  given: Case,
  wanted: Wanted[],
  replaced: string | undefined,
  stockOf: StockOf,
): Settlement {
  const { post_id, shopper, order } = given;
  const { product } = order;
  const [first] = wanted as [Wanted];
  const quantity = wanted.length === 1 && first.explicit ? { quantity: first.quantity } : {};
  const asLine = ({ sku, choice }: Wanted, number: number): Line => ({
    sku,
    quantity: number,
    ...(choice.length > 0 ? { choice } : {}),
  });
  // The shopper has had a say on such a line after writing this reply, which was late: the newer word holds.
  const current = wanted.filter(({ sku }) => !isOutdated(given, sku));
  if (current.length === 0) {
    const inCart = wanted.some(({ sku }) => (shopper.lines.get(sku)?.quantity ?? 0) > 0);
    return conclude(given, 'unchanged', inCart ? 'already_in_cart' : 'not_in_cart', quantity);
  }
  const gone =
    replaced !== undefined && !isOutdated(given, replaced) && !current.some(({ sku }) => sku === replaced);
  const limit = product.purchase_limit;
  if (limit !== null && totalOf(given, current, gone ? replaced : undefined) > limit)
    return conclude(given, 'refused', 'over_limit', { ...quantity, limit });
  if (!shopper.linked)
    return conclude(given, 'held', undefined, {
      ...quantity,
      lines: current.map((each) => asLine(each, each.quantity)),
    });

  const changes: LineChange[] = [];
  const lines: Line[] = [];
  const outcomes = new Set<OutcomeKind>();
  let short = 0;
  for (const each of current) {
    const line = shopper.lines.get(each.sku);
    const inCart = line?.quantity ?? 0;
    if (each.quantity === inCart) {
      // The line is as the reply wants it, and has to stay so when older replies arrive.
      changes.push({
        sku: each.sku,
        quantity: inCart,
        position: post_id,
        price: line?.price ?? product.price,
      });
      continue;
    }
    const left = each.quantity > inCart ? stockOf(product.merchant_id, each.sku) : undefined;
    const number = Math.min(each.quantity, Math.max(left ?? each.quantity, inCart));
    short += each.quantity - number;
    if (number === inCart) continue;
    outcomes.add(inCart > 0 ? 'set' : 'added');
    lines.push(asLine(each, number));
    changes.push({ sku: each.sku, quantity: number, position: post_id, price: product.price });
  }
  const outcome = (['added', 'set'] as const).find((each) => outcomes.has(each));
  if (!outcome) {
    return short > 0
      ? conclude(given, 'refused', 'sold_out', quantity)
      : { ...conclude(given, 'unchanged', 'already_in_cart', quantity), changes };
  }
  if (gone) changes.push({ sku: replaced, quantity: 0, position: post_id, price: product.price });
  const wantedInAll = current.reduce((sum, each) => sum + each.quantity, 0);
  const more = short > 0 ? { wanted: wantedInAll } : {};
  return { ...conclude(given, outcome, undefined, { ...quantity, ...more, lines }), changes };
}

/** How many of the product the shopper would have, over all variants, open cart and paid orders together. */
function totalOf({ shopper, variants, order }: Case, wanted: Wanted[], gone: string | undefined): number {
  let total = shopper.ordered.get(order.product.sku) ?? 0;
  for (const { quantity } of wanted) total += quantity;
  for (const [sku, { quantity }] of shopper.lines) {
    if (sku !== gone && variants.has(sku) && !wanted.some((each) => each.sku === sku)) total += quantity;
  }
  return total;
}

/** Removes what the reply names of the product: all of it, where it names no values. */
function settleRemoval(given: Case): Settlement {
  const { post_id, order, shopper, variants } = given;
  const { wishes, product } = order;
  if (wishes.kind !== 'wishes') return conclude(given, 'asked', wishes.kind);
  if (!shopper.linked) return conclude(given, 'held', undefined, { lines: [] });
  const named = [...variants].filter(([, choice]) =>
    wishes.wishes.some((wish) =>
      wish.choice.every((value, option) => value === undefined || value === choice[option]),
    ),
  );
  const current = named.filter(([sku]) => !isOutdated(given, sku));
  const inCart = (sku: string): number => shopper.lines.get(sku)?.quantity ?? 0;
  if (current.length === 0) {
    const any = named.some(([sku]) => inCart(sku) > 0);
    return conclude(given, 'unchanged', any ? 'already_in_cart' : 'not_in_cart');
  }
  // Lines that are not there are noted too: an older reply that arrives late does not bring them.
  const changes = current.map(([sku]) => ({
    sku,
    quantity: 0,
    position: post_id,
    price: (inCart(sku) === 0 ? shopper.lines.get(sku)?.price : undefined) ?? product.price,
  }));
  const lines = current.flatMap(([sku, choice]) =>
    inCart(sku) > 0 ? [{ sku, quantity: inCart(sku), ...(choice.length > 0 ? { choice } : {}) }] : [],
  );
  const settlement =
    lines.length > 0
      ? conclude(given, 'removed', undefined, { lines })
      : conclude(given, 'unchanged', 'not_in_cart');
  return { ...settlement, changes };
}

const isOutdated = ({ shopper, post_id }: Case, sku: string): boolean => {
  const line = shopper.lines.get(sku);
  return line !== undefined && compareIds(line.position, post_id) >= 0;
};

function conclude(
  { order }: Case,
  outcome: Decision['outcome'],
  reason?: OutcomeReason,
  more: Detail = {},
): Settlement {
  const { merchant_id } = order.product;
  return { decision: { outcome, reason, merchant_id, detail: { ...order.detail, ...more } }, changes: [] };
}
