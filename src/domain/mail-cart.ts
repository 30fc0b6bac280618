import {
  type Cart,
  type CartLine,
  type Obstacle,
  obstacleOf,
  type PricedLine,
  type Totals,
  totalsOf,
} from './cart.ts';
import type { Merchant } from './catalog.ts';
import type { PricePromise } from './price.ts';
import { taxBehaviorOf } from './tax.ts';

/** A line of a cart, with what keeps it from being bought, if anything does: it is no part of the totals then. */
export interface MailLine extends PricedLine {
  blocked?: { obstacle: Obstacle } & Pick<CartLine, 'available' | 'purchase_limit' | 'variant_limit'>;
  /** What is promised of the price of one: the one promised, and until when (ISO); null: for as long as it waits. */
  promise?: { kind: PricePromise['kind']; price: number; until: string | null };
  /** The mail's subject does not name it: others may see it. */
  sensitive?: true;
}

export interface MailCart extends Totals {
  id: string;
  /** The merchant cannot take payments for now. */
  later?: true;
  /** Tax is added while the shopper pays. */
  taxed?: true;
  /** Of the cart when the mail was written. */
  version: number;
  currency: string;
  lines: MailLine[];
}

/** How a merchant sells at a time. */
export interface Selling extends Pick<Merchant, 'shipping' | 'tax' | 'prices_include_tax'> {
  /** Whether payments can be taken for them. */
  ready: boolean;
}

/** A cart as a mail shows it at a time. */
export function mailCart(cart: Cart, selling: Selling, at: Date): MailCart {
  const lines = cart.lines.map((line): MailLine => {
    const { sku, title, kind, quantity, price, available, purchase_limit, variant_limit } = line;
    const obstacle = obstacleOf(line, cart.lines, at);
    const secret = line.sensitive ? ({ sensitive: true } as const) : {};
    const priced = { sku, title, kind, quantity, price, ...secret };
    if (obstacle) return { ...priced, blocked: { obstacle, available, purchase_limit, variant_limit } };
    if (!line.promise) return priced;
    const until = line.promise.until?.toISOString() ?? null;
    return { ...priced, promise: { kind: line.promise.kind, price: line.price_then, until } };
  });
  const { id, version, currency } = cart;
  const open = lines.filter(({ blocked }) => !blocked);
  return {
    ...{ id, version, currency, lines },
    ...(selling.ready ? {} : { later: true }),
    ...(taxBehaviorOf(selling) === 'exclusive' ? { taxed: true } : {}),
    ...totalsOf(open, selling.shipping, cart.country),
  };
}
