import { stepOf } from './currency.ts';

/** 100 %. */
export const WHOLE_BPS = 10_000;

/**
 * The platform's part of a sale, in minor units: a percentage of the items, without shipping and tax, rounded half up
 * to an amount that the currency has. Never more than is charged: Stripe refuses that.
 *
 * @param sale what the items cost and what is charged in all, in minor units
 * @param bps hundredths of a percent, 0 to 10000
 */
export function feeOf(
  { subtotal, total, currency }: { subtotal: number; total: number; currency: string },
  bps: number,
): number {
  const step = stepOf(currency);
  const steps = Math.floor((subtotal * bps * 2 + WHOLE_BPS * step) / (2 * WHOLE_BPS * step));
  return Math.min(steps * step, total);
}
