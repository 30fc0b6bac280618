import { stepOf } from './currency.ts';

/** 100 %. */
export const WHOLE_BPS = 10_000;

/** "7.5" (percent) as 750 hundredths of a percent; `undefined` where it is no percentage from 0 to 100. */
export function basisPoints(percent: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent) ?? [];
  const bps = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return bps <= WHOLE_BPS ? bps : undefined;
}

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
