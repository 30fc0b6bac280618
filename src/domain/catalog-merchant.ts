import type { Report } from './catalog-faults.ts';
import type { MerchantEntry } from './catalog-file.ts';
import { say } from './catalog-texts.ts';
import { decimalsOf, largestCharge, parsePrice, priceText } from './currency.ts';
import { foldTag } from './hashtags.ts';

/** Tags that are the same to replies, whatever they do. */
export function checkTags({ hashtags }: MerchantEntry, at: PropertyKey[], report: Report): void {
  const seen = new Map<string, { text: string; path: PropertyKey[] }>();
  for (const [action, tags] of Object.entries(hashtags)) {
    tags.forEach((text, n) => {
      const path = [...at, 'hashtags', action, n];
      const before = seen.get(foldTag(text));
      if (before) report.error(path, say('same_tag', { tag: text, other: before.text }), before.path);
      else seen.set(foldTag(text), { text, path });
    });
  }
}

/** What shipping says of itself: one form of the two, its amounts, and each country once. */
export function checkShipping(
  { shipping, currency }: MerchantEntry,
  merchant: PropertyKey[],
  report: Report,
): void {
  if (!shipping) return;
  const at = [...merchant, 'shipping'];
  const short = SHORT_FORM.find((name) => shipping[name] !== undefined);
  if (shipping.zones && short) report.error([...at, short], say('zones_or_short'), [...at, 'zones']);
  if (!shipping.zones)
    for (const name of ['countries', 'flat_rate'] as const)
      if (shipping[name] === undefined) report.error(at, say('no_rate', { key: name }));
  for (const name of ['flat_rate', 'free_from'] as const) {
    const amount = shipping[name];
    if (amount !== undefined) checkAmount(amount, 0, currency, [...at, name], report);
  }
  const seen = new Map<string, PropertyKey[]>();
  shipping.zones?.forEach((zone, z) => {
    const path = [...at, 'zones', z];
    for (const name of ['rate', 'free_from'] as const) {
      const amount = zone[name];
      if (amount !== undefined) checkAmount(amount, 0, currency, [...path, name], report);
    }
    zone.countries.forEach((name, c) => {
      const where = [...path, 'countries', c];
      const first = seen.get(name);
      if (first) report.error(where, say('second', { what: 'the country', name }), first);
      else seen.set(name, where);
    });
  });
}

const SHORT_FORM = ['countries', 'flat_rate', 'free_from'] as const;

/** What is said of tax, and changes nothing. */
export function checkTax(entry: MerchantEntry, at: PropertyKey[], report: Report): void {
  if (entry.tax !== 'none') return;
  if (entry.prices_include_tax) report.warning([...at, 'prices_include_tax'], say('tax_unused'));
  entry.products.forEach(({ tax_code }, p) => {
    if (tax_code !== undefined) report.warning([...at, 'products', p, 'tax_code'], say('tax_unused'));
  });
}

/** @param least in minor units, as all amounts that are numbers */
export function checkAmount(
  text: string,
  least: number,
  currency: string,
  path: PropertyKey[],
  report: Report,
): void {
  const amount = parsePrice(text, currency);
  if (amount === undefined)
    report.error(path, say('decimals', { currency, decimals: decimalsOf(currency), amount: text }));
  else if (amount < least)
    report.error(path, say('least_charge', { least: priceText(least, currency), currency }));
  else if (amount > largestCharge(currency))
    report.error(path, say('most_charge', { most: priceText(largestCharge(currency), currency), currency }));
}
