import { type Closed, whyNotForSale } from './cart.ts';
import { conclude, isOutdated, type Settlement } from './conclude.ts';
import { choiceBySku, skuOf } from './options.ts';
import type { Detail, Line } from './outcome.ts';
import type { Order, Reading } from './read-reply.ts';
import { lastPricing, pricingOf } from './reply-pricing.ts';
import { settleDonation } from './settle-donation.ts';
import { settleRemoval } from './settle-removal.ts';
import { type Case, limitFor, share, surrender, type Wanted } from './share.ts';
import { type ShopperState, type StockOf, soFar } from './shopper-state.ts';
import { timeOfId } from './snowflake.ts';
import type { Wish } from './wish.ts';

/**
 * What becomes of a reply. Replies of one shopper are settled in the order of their post ids, each against the
 * state that the one before has left.
 *
 * @param at the time that schedules are judged by: when the reply was written
 * @param place where the reply stands in waiting lines: at the time when it was written, unless that place was lost
 */
export function settle(
  post_id: string,
  reading: Reading,
  shopper: ShopperState,
  stockOf: StockOf,
  { at = timeOfId(post_id), place = post_id }: { at?: Date; place?: string } = {},
): Settlement {
  if (reading.kind === 'noise') return { decision: reading.decision, changes: [], claims: [] };
  if (shopper.opted_out)
    return { decision: { outcome: 'ignored', reason: 'opted_out', detail: {} }, changes: [], claims: [] };
  if (reading.kind === 'decided') return { decision: reading.decision, changes: [], claims: [] };
  return settleOrder(
    { post_id, place, order: reading, shopper, variants: choiceBySku(reading.product) },
    stockOf,
    at,
  );
}

function settleOrder(given: Case, stockOf: StockOf, at: Date): Settlement {
  const { order } = given;
  const { product, wishes } = order;
  if (order.action === 'remove') return settleRemoval(given);
  const closed = whyClosed(given, at);
  if (closed) return conclude(given, 'refused', closed);
  if (order.amount) return settleDonation(given, order.amount);
  if (wishes.kind !== 'wishes') return conclude(given, 'asked', wishes.kind);
  const replaced = replacedLine(given);
  const wanted = wishes.wishes.map((wish) => complete(wish, replaced, given));
  const missing = product.options.filter((_, n) => wanted.some(({ choice }) => choice[n] === undefined));
  if (missing.length > 0)
    return conclude(given, 'asked', 'missing_option', {
      missing: missing.map(({ name }) => name),
      ...(wishes.fault ? {} : knownSoFar(wanted)),
    });
  if (wishes.fault === 'invalid_quantity') return conclude(given, 'refused', 'invalid_quantity');
  if (wishes.fault) return conclude(given, 'asked', wishes.fault);
  const chosen = wanted as Wanted[];
  const closedVariant = chosen
    .map(({ sku }) => whyNotForSale(termsOf(product, sku), at))
    .find((each) => each !== undefined);
  if (closedVariant) return conclude(given, 'refused', closedVariant);
  return settleLines(given, chosen, replaced, stockOf, at);
}

/** Why nothing of a product can be had: it is closed, and none of its variants is an exception to that. */
function whyClosed({ order: { product }, variants }: Case, at: Date): Closed | undefined {
  const closed = whyNotForSale(product, at);
  const isOpen = (sku: string): boolean => whyNotForSale(termsOf(product, sku), at) === undefined;
  return closed && ![...variants.keys()].some(isOpen) ? closed : undefined;
}

/** What holds for a variant: what its product says, unless it has its own. */
function termsOf(product: Order['product'], sku: string) {
  const own = product.exceptions?.get(sku);
  return {
    paused: own?.paused ?? product.paused,
    starts_at: own?.starts_at ?? product.starts_at,
    ends_at: own?.ends_at ?? product.ends_at,
  };
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
  const already = soFar(shopper, sku);
  const before = replaced === undefined ? 0 : soFar(shopper, replaced);
  const number = quantity ? quantity.value + (quantity.more ? already : 0) : already || before || 1;
  return { sku, choice: said, quantity: number, explicit: quantity !== undefined };
}

