import { formatMoney } from '../domain/currency.ts';
import type { PricePromise } from '../domain/price.ts';
import type { Texts } from './texts.ts';
import { type Clock, timeText } from './time-text.ts';

/** How a merchant's amounts and times are written. */
export interface Written extends Clock {
  currency: string;
}

/** What is promised of a price, in a sentence. @param promise with the price that it is about, in minor units */
export function promiseText(
  { kind, price, until }: PricePromise & { price: number },
  written: Written,
  texts: Texts,
): string {
  const t = texts.prices;
  const end = until && timeText(until, written, texts);
  if (kind === 'promised') return t.promised(end ?? '');
  const amount = formatMoney(price, written.currency, written.locale);
  return end === null ? t.lower(amount) : t.lowerUntil(amount, end);
}
