import { type CartLine, mayGive, whyNotForSale } from './cart.ts';

/** What of a line can be bought at a time, and what there is a line to wait for. */
export interface Share {
  line: CartLine;
  quantity: number;
  /** Pieces that would come with a place in the waiting line. */
  missing: number;
}

/**
 * What of a cart can be bought as things are: as much of each line as is for sale, left and allowed. Where a limit holds
 * for several lines together the earlier ones come first.
 */
export function sharesOf(lines: CartLine[], at: Date): Share[] {
  const taken = new Map<string, number>();
  return lines.map((line) => {
    if (line.withdrawn || whyNotForSale(line, at) || !mayGive(line.donation, line.price))
      return { line, quantity: 0, missing: 0 };
    const before = taken.get(line.product_sku) ?? 0;
    const allowed = Math.min(
      roomIn(line.purchase_limit, line.ordered + before),
      roomIn(line.variant_limit, line.ordered_variant),
      line.quantity,
    );
    const quantity = Math.min(allowed, line.available ?? allowed);
    taken.set(line.product_sku, before + quantity);
    const hasLine = line.stock_mode === 'hold' && line.available !== null;
    return { line, quantity, missing: hasLine ? allowed - quantity : 0 };
  });
}

const roomIn = (limit: number | null, used: number): number =>
  limit === null ? Number.POSITIVE_INFINITY : Math.max(0, limit - used);

/** The lines that would be left of a cart of which everything else is taken out. */
export const buyableLines = (shares: Share[]): CartLine[] =>
  shares.flatMap(({ line, quantity }) => (quantity > 0 ? [{ ...line, quantity }] : []));