/** What the answer to a question need not say again: the number and the options that the reply has named. */
function knownSoFar([wish, ...more]: Array<ReturnType<typeof complete>>): Pick<Detail, 'quantity' | 'named'> {
  if (!wish || more.length > 0) return {};
  const named = wish.choice.map((value) => value ?? null);
  return {
    ...(wish.explicit ? { quantity: wish.quantity } : {}),
    ...(named.some((value) => value !== null) ? { named } : {}),
  };
}

/** The line that "L not M" speaks of: the only one in the cart that holds a value which is not meant. */
function replacedLine({ order, shopper, variants }: Case): string | undefined {
  const not = order.wishes.kind === 'wishes' ? order.wishes.not : [];
  const meant = [...variants].filter(
    ([sku, choice]) => soFar(shopper, sku) > 0 && not.some(({ option, value }) => choice[option] === value),
  );
  return meant.length === 1 ? meant[0]?.[0] : undefined;
}

function settleLines(
  given: Case,
  wanted: Wanted[],
  replaced: string | undefined,
  stockOf: StockOf,
  at: Date,
): Settlement {
  const { post_id, shopper } = given;
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
  const limit = limitFor(given, current, gone ? replaced : undefined);
  if (limit !== undefined) return conclude(given, 'refused', 'over_limit', { ...quantity, limit });
  const shares = current.map((each) => share(given, each, stockOf));
  const claims = shares.flatMap(({ claim }) => claim ?? []);
  if (gone) claims.push(...surrender(given, replaced));
  if (!shopper.linked) {
    const held = conclude(given, 'held', undefined, {
      ...quantity,
      lines: current.map((each) => asLine(each, each.quantity)),
    });
    return { ...held, claims };
  }
  const changed = shares.filter(({ number, inCart }) => number !== inCart);
  const waitlist = shares.flatMap(({ wanted: each, claim }) =>
    claim?.waiting ? [asLine(each, claim.waiting)] : [],
  );
  const short = shares.some(({ wanted: { quantity: asked }, number }) => asked > number);
  const outcome =
    (['added', 'set'] as const).find((kind) =>
      changed.some(({ inCart }) => (inCart === 0) === (kind === 'added')),
    ) ?? (waitlist.length > 0 ? 'waitlisted' : undefined);
  if (!outcome && short) return conclude(given, 'refused', 'sold_out', quantity);
  // Lines that are as the reply wants them are noted too: they have to stay so when older replies arrive.
  const changes = shares.map(({ wanted: { sku }, number, inCart }) => ({
    sku,
    quantity: number,
    before: inCart,
    position: post_id,
    ...pricingOf(given, sku, number === inCart, at),
  }));
  if (gone) {
    const before = shopper.lines.get(replaced)?.quantity ?? 0;
    changes.push({ sku: replaced, quantity: 0, before, position: post_id, ...lastPricing(given, replaced) });
  }
  if (!outcome && gone) {
    // What it wants is there already: it only takes the other one out.
    const choice = given.variants.get(replaced) ?? [];
    const line = { sku: replaced, quantity: soFar(shopper, replaced), choice };
    return { ...conclude(given, 'removed', undefined, { lines: [line] }), changes, claims };
  }
  const buys = given.order.action === 'buy' && !short && !gone ? current.map(oneUnlessSaid) : undefined;
  if (!outcome)
    return { ...conclude(given, 'unchanged', 'already_in_cart', quantity), changes, claims, buys };
  const wantedInAll = current.reduce((sum, each) => sum + each.quantity, 0);
  const settlement = conclude(given, outcome, undefined, {
    ...quantity,
    ...(short ? { wanted: wantedInAll } : {}),
    ...(changed.length > 0 ? { lines: changed.map(({ wanted: each, number }) => asLine(each, number)) } : {}),
    ...(waitlist.length > 0 ? { waitlist } : {}),
  });
  return { ...settlement, changes, claims, buys };
}

/** Who buys and says no number wants one, however many wait in the cart. */
const oneUnlessSaid = ({ sku, choice, quantity, explicit }: Wanted): Line => ({
  sku,
  quantity: explicit ? quantity : 1,
  ...(choice.length > 0 ? { choice } : {}),
});
