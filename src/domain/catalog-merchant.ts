import type { Report } from './catalog-faults.ts';
import type { MerchantEntry } from './catalog-file.ts';
import { say } from './catalog-texts.ts';
import { decimalsOf, LARGEST_AMOUNT, parsePrice, priceText } from './currency.ts';
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

export function checkShipping(
  { shipping, currency }: MerchantEntry,
  at: PropertyKey[],
  report: Report,
): void {
  for (const name of ['flat_rate', 'free_from'] as const) {
    const amount = shipping?.[name];
    if (amount !== undefined) checkAmount(amount, 0, currency, [...at, 'shipping', name], report);
  }
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
  else if (amount > LARGEST_AMOUNT)
    report.error(path, say('most_charge', { most: priceText(LARGEST_AMOUNT, currency), currency }));
}
