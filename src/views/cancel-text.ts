import { needsDelivery, needsShipping, type PricedLine } from '../domain/cart.ts';
import type { Texts } from './texts.ts';

/** Until when an order can be cancelled, and what ends that before, by what is in it. */
export function cancelText(lines: Array<Pick<PricedLine, 'kind'>>, until: string, texts: Texts): string {
  const t = texts.after.cancel;
  const { sent, used } = t.unless;
  return t.until(until, [...(needsShipping(lines) ? [sent] : []), ...(needsDelivery(lines) ? [used] : [])]);
}
