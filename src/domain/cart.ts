import type { CartStatus, ProductKind, StockMode } from '../db/schema.ts';
import type { Merchant } from './catalog.ts';
import type { Donation } from './catalog-file.ts';
import type { LinePrice } from './price.ts';
import { asksForCountry, countryOf, rateFor } from './shipping.ts';

/** A number of one thing at a price. Amounts in the currency's minor unit. */
export interface PricedLine {
  sku: string;
  title: string;
  kind: ProductKind;
  quantity: number;
  /** Of one. */
  price: number;
}

/** A line of a checkout or an order: what was to be paid, whatever the catalog says later. */
export interface CheckoutLine extends PricedLine {
  post_id: string | null;
  /** Stripe's txcd_… code; missing where tax is not asked for. */
  tax_code?: string | null;
}

/** A line of an open cart, at the price of the moment, with what decides whether it can be bought. */
export interface CartLine extends PricedLine, LinePrice {
  post_id: string | null;
  product_sku: string;
  /** The value of each of the product's options. */
  choice: string[];
  /** How much it may be: then the shopper says its price. Null: it is no donation. */
  donation: Donation | null;
  /** The address of a picture. */
  image: string | null;
  /** Nobody else is to know of it. */
  sensitive: boolean;
  /** Stripe's txcd_… code. */
  tax_code: string | null;
  stock_mode: StockMode;
  /** What orders the changes of the line: that of the reply that last set it, unless the page did. */
  position: string;
  /** When the line was priced. */
  price_then: number;
  priced_at: Date;
  /** What one would cost if the line was set now. */
  price_today: number;
  /** The post whose offer the line has; null: none. */
  offer_post_id: string | null;
  purchase_limit: number | null;
  /** Of this variant alone. */
  variant_limit: number | null;
  /** How many of the product the shopper has bought before. */
  ordered: number;
  /** How many of this variant. */
  ordered_variant: number;
  /** When the shopper last paid for the product, in whatever option; null: never. */
  bought_at: Date | null;
  /** How many the shopper can have: what is kept for them and what is left; null: not counted. */
  available: number | null;
  /** Until when pieces are kept; null: none are. */
  held_until: Date | null;
  /** How many there were before the last change that can be undone. */
  quantity_before: number;
  withdrawn: boolean;
  paused: boolean;
  starts_at: Date | null;
  ends_at: Date | null;
}

/** A cart at the prices of the moment. */
export interface Cart {
  id: string;
  shopper_id: string;
  merchant_id: string;
  currency: string;
  /** Where it is to be sent: as the shopper chose, else where their last order went. Null: not known. */
  country: string | null;
  status: CartStatus;
  version: number;
  lines: CartLine[];
}

/** What a shopper waits for. */
export interface Waiting {
  sku: string;
  title: string;
  quantity: number;
  /** Pieces that others wait for who replied earlier. */
  ahead: number;
}

export interface Totals {
  subtotal: number;
  shipping: number;
  /** On top of the two. 0 until Stripe has found it. */
  tax: number;
  total: number;
}

/**
 * What lines cost together: their prices, and one rate for shipping where anything is shipped and it is not free from
 * that sum on.
 *
 * @param country where to; null: where the merchant sells most
 */
export function totalsOf(lines: PricedLine[], rates: Merchant['shipping'], country: string | null): Totals {
  const subtotal = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  // What is given buys no free shipping.
  const goods = lines.reduce(
    (sum, line) => sum + (line.kind === 'donation' ? 0 : line.price * line.quantity),
    0,
  );
  const shipping = needsShipping(lines) && rates ? rateFor(rates, country, goods) : 0;
  return { subtotal, shipping, tax: 0, total: subtotal + shipping };
}

/** The country that decides what shipping costs; null where none does. @param wished where the shopper wants it sent */
export const countryForShipping = (
  lines: Array<Pick<PricedLine, 'kind'>>,
  shipping: Merchant['shipping'],
  wished: string | null,
): string | null => (needsShipping(lines) && asksForCountry(shipping) ? countryOf(shipping, wished) : null);

/** Whether anything goes by post. */
export const needsShipping = (lines: Array<Pick<PricedLine, 'kind'>>): boolean =>
  lines.some((line) => line.kind === 'physical');

/** Whether anything comes by mail: a download, or a code. */
export const needsDelivery = (lines: Array<Pick<PricedLine, 'kind'>>): boolean =>
  lines.some((line) => line.kind === 'digital' || line.kind === 'service');

export type Closed = 'paused' | 'not_started' | 'ended';

/** Why something cannot be had at a time, if so. */
export function whyNotForSale(
  product: { paused: boolean; starts_at: Date | null; ends_at: Date | null },
  at: Date,
): Closed | undefined {
  if (product.paused) return 'paused';
  if (product.starts_at && at < product.starts_at) return 'not_started';
  if (product.ends_at && at >= product.ends_at) return 'ended';
  return undefined;
}

/** Whether so much can be given. What is no donation has a price, and no bounds. */
export const mayGive = (donation: Donation | null, amount: number): boolean =>
  !donation || (amount >= donation.minimum && amount <= donation.maximum);

/** Whether a cart or an order is nothing but gifts. */
export const isGift = (lines: Array<Pick<PricedLine, 'kind'>>): boolean =>
  lines.length > 0 && lines.every((line) => line.kind === 'donation');

/** What keeps a line from being bought as it is. */
export type Obstacle = Closed | 'withdrawn' | 'sold_out' | 'too_many' | 'over_limit' | 'amount_bounds';

/** @param lines all lines of the cart: a limit holds for all variants of a product together */
export function obstacleOf(line: CartLine, lines: CartLine[], at: Date): Obstacle | undefined {
  if (line.withdrawn) return 'withdrawn';
  const closed = whyNotForSale(line, at);
  if (closed) return closed;
  if (!mayGive(line.donation, line.price)) return 'amount_bounds';
  const left = line.available ?? Number.POSITIVE_INFINITY;
  if (left < line.quantity) return left <= 0 ? 'sold_out' : 'too_many';
  const inCart = lines.reduce(
    (sum, each) => sum + (each.product_sku === line.product_sku ? each.quantity : 0),
    0,
  );
  const isOver =
    (line.purchase_limit !== null && inCart + line.ordered > line.purchase_limit) ||
    (line.variant_limit !== null && line.quantity + line.ordered_variant > line.variant_limit);
  return isOver ? 'over_limit' : undefined;
}
