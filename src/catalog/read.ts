import type { z } from 'zod';
import { type Fault, faultsBetween } from '../domain/catalog-faults.ts';
import {
  type CatalogFile,
  catalogFile,
  type MerchantEntry,
  merchantEntries,
  productEntry,
} from '../domain/catalog-file.ts';
import { say } from '../domain/catalog-texts.ts';
import { explain } from './explain.ts';
import { type CatalogText, readCatalogTexts } from './files.ts';
import { mended, ofMerchant, ofProduct, type StandIns } from './mend.ts';
import { type Place, readSource, type Source } from './source.ts';

/** Something wrong in a catalog, and where. */
export interface PlacedFault extends Place {
  kind: Fault['kind'];
  message: string;
  /** The other place, where two do not go together. */
  see?: Place;
}

/** A catalog, unless there are errors; its warnings and errors, in the order of the files. */
export interface ReadCatalog {
  file?: CatalogFile;
  faults: PlacedFault[];
}

/** Reads and checks a catalog, a file or a folder of files. @throws ConfigError when there is none */
export async function readCatalogFile(path: string): Promise<ReadCatalog> {
  return readTexts(await readCatalogTexts(path));
}

/** Checks the text of a catalog that is one file. */
export const readCatalog = (text: string, name = 'catalog.yaml'): ReadCatalog => readTexts([{ name, text }]);

/** Checks a catalog's texts: every fault at once, in the order of the files. */
function readTexts(texts: CatalogText[]): ReadCatalog {
  const files = texts.map((text) => readEntries(readSource(text)));
  const faults = files.flatMap((file) => file.faults);
  const entries = files.flatMap((file) => file.entries);
  const [bot, ...more] = files.filter((file) => file.bot);
  for (const { source } of more)
    faults.push({
      kind: 'error',
      ...source.place(['bot']),
      message: say('second_bot'),
      see: bot?.source.place(['bot']),
    });
  const file: CatalogFile = {
    version: 1,
    ...(bot?.bot ? { bot: bot.bot } : {}),
    merchants: entries.map(({ entry }) => entry),
  };
  for (const fault of faultsBetween(file)) faults.push(placed(fault, entries));
  const order = new Map(texts.map(({ name }, n) => [name, n]));
  const rank = ({ file }: Place): number => order.get(file) ?? 0;
  faults.sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
  return faults.some(({ kind }) => kind === 'error') ? { faults } : { file, faults };
}

/** A merchant's entry, and where it and its products stand in its file: those that are too faulty are left out. */
interface PlacedEntry {
  entry: MerchantEntry;
  source: Source;
  index: number;
  products: number[];
}

interface ReadFile {
  source: Source;
  bot?: CatalogFile['bot'];
  entries: PlacedEntry[];
  faults: PlacedFault[];
}

/** What a file says, as far as it is right by itself: what is not is no reason to be silent about the rest. */
function readEntries(source: Source): ReadFile {
  if (source.faults.length > 0)
    return { source, entries: [], faults: source.faults.map((fault) => ({ kind: 'error', ...fault })) };
  const parsed = catalogFile.safeParse(source.content);
  if (parsed.success) {
    const entries = parsed.data.merchants.map((entry, index) => ({
      entry,
      source,
      index,
      products: [...entry.products.keys()],
    }));
    return { source, bot: parsed.data.bot, entries, faults: [] };
  }
  const { issues } = parsed.error;
  const faults = issues
    .flatMap((issue) => explain(issue, source))
    .map(({ path, key, message }): PlacedFault => ({ kind: 'error', ...source.place(path, key), message }));
  return {
    source,
    entries: soundEntries(source, issues),
    faults,
  };
}

/** The entries, with stand-ins for what is faulty in them; those that are too faulty for that are left out. */
function soundEntries(source: Source, issues: z.core.$ZodIssue[]): PlacedEntry[] {
  const wrong = new Map<string, z.core.$ZodIssue[]>();
  for (const issue of issues) {
    const { path } = issue;
    const block = path.slice(0, path[2] === 'products' && path.length > 3 ? 4 : 2).join(' ');
    wrong.set(block, [...(wrong.get(block) ?? []), issue]);
  }
  /** A block without faults of its own. */
  const sound = (block: unknown, at: PropertyKey[], standIns: StandIns): unknown => {
    const own = wrong.get(at.join(' '));
    return own ? mended(block, at, own, standIns, source) : block;
  };
  const { merchants } = source.content as { merchants?: unknown };
  return (Array.isArray(merchants) ? merchants : []).flatMap((given: unknown, index) => {
    const at = ['merchants', index];
    const merchant = sound(given, at, ofMerchant(index)) as { products?: unknown } | undefined;
    const listed = Array.isArray(merchant?.products) ? merchant.products : [];
    const products = listed.flatMap((product: unknown, p) => {
      const whole = sound(product, [...at, 'products', p], ofProduct());
      return whole === product || productEntry.safeParse(whole).success ? [{ whole, p }] : [];
    });
    const parsed = merchantEntries.safeParse([{ ...merchant, products: products.map(({ whole }) => whole) }]);
    const [entry] = parsed.data ?? [];
    return entry ? [{ entry, source, index, products: products.map(({ p }) => p) }] : [];
  });
}

/** Where a fault stands in its file. */
function placed({ kind, path, message, see }: Fault, entries: PlacedEntry[]): PlacedFault {
  const placeOf = ([, m, list, p, ...rest]: PropertyKey[]): Place => {
    const { source, index, products } = entries[m as number] as PlacedEntry;
    if (list === undefined) return source.place(['merchants', index]);
    if (list !== 'products' || p === undefined)
      return source.place(['merchants', index, list, ...(p === undefined ? [] : [p]), ...rest]);
    return source.place(['merchants', index, list, products[p as number] as number, ...rest]);
  };
  return { kind, ...placeOf(path), message, ...(see ? { see: placeOf(see) } : {}) };
}
