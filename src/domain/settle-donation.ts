import type { Amount } from './amount.ts';
import { conclude, isOutdated, type Settlement } from './conclude.ts';
import type { OutcomeReason } from './outcome.ts';
import type { Case } from './share.ts';

/** What is asked where a reply does not say clearly how much. */
const QUESTIONS = {
  missing: 'missing_amount',
  unclear: 'unclear_amount',
  other_currency: 'other_currency',
} as const satisfies Record<Exclude<Amount['kind'], 'amount'>, OutcomeReason>;

/** Gives as much as a reply says. There is one line for each thing to give to: the later amount takes the earlier one's place. */
export function settleDonation(given: Case, read: Amount): Settlement {
  const { post_id, order, shopper } = given;
  const { sku } = order.product;
  const { minimum, maximum } = order.product.donation ?? { minimum: 0, maximum: 0 };
  const about = { currency: order.merchant.currency, minimum, maximum };
  const isWithin = (amount: number): boolean => amount >= minimum && amount <= maximum;
  if (read.kind !== 'amount') {
    const candidates = (read.kind === 'missing' ? [] : read.candidates).filter(isWithin);
    const donation = { ...about, ...(candidates.length > 0 ? { candidates } : {}) };
    return conclude(given, 'asked', QUESTIONS[read.kind], { donation });
  }
  const { amount } = read;
  const said = { donation: { ...about, amount } };
  if (!isWithin(amount)) return conclude(given, 'refused', 'amount_bounds', said);
  const before = shopper.lines.get(sku);
  const inCart = before?.quantity ?? 0;
  if (isOutdated(given, sku))
    return conclude(given, 'unchanged', inCart > 0 ? 'already_in_cart' : 'not_in_cart', said);
  const lines = [{ sku, quantity: 1 }];
  if (!shopper.linked) return conclude(given, 'held', undefined, { ...said, lines });
  const pricing = { price: amount, priced_at: null, offer_post_id: null };
  const changes = [{ sku, quantity: 1, before: inCart, position: post_id, ...pricing }];
  const settlement =
    inCart > 0 && before?.price === amount
      ? conclude(given, 'unchanged', 'already_in_cart', said)
      : conclude(given, inCart > 0 ? 'set' : 'added', undefined, { ...said, lines });
  return { ...settlement, changes, buys: order.action === 'buy' ? lines : undefined };
}
