import type { Report } from './catalog-faults.ts';
import { type MerchantEntry, offeredAt, type ProductEntry, postIdOf } from './catalog-file.ts';
import { checkAmount } from './catalog-merchant.ts';
import { say } from './catalog-texts.ts';
import { parsePrice, smallestCharge } from './currency.ts';

/** What a product costs, what is promised of that, and its offers at single posts. */
export function checkPrices(
  entry: Omit<ProductEntry, 'price'> & { price: string },
  { currency, x }: MerchantEntry,
  path: PropertyKey[],
  report: Report,
): void {
  const least = smallestCharge(currency);
  checkAmount(entry.price, least, currency, [...path, 'price'], report);
  if (entry.price_policy === 'promised' && entry.promised_hours === undefined)
    report.error([...path, 'price_policy'], say('no_promised_hours'));
  if (entry.price_policy === 'current' && entry.promised_hours !== undefined)
    report.warning([...path, 'promised_hours'], say('promise_unused'));
  const everywhere = parsePrice(entry.price, currency) ?? 0;
  const seen = new Map<string, { price: string; path: PropertyKey[] }>();
  entry.posts.map(offeredAt).forEach(({ url, price }, n) => {
    if (price === undefined) return;
    const at = [...path, 'posts', n, 'price'];
    checkAmount(price, least, currency, at, report);
    const id = postIdOf(url, x.username) ?? url;
    const before = seen.get(id);
    if (before && before.price !== price)
      report.error(at, say('two_offers', { price, other: before.price }), before.path);
    seen.set(id, before ?? { price, path: at });
    const offer = parsePrice(price, currency) ?? 0;
    if (offer >= everywhere) report.warning(at, say('no_offer', { price: entry.price }), [...path, 'price']);
  });
}
