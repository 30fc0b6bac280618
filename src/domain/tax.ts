import type { ProductKind, TaxBehavior } from '../db/schema.ts';
import type { Merchant } from './catalog.ts';

/** How Stripe is asked to find the tax of what a merchant sells; null: it is not asked. */
export function taxBehaviorOf({
  tax,
  prices_include_tax,
}: Pick<Merchant, 'tax' | 'prices_include_tax'>): TaxBehavior | null {
  if (tax === 'none') return null;
  return prices_include_tax ? 'inclusive' : 'exclusive';
}

/** Stripe's code for what is not taxed (Stripe docs: tax codes). */
const NON_TAXABLE = 'txcd_00000000';

/** What a line is to the tax, as Stripe's txcd_… code: gifts are not taxed, unless their merchant says so. Null: as the account's settings say. */
export const taxCodeOf = ({
  kind,
  tax_code,
}: {
  kind: ProductKind;
  tax_code: string | null;
}): string | null => tax_code ?? (kind === 'donation' ? NON_TAXABLE : null);

/** The tax of a sale: on top of prices and shipping, or part of them. In minor units. */
export interface Taxes {
  tax: number;
  tax_included: number;
}

/**
 * How the tax that Stripe found lies in what it took: the items, the shipping, and the tax where it comes on top.
 * `undefined`: what it took is not what was to be paid.
 */
export function taxesOf(
  asked: { subtotal: number; shipping: number; tax_behavior: TaxBehavior | null },
  paid: { amount: number; tax: number },
): Taxes | undefined {
  const goods = asked.subtotal + asked.shipping;
  switch (asked.tax_behavior) {
    case null:
      return paid.amount === goods && paid.tax === 0 ? { tax: 0, tax_included: 0 } : undefined;
    case 'inclusive':
      return paid.amount === goods ? { tax: 0, tax_included: paid.tax } : undefined;
    case 'exclusive':
      return paid.amount === goods + paid.tax ? { tax: paid.tax, tax_included: 0 } : undefined;
  }
}
