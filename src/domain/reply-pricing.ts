import { type Asked, type Pricing, priceAnew } from './price.ts';
import type { Case } from './share.ts';

/**
 * What one costs who replies here now: the offer of the post that they replied to, if it has one. A line that was priced by an
 * offer of this very post, which has ended since, stays that offer's.
 */
function askedBy({ order, shopper }: Case, sku: string): Asked {
  const { offer, product, posts = [] } = order;
  if (offer) return offer;
  const before = shopper.lines.get(sku)?.offer_post_id ?? null;
  return {
    price: product.price,
    offer_post_id: before !== null && posts.includes(before) ? before : null,
  };
}

/** How a line is priced that a reply sets. One that only repeats what is there leaves it as it is, if it asks for no other offer. */
export function pricingOf(given: Case, sku: string, repeats: boolean, at: Date): Pricing {
  const { order, shopper } = given;
  const [line, asked] = [shopper.lines.get(sku), askedBy(given, sku)];
  const before = line && line.quantity > 0 ? line : undefined;
  if (before && repeats && order.product.price_policy === 'current') {
    if (before.offer_post_id === asked.offer_post_id) return plain(before);
  }
  return plain(priceAnew(before, asked, order.product, at));
}

/** A line that is taken out is priced as it was: it may be put back. */
export const lastPricing = (given: Case, sku: string): Pricing =>
  plain(given.shopper.lines.get(sku) ?? { ...askedBy(given, sku), priced_at: null });

const plain = ({ price, priced_at, offer_post_id }: Pricing): Pricing => ({
  price,
  priced_at,
  offer_post_id,
});
