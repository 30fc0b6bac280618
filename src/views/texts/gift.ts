import { formatMoney } from '../../domain/currency.ts';
import type { Detail, OutcomeKind, OutcomeReason } from '../../domain/outcome.ts';

/** What a language says of a reply that gives. */
interface GiftTexts {
  added: (amount: string, title: string) => string;
  set: (amount: string, title: string) => string;
  already: (amount: string, title: string) => string;
  held: (amount: string, title: string) => string;
  missing: (title: string, least: string, most: string) => string;
  unclear: (title: string, least: string, most: string) => string;
  currency: (title: string, currency: string, least: string, most: string) => string;
  bounds: (amount: string, title: string, least: string, most: string) => string;
}

/** What became of a reply that gives, in the words of a language. */
export function giftText(
  { currency, minimum, maximum, amount }: NonNullable<Detail['donation']>,
  { outcome, reason, title }: { outcome: OutcomeKind; reason: OutcomeReason | null; title: string },
  t: GiftTexts,
  locale: string,
): string {
  const money = (of: number): string => formatMoney(of, currency, locale);
  const [given, least, most] = [money(amount ?? minimum), money(minimum), money(maximum)];
  if (reason === 'amount_bounds') return t.bounds(given, title, least, most);
  if (reason === 'other_currency') return t.currency(title, currency, least, most);
  if (reason === 'unclear_amount') return t.unclear(title, least, most);
  if (amount === undefined) return t.missing(title, least, most);
  if (outcome === 'unchanged') return t.already(given, title);
  return (outcome === 'set' ? t.set : outcome === 'held' ? t.held : t.added)(given, title);
}
