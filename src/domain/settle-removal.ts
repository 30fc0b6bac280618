import { conclude, isOutdated, type Settlement } from './conclude.ts';
import type { Line } from './outcome.ts';
import { lastPricing } from './reply-pricing.ts';
import type { Case } from './share.ts';
import { type Claim, inHand, type LineChange, soFar } from './shopper-state.ts';
import type { Wish } from './wish.ts';

/** Removes what the reply names of the product: all of it, where it names no values, and as many as it says. */
export function settleRemoval(given: Case): Settlement {
  const { order, shopper, variants } = given;
  const { wishes, product } = order;
  if (wishes.kind !== 'wishes') return conclude(given, 'asked', wishes.kind);
  if (wishes.fault)
    return conclude(given, wishes.fault === 'invalid_quantity' ? 'refused' : 'asked', wishes.fault);
  // Two of three kinds: which?
  const unclear = wishes.wishes.find(
    (wish) => wish.quantity && skusOf(wish, given).filter((sku) => soFar(shopper, sku) > 0).length > 1,
  );
  if (unclear) {
    const missing = product.options.filter((_, n) => unclear.choice[n] === undefined);
    return conclude(given, 'asked', 'missing_option', { missing: missing.map(({ name }) => name) });
  }
  const taken = [...numbersOf(wishes.wishes, given)].map(([sku, number]) => take(given, sku, number));
  const current = taken.filter(({ change: { sku } }) => !isOutdated(given, sku));
  const claims = current.flatMap(({ claim }) => claim ?? []);
  if (!shopper.linked) return { ...conclude(given, 'held', undefined, { lines: [] }), claims };
  if (current.length === 0) {
    const any = taken.some(({ change }) => change.before > 0);
    return conclude(given, 'unchanged', any ? 'already_in_cart' : 'not_in_cart');
  }
  const asLines = (numberOf: (each: Taken) => number): Line[] =>
    current.flatMap((each) => {
      const { sku } = each.change;
      const choice = variants.get(sku) ?? [];
      const line = { sku, quantity: numberOf(each), ...(choice.length > 0 ? { choice } : {}) };
      return line.quantity > 0 ? [line] : [];
    });
  const lines = asLines(({ change }) => change.before - change.quantity);
  const waitlist = asLines(({ waited }) => waited);
  const settlement =
    lines.length + waitlist.length > 0
      ? conclude(given, 'removed', undefined, { lines, ...(waitlist.length > 0 ? { waitlist } : {}) })
      : conclude(given, 'unchanged', 'not_in_cart');
  // Lines that are not there are noted too: an older reply that arrives late does not bring them.
  return { ...settlement, changes: current.map(({ change }) => change), claims };
}

/** How many of each variant are not wanted any more. Of what is not there, "one less" says nothing. */
function numbersOf(wishes: Wish[], given: Case): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const wish of wishes) {
    const number = wish.quantity?.value ?? Number.POSITIVE_INFINITY;
    for (const sku of skusOf(wish, given))
      if (!wish.quantity || soFar(given.shopper, sku) > 0)
        numbers.set(sku, Math.max(numbers.get(sku) ?? 0, number));
  }
  return numbers;
}

/** The variants that a wish names. */
const skusOf = ({ choice: said }: Wish, { variants }: Case): string[] =>
  [...variants].flatMap(([sku, choice]) =>
    said.every((value, option) => value === undefined || value === choice[option]) ? [sku] : [],
  );

interface Taken {
  change: LineChange;
  /** How many nobody waits for any more. */
  waited: number;
  claim?: Claim & { sku: string };
}

/** Takes some of a variant away: first of those that are waited for. */
function take(given: Case, sku: string, number: number): Taken {
  const { post_id, shopper } = given;
  const claim = shopper.claims.get(sku);
  const waited = Math.min(claim?.waiting ?? 0, number);
  const left = Math.max(inHand(shopper, sku) - (number - waited), 0);
  const before = shopper.lines.get(sku)?.quantity ?? 0;
  const quantity = Math.min(before, left);
  return {
    change: { sku, quantity, before, position: post_id, ...lastPricing(given, sku) },
    waited,
    ...(claim
      ? {
          claim: {
            sku,
            held: Math.min(claim.held, left),
            waiting: claim.waiting - waited,
            position: claim.position,
          },
        }
      : {}),
  };
}
