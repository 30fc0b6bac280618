import { readFile } from 'node:fs/promises';
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
} from 'yaml';
import type { z } from 'zod';
import { type Fault, faultsBetween } from '../domain/catalog-faults.ts';
import { type CatalogFile, catalogFile } from '../domain/catalog-file.ts';
import { ConfigError } from '../errors.ts';
import { nearest } from './nearest.ts';

/** Something wrong in a catalog file, and where: lines and columns count from 1. */
export interface PlacedFault {
  line: number;
  column: number;
  message: string;
}

export type ReadCatalog = { file: CatalogFile; faults: [] } | { file?: undefined; faults: PlacedFault[] };

/** Reads and checks a catalog file. @throws ConfigError when there is no such file */
export async function readCatalogFile(path: string): Promise<ReadCatalog> {
  try {
    return readCatalog(await readFile(path, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ConfigError(`the catalog ${path} cannot be read (${code})`, { cause: error });
  }
}

/** Checks a catalog's text: every fault at once, in the order of the file. */
export function readCatalog(text: string): ReadCatalog {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return { faults: document.errors.map((error) => ({ ...place(error.pos[0]), message: error.message })) };
  }
  const parsed = catalogFile.safeParse(toPlain(document));
  const faults = parsed.success
    ? faultsBetween(parsed.data)
    : parsed.error.issues.flatMap((issue) => explain(issue, document));
  if (parsed.success && faults.length === 0) return { file: parsed.data, faults: [] };
  const placed = faults.map((fault) => ({ ...place(offsetOf(document, fault)), message: fault.message }));
  return { faults: placed.sort((a, b) => a.line - b.line || a.column - b.column) };
}

function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined; // a bomb of aliases: reported as a file that holds no catalog
  }
}

/** A fault may be about a key instead of its value: an unknown one. */
type Explained = Fault & { key?: string };

function explain(issue: z.core.$ZodIssue, document: Document): Explained[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => {
      const meant = nearest(key, known);
      return {
        path: issue.path,
        key,
        message: `unknown key ${key}${meant ? `: did you mean ${meant}?` : ''}; known here: ${known.join(', ')}`,
      };
    });
  }
  const name = issue.path.filter((part) => typeof part === 'string').at(-1);
  const subject = name ? `${String(name)} ` : '';
  if (issue.code !== 'invalid_type') return [{ path: issue.path, message: `${subject}${issue.message}` }];
  const source = sourceOf(document, issue.path);
  if (source === undefined) return [{ path: issue.path, message: `${subject}is missing` }];
  if (issue.expected === 'string')
    return [{ path: issue.path, message: `${subject}must stand in quotes: "${source}"` }];
  const wanted = {
    array: 'a list',
    object: 'a block of keys',
    boolean: 'true or false',
    int: 'a whole number',
    number: 'a number',
  }[issue.expected as string];
  return [{ path: issue.path, message: `${subject}must be ${wanted ?? issue.expected}` }];
}

/** The keys that the schema knows at a place. */
function knownKeys(path: PropertyKey[]): string[] {
  let type: unknown = catalogFile;
  for (const part of path) {
    const inner = unwrap(type);
    type = typeof part === 'number' ? inner.element : inner.shape?.[part as string];
  }
  return Object.keys(unwrap(type).shape ?? {});
}

interface Shaped {
  shape?: Record<string, unknown>;
  element?: unknown;
}

/** Looks through optional and defaulted types. */
function unwrap(type: unknown): Shaped {
  const inner = (type as { def?: { innerType?: unknown } }).def?.innerType;
  return inner === undefined ? (type as Shaped) : unwrap(inner);
}

/** What stands at a place in the file, as written. `undefined`: nothing does. */
function sourceOf(document: Document, path: PropertyKey[]): string | undefined {
  const node = document.getIn(path, true);
  if (!isScalar(node)) return node === undefined ? undefined : '…';
  return node.source ?? String(node.value);
}

/** Where a fault is in the text: at its node, or, where something is missing, at what it is missing from. */
function offsetOf(document: Document, { path, key }: Explained): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    if (key !== undefined && isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (isPair(pair) && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    if (length < path.length && isCollection(node))
      return keyOffset(document, path.slice(0, length)) ?? node.range[0];
    return node.range[0];
  }
  return 0;
}

/** The place of the key that a block belongs to: a better place to look at than the block's first line. */
function keyOffset(document: Document, path: PropertyKey[]): number | undefined {
  const name = path.at(-1);
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (typeof name !== 'string' || !isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === name);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}
