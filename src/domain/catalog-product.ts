import type { Report } from './catalog-faults.ts';
import type { MerchantEntry, ProductEntry } from './catalog-file.ts';
import { checkAmount } from './catalog-merchant.ts';
import { say } from './catalog-texts.ts';
import { smallestCharge } from './currency.ts';
import { combinations } from './options.ts';

/** How many variants one product may have: more is a mistake in the options. */
const MOST_VARIANTS = 1000;

/** A product's variants; none where its options allow too many. */
export function variantsOf(entry: ProductEntry): ReturnType<typeof combinations> {
  return variantCount(entry) > MOST_VARIANTS ? [] : combinations(entry);
}

const variantCount = ({ options }: ProductEntry): number =>
  options.reduce((count, option) => count * option.values.length, 1);

/** What does not go together in one product. */
export function checkProduct(
  entry: ProductEntry,
  { shipping, currency }: MerchantEntry,
  path: PropertyKey[],
  report: Report,
): void {
  checkAmount(entry.price, smallestCharge(currency), currency, [...path, 'price'], report);
  if (entry.kind === 'physical' && !shipping) report([...path, 'kind'], say('no_shipping'));
  if (entry.kind === 'physical' && entry.delivery) report([...path, 'delivery'], say('delivery_of_physical'));
  if (entry.kind === 'digital' && !entry.delivery) report([...path, 'kind'], say('no_delivery'));
  checkSchedule(entry, path, report);
  checkOptions(entry, path, report);
  checkVariants(entry, path, report);
}

function checkSchedule(
  { from, until }: Pick<ProductEntry, 'from' | 'until'>,
  path: PropertyKey[],
  report: Report,
): void {
  if (from && until && Date.parse(until) <= Date.parse(from))
    report([...path, 'until'], say('until_before_from'), [...path, 'from']);
}

function checkOptions(entry: ProductEntry, path: PropertyKey[], report: Report): void {
  const count = variantCount(entry);
  if (count > MOST_VARIANTS)
    report([...path, 'options'], say('too_many_variants', { count, most: MOST_VARIANTS }));
  entry.options.forEach((option, o) => {
    const seen = new Map<string, PropertyKey[]>();
    option.values.forEach(({ value }, v) => {
      const where = [...path, 'options', o, 'values', v, 'value'];
      const first = seen.get(value);
      if (first) report(where, say('second', { what: 'the value', name: value }), first);
      else seen.set(value, where);
    });
  });
}

function checkVariants(entry: ProductEntry, path: PropertyKey[], report: Report): void {
  if (entry.variants.length === 0) return;
  const variants = variantsOf(entry);
  const known = new Set(variants.map(({ sku }) => sku));
  const seen = new Map<string, PropertyKey[]>();
  entry.variants.forEach((variant, v) => {
    const at = [...path, 'variants', v];
    const [first] = variants;
    if (first && !known.has(variant.sku))
      report([...at, 'sku'], say('no_such_variant', { sku: variant.sku, first: first.sku }));
    const before = seen.get(variant.sku);
    if (before) report([...at, 'sku'], say('second', { what: 'the variant', name: variant.sku }), before);
    else seen.set(variant.sku, [...at, 'sku']);
    checkSchedule({ from: entry.from, until: entry.until, ...variant }, at, report);
  });
}
