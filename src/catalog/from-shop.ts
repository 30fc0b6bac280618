import { type ProductEntry, productEntry } from '../domain/catalog-file.ts';
import { say } from '../domain/catalog-texts.ts';
import { combinations } from '../domain/options.ts';
import { wordsOf } from '../domain/tokens.ts';
import type { CsvRecord } from './csv.ts';
import { explain } from './explain.ts';
import type { FromCsv } from './from-csv.ts';

/** Columns by which the export of a Shopify shop is known: a line for each variant, a product's lines together. */
const COLUMNS = ['handle', 'title', 'option1 name', 'option1 value', 'variant price'];
/** What Shopify calls the option of a product that has none. */
const NO_OPTION = 'title';

/** A line, by the names of its columns. */
interface Row {
  line: number;
  cell(column: string): string;
}

export const isShopExport = (head: CsvRecord | undefined): boolean => {
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  return COLUMNS.every((column) => names.includes(column));
};

/** Makes products of a shop's export. Their posts are not in it: they are left empty, to be filled in. */
export function productsFromShop([head, ...records]: CsvRecord[]): FromCsv {
  const columns = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const byHandle = new Map<string, Row[]>();
  for (const { line, cells } of records) {
    const row: Row = { line, cell: (column) => cells[columns.indexOf(column)]?.trim() ?? '' };
    const handle = row.cell('handle');
    byHandle.set(handle, [...(byHandle.get(handle) ?? []), row]);
  }
  const found: FromCsv = { products: [], faults: [] };
  for (const rows of byHandle.values()) readProduct(rows, found);
  return found;
}

function readProduct(rows: Row[], { products, faults }: FromCsv): void {
  const [first] = rows;
  if (!first || !/^(active)?$/i.test(first.cell('status'))) return;
  const price = first.cell('variant price');
  // Lines without a price only bring more pictures.
  const variants = rows.filter((row) => row.cell('variant price') !== '');
  const sold = variants.filter((row) => row.cell('variant price') === price);
  const sku = nameOf(first.cell('handle'));
  for (const row of variants.filter((each) => !sold.includes(each)))
    faults.push({
      line: row.line,
      message: say('other_price', { sku, price: row.cell('variant price'), other: price }),
    });
  const options = optionsOf(first, sold);
  const given = {
    sku,
    title: first.cell('title').replace(/\s+/g, ' '),
    price,
    ...(/^false$/i.test(first.cell('variant requires shipping')) ? { kind: 'digital' } : {}),
    ...(options.length > 0 ? { options } : stockOf(first)),
    ...(options.length > 0 ? { variants: variantsOf(sku, options, sold) } : {}),
    image: first.cell('image src') || undefined,
    posts: [''],
  };
  const parsed = productEntry.safeParse(given);
  if (parsed.success) products.push(parsed.data);
  else
    for (const issue of parsed.error.issues)
      for (const { message } of explain(issue, { written: ([key]) => textOf(given, key) }))
        faults.push({ line: first.line, message });
}

const textOf = (given: object, key: PropertyKey | undefined): string | undefined =>
  String((given as Record<PropertyKey, unknown>)[key ?? ''] ?? '') || undefined;

type Options = Array<{ name: string; values: Array<{ value: string; words: string[] }> }>;

/** The names of options stand in a product's first line. */
function optionsOf(first: Row, sold: Row[]): Options {
  return [1, 2, 3].flatMap((n) => {
    const name = first.cell(`option${n} name`);
    if (name === '' || name.toLowerCase() === NO_OPTION) return [];
    const written = [...new Set(sold.map((row) => row.cell(`option${n} value`)))];
    return [{ name, values: written.map((each) => ({ value: nameOf(each), words: otherWords(each) })) }];
  });
}

/** What the value is called, where its name in SKUs is not the same words. */
const otherWords = (written: string): string[] =>
  wordsOf(written).join(' ') === wordsOf(nameOf(written)).join(' ') ? [] : [written];

/** What the shop has of each variant; a combination that it does not sell is paused. */
function variantsOf(sku: string, options: Options, sold: Row[]): ProductEntry['variants'] {
  const rows = new Map(
    sold.map((row) => [options.map((_, n) => nameOf(row.cell(`option${n + 1} value`))).join('\n'), row]),
  );
  return combinations({ sku, options }).flatMap(({ sku: variant, choice }) => {
    const row = rows.get(choice.join('\n'));
    const stock = row && stockOf(row);
    return row && stock?.stock === undefined ? [] : [{ sku: variant, ...(stock ?? { paused: true }) }];
  });
}

/** Shopify counts only what it tracks; it may have sold more than it had. */
function stockOf(row: Row): { stock?: number } {
  const quantity = row.cell('variant inventory qty');
  if (row.cell('variant inventory tracker') === '' || !/^-?\d{1,7}$/.test(quantity)) return {};
  return { stock: Math.max(Number(quantity), 0) };
}

/** As SKUs may be written: "light blue" becomes LIGHT-BLUE. */
const nameOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{Nd}._-]+/gu, '-')
    .replace(/^[-._]+|(?<![-._])[-._]+$/g, '');
