import type { Pricing } from './price.ts';

/** A line of an open cart as replies see it. A removed line has the quantity 0. */
export interface LineState extends Pricing {
  quantity: number;
  /** Puts the changes of a line in order: see `cart_lines.position`. */
  position: string;
}

/** What a shopper has of a variant whose stock is held: pieces that are kept for them, and those that they wait for. */
export interface Claim {
  held: number;
  waiting: number;
  /** Their place in the waiting line: the smaller goes first. */
  position: string;
}

/** What a reply is settled against: what is known of its author, at one merchant. */
export interface ShopperState {
  linked: boolean;
  opted_out: boolean;
  /** The lines of the open cart, by SKU. */
  lines: Map<string, LineState>;
  /** By SKU. */
  claims: Map<string, Claim>;
  /** What paid orders hold, by SKU. */
  ordered: Map<string, { product_sku: string; quantity: number }>;
}

/**
 * How many of a variant are left that nobody has bought, keeps or waits for; `undefined`: it is not counted. Less than
 * nothing where more wait than are there.
 */
export type StockOf = (merchant_id: string, sku: string) => number | undefined;

/** A line as a reply leaves it. */
export interface LineChange extends LineState {
  sku: string;
  /** How many there were. */
  before: number;
}

/** What a shopper has of a variant: in the cart or, before they have linked, kept for them. */
export const inHand = ({ linked, lines, claims }: ShopperState, sku: string): number =>
  (linked ? lines.get(sku)?.quantity : claims.get(sku)?.held) ?? 0;

/** What the shopper has asked for so far: that, and what they wait for. */
export const soFar = (shopper: ShopperState, sku: string): number =>
  inHand(shopper, sku) + (shopper.claims.get(sku)?.waiting ?? 0);
