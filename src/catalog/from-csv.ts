import { type ProductEntry, productEntry } from '../domain/catalog-file.ts';
import { say } from '../domain/catalog-texts.ts';
import { readCsv } from './csv.ts';
import { explain } from './explain.ts';
import { isShopExport, productsFromShop } from './from-shop.ts';
import { nearest } from './nearest.ts';

/** The products of a table, and what in it could not be taken, by its lines. */
export interface FromCsv {
  products: ProductEntry[];
  faults: Array<{ line: number; message: string }>;
}

/** How a cell is read; a text that is not what its column wants stays as it is, for the schema to refuse. */
const READERS: Record<string, (cell: string) => unknown> = {
  sku: String,
  title: (cell) => cell.replace(/\s+/g, ' '),
  price: readPrice,
  price_policy: (cell) => cell.toLowerCase(),
  promised_hours: readNumber,
  kind: (cell) => cell.toLowerCase(),
  limit: readNumber,
  stock: readNumber,
  stock_mode: (cell) => cell.toLowerCase(),
  hold_minutes: readNumber,
  paused: readSwitch,
  from: String,
  until: String,
  words: readList,
  posts: (cell) => readList(cell).map(readPost),
  delivery: (cell) => (/^[a-z]+:\/\//i.test(cell) ? { url: cell } : { file: cell }),
  expires_days: readNumber,
  downloads: readNumber,
  minimum: readPrice,
  maximum: readPrice,
  presets: readPrices,
  sensitive: readSwitch,
  image: String,
  tax_code: String,
};
/** Columns that are keys of a block. */
const BLOCKS: Record<string, 'delivery' | 'donation'> = {
  expires_days: 'delivery',
  downloads: 'delivery',
  minimum: 'donation',
  maximum: 'donation',
  presets: 'donation',
};
const OPTION = /^option:\s*(\S.*)$/i;

/** Makes products of a table whose first line names the columns, one of each line. */
export function productsFromCsv(text: string): FromCsv {
  const { records, fault } = readCsv(text);
  if (isShopExport(records[0])) return productsFromShop(records);
  const faults: FromCsv['faults'] = [];
  const [head, ...lines] = records;
  const columns = head ? readHead(head.cells, (message) => faults.push({ line: head.line, message })) : [];
  if (!columns.includes('sku')) {
    const message = fault?.message ?? say('no_sku_column');
    return { products: [], faults: [{ line: fault?.line ?? 1, message }] };
  }
  const products: ProductEntry[] = [];
  const skus = new Set<string>();
  for (const { line, cells } of lines) {
    const tell = (message: string): void => void faults.push({ line, message });
    if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      tell(say('more_cells'));
      continue;
    }
    const given = readRow(columns, cells);
    const parsed = productEntry.safeParse(given);
    if (!parsed.success) {
      const written = (path: PropertyKey[]): string | undefined => {
        const column = path.findLast((key) => columns.includes(String(key)));
        return cells[columns.indexOf(String(column))]?.trim() || undefined;
      };
      for (const issue of parsed.error.issues)
        for (const { message } of explain(issue, { written })) tell(message);
    } else if (skus.has(parsed.data.sku)) {
      tell(say('second', { what: 'the SKU', name: parsed.data.sku }));
    } else {
      skus.add(parsed.data.sku);
      products.push(parsed.data);
    }
  }
  if (fault) faults.push(fault);
  else if (lines.length === 0) faults.push({ line: 1, message: say('no_rows') });
  return { products, faults };
}

/** What each column is, by its name; those that are nothing are empty. */
function readHead(names: string[], tell: (message: string) => void): string[] {
  const known = [...Object.keys(READERS), 'option:NAME'];
  const columns: string[] = [];
  for (const given of names) {
    const column = given.trim();
    const plain = column.toLowerCase().replace(/[ -]/g, '_');
    const key = OPTION.test(column) ? column : plain === 'post' ? 'posts' : plain;
    if (column === '') columns.push('');
    else if (columns.includes(key)) {
      tell(say('second_column', { column }));
      columns.push('');
    } else if (OPTION.test(column) || key in READERS) columns.push(key);
    else {
      const meant = nearest(plain, known);
      const list = known.join(', ');
      tell(
        meant
          ? say('mistyped_column', { column, meant, known: list })
          : say('unknown_column', { column, known: list }),
      );
      columns.push('');
    }
  }
  return columns;
}

function readRow(columns: string[], cells: string[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  const options: unknown[] = [];
  for (const [n, column] of columns.entries()) {
    const cell = cells[n]?.trim() ?? '';
    const [, name] = OPTION.exec(column) ?? [];
    if (cell === '' || column === '') continue;
    if (name !== undefined) options.push({ name: name.trim(), values: readList(cell).map(readValue) });
    else {
      const read = READERS[column]?.(cell);
      const block = BLOCKS[column] ?? (column === 'delivery' ? column : undefined);
      if (block === undefined) row[column] = read;
      else
        row[block] = { ...(row[block] ?? {}), ...(column === block ? (read as object) : { [column]: read }) };
    }
  }
  return { ...row, ...(options.length > 0 ? { options } : {}) };
}

function readPrice(cell: string): string {
  return cell.replace(/^(\d+),(\d{1,2})$/, '$1.$2');
}

/** As other lists; where decimals follow a comma, a comma parts nothing unless a space follows it. */
function readPrices(cell: string): string[] {
  const parts = cell.includes('.') ? readList(cell) : cell.split(/[|;\n]|,\s/).map((part) => part.trim());
  return parts.filter((part) => part !== '').map(readPrice);
}

/** "https://… = 14.00": a post with an offer. */
function readPost(text: string): unknown {
  const [, url, price] = /^(\S+) = (\S+)$/.exec(text) ?? [];
  return url === undefined || price === undefined ? text : { url, price: readPrice(price) };
}

/** "RED = red/rojo": a value, and what else it is called. */
function readValue(text: string): unknown {
  const [value = '', words = ''] = text.split('=', 2).map((part) => part.trim());
  return {
    value,
    words: words
      .split('/')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  };
}

/** Parted by bars, semicolons, commas or line ends. */
function readList(cell: string): string[] {
  return cell
    .split(/[|;,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readNumber(cell: string): unknown {
  return /^\d{1,9}$/.test(cell) ? Number(cell) : cell;
}

function readSwitch(cell: string): unknown {
  const switches: Record<string, boolean> = {
    true: true,
    yes: true,
    '1': true,
    false: false,
    no: false,
    '0': false,
  };
  return switches[cell.toLowerCase()] ?? cell;
}
