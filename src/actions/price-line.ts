import type { Tx } from '../db/database.ts';
import { newestOffer, offerAt, pricingOfLine } from '../db/offers.ts';
import type { Cart } from '../domain/cart.ts';
import { type Asked, type PriceTerms, type Pricing, priceAnew } from '../domain/price.ts';

/**
 * How a line is priced that is set on the page. A line keeps the offer that it has; a new one has that of the post which the
 * shopper's newest reply about the product was to.
 *
 * @param product what the variant is of, with its price everywhere
 * @param restores whether what was taken out is put back: it is priced as it was
 * @param like how the line was priced in whose place this one comes
 */
export async function priceLine(
  tx: Tx,
  cart: Cart,
  sku: string,
  product: PriceTerms & { product_sku: string; price: number },
  { restores, like, now }: { restores: boolean; like: Pricing | undefined; now: Date },
): Promise<Pricing> {
  const { shopper_id, merchant_id } = cart;
  const { product_sku } = product;
  const known = await pricingOfLine(tx, cart.id, sku);
  const before = like ?? (known && (known.quantity > 0 || restores) ? known : undefined);
  const asked = await askedOnPage(tx, { shopper_id, merchant_id, product_sku }, before, product.price);
  const { price, priced_at, offer_post_id } = priceAnew(before, asked, product, now);
  return { price, priced_at, offer_post_id };
}

/**
 * What one costs a shopper who sets a line without a reply. Of a line that is there, that is what its own offer asks, or, where
 * that has ended, what the product costs everywhere; of a new one, what the post asks that they replied to last.
 */
export async function askedOnPage(
  tx: Tx,
  about: { shopper_id: string; merchant_id: string; product_sku: string },
  line: Pick<Pricing, 'offer_post_id'> | undefined,
  price: number,
): Promise<Asked> {
  const everywhere = { price, offer_post_id: null };
  if (!line) return (await newestOffer(tx, about)) ?? everywhere;
  const { offer_post_id } = line;
  if (offer_post_id === null) return everywhere;
  const offer = await offerAt(tx, { ...about, post_id: offer_post_id });
  return { price: offer?.price ?? price, offer_post_id };
}
