import { formatMoney } from '../domain/currency.ts';
import type { PricePromise } from '../domain/price.ts';
import { localeWithin, type Texts } from './texts.ts';

/** How a merchant's amounts and times are written. */
export interface Written {
  currency: string;
  locale: string;
  /** UTC, where none is given. */
  timezone?: string | undefined;
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

/** A day by a merchant's calendar. */
export const dayText = (
  at: Date,
  { locale, timezone = 'UTC' }: Pick<Written, 'locale' | 'timezone'>,
  texts: Texts,
): string =>
  new Intl.DateTimeFormat(localeWithin(texts, locale), { dateStyle: 'medium', timeZone: timezone }).format(
    at,
  );

/** A time by a merchant's clock. */
export const timeText = (
  at: Date,
  { locale, timezone = 'UTC' }: Pick<Written, 'locale' | 'timezone'>,
  texts: Texts,
): string =>
  new Intl.DateTimeFormat(localeWithin(texts, locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timezone,
  }).format(at);
