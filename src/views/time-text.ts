import { localeWithin, type Texts } from './texts.ts';

/** A merchant's clock. */
export interface Clock {
  locale: string;
  /** UTC, where none is given. */
  timezone?: string | undefined;
}

/** A day by a merchant's calendar. */
export const dayText = (at: Date, { locale, timezone = 'UTC' }: Clock, texts: Texts): string =>
  new Intl.DateTimeFormat(localeWithin(texts, locale), { dateStyle: 'medium', timeZone: timezone }).format(
    at,
  );

/** A time by a merchant's clock. */
export const timeText = (at: Date, { locale, timezone = 'UTC' }: Clock, texts: Texts): string =>
  new Intl.DateTimeFormat(localeWithin(texts, locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timezone,
  }).format(at);

/** A time until which something must be done: it says by which clock. */
export const deadlineText = (at: Date, { locale, timezone = 'UTC' }: Clock, texts: Texts): string =>
  new Intl.DateTimeFormat(localeWithin(texts, locale), {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: timezone,
    timeZoneName: 'short',
  }).format(at);
