import type { Report } from './catalog-faults.ts';
import type { MerchantEntry, ProductEntry } from './catalog-file.ts';
import { checkKind } from './catalog-kind.ts';
import { say } from './catalog-texts.ts';
import { combinations } from './options.ts';
import { stockModeOf } from './stock-mode.ts';

/** How many variants one product may have: more is a mistake in the options. */
const MOST_VARIANTS = 1000;
/** Nobody can mean to keep a piece for longer. */
const LONGEST_HOLD_DAYS = 30;

/** A product's variants; none where its options allow too many. */
export function variantsOf(entry: ProductEntry): ReturnType<typeof combinations> {
  return variantCount(entry) > MOST_VARIANTS ? [] : combinations(entry);
}

const variantCount = ({ options }: ProductEntry): number =>
  options.reduce((count, option) => count * option.values.length, 1);

/** What does not go together in one product. */
export function checkProduct(
  entry: ProductEntry,
  merchant: MerchantEntry,
  path: PropertyKey[],
  report: Report,
): void {
  checkKind(entry, merchant, path, report);
  checkSchedule(entry, path, report);
  checkOptions(entry, path, report);
  checkVariants(entry, path, report);
  checkStock(entry, path, report);
}

const DAY_MINUTES = 24 * 60;

function checkStock(entry: ProductEntry, path: PropertyKey[], report: Report): void {
  const { stock, stock_mode, hold_minutes } = entry;
  if (stock_mode === 'none' && stock !== undefined)
    report.warning([...path, 'stock'], say('stock_uncounted'), [...path, 'stock_mode']);
  if (hold_minutes === undefined) return;
  if (stockModeOf(entry) !== 'hold') report.warning([...path, 'hold_minutes'], say('hold_unused'));
  else if (hold_minutes > LONGEST_HOLD_DAYS * DAY_MINUTES)
    report.warning(
      [...path, 'hold_minutes'],
      say('hold_long', { days: Math.round(hold_minutes / DAY_MINUTES) }),
    );
}

/** What is written for a variant and changes nothing. */
function checkOverride(
  { sku: _, ...own }: ProductEntry['variants'][number],
  entry: ProductEntry,
  path: PropertyKey[],
  report: Report,
): void {
  const keys = Object.keys(own) as Array<keyof typeof own>;
  if (keys.every((key) => own[key] === entry[key])) report.warning(path, say('silent_variant'));
  else if (own.limit !== undefined && entry.limit !== undefined && own.limit > entry.limit)
    report.warning([...path, 'limit'], say('limit_above', { limit: entry.limit }), [
      ...path.slice(0, -2),
      'limit',
    ]);
  if (own.stock !== undefined && entry.stock_mode === 'none')
    report.warning([...path, 'stock'], say('stock_uncounted'));
}

function checkSchedule(
  { from, until }: Pick<ProductEntry, 'from' | 'until'>,
  path: PropertyKey[],
  report: Report,
): void {
  if (from && until && Date.parse(until) <= Date.parse(from))
    report.error([...path, 'until'], say('until_before_from'), [...path, 'from']);
}

function checkOptions(entry: ProductEntry, path: PropertyKey[], report: Report): void {
  const count = variantCount(entry);
  if (count > MOST_VARIANTS)
    report.error([...path, 'options'], say('too_many_variants', { count, most: MOST_VARIANTS }));
  entry.options.forEach((option, o) => {
    const seen = new Map<string, PropertyKey[]>();
    option.values.forEach(({ value }, v) => {
      const where = [...path, 'options', o, 'values', v, 'value'];
      const first = seen.get(value);
      if (first) report.error(where, say('second', { what: 'the value', name: value }), first);
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
      report.error([...at, 'sku'], say('no_such_variant', { sku: variant.sku, first: first.sku }));
    const before = seen.get(variant.sku);
    if (before)
      report.error([...at, 'sku'], say('second', { what: 'the variant', name: variant.sku }), before);
    else seen.set(variant.sku, [...at, 'sku']);
    checkSchedule({ from: entry.from, until: entry.until, ...variant }, at, report);
    checkOverride(variant, entry, at, report);
  });
}
