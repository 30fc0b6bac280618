import type { StockMode } from '../db/schema.ts';
import type { ProductEntry } from './catalog-file.ts';

/** Stock that is counted is kept for carts, unless the merchant says otherwise. */
export function stockModeOf({
  stock_mode,
  stock,
  variants,
}: Pick<ProductEntry, 'stock_mode' | 'stock' | 'variants'>): StockMode {
  const isCounted = stock !== undefined || variants.some((variant) => variant.stock !== undefined);
  return stock_mode ?? (isCounted ? 'hold' : 'none');
}
