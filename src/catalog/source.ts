import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { say } from '../domain/catalog-texts.ts';
import type { CatalogText } from './files.ts';
import { toPlain } from './plain.ts';
import { parseYaml } from './yaml.ts';

/** A place in a catalog: lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** A file of a catalog, and where in it things stand. */
export interface Source {
  name: string;
  /** What it holds; `undefined` where it is no YAML. */
  content: unknown;
  /** Why it is no YAML. */
  faults: Array<Place & { message: string }>;
  /** Where a value stands or, where it is missing, what it is missing from; or where a key does. */
  place(path: PropertyKey[], key?: string): Place;
  /** A value as it is written. `undefined`: there is none. */
  written(path: PropertyKey[]): string | undefined;
}

export function readSource(given: CatalogText): Source {
  const { name } = given;
  const start = { file: name, line: 1, column: 1 };
  const nothing = { name, content: undefined, place: () => start, written: () => undefined };
  if ('fault' in given) return { ...nothing, faults: [{ ...start, message: given.fault }] };
  const { lines, document, faults } = parseYaml(given.text);
  const plain = document && toPlain(document);
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const wrong = [...faults, ...(plain?.faults ?? [])];
  if (!document || !plain || wrong.length > 0)
    return {
      ...nothing,
      faults: wrong.map(({ offset, message }) => ({ ...placeOf(offset), message })),
    };
  const { contents } = document;
  if (!isMap(contents)) return { ...nothing, faults: [{ ...start, message: say('no_catalog') }] };
  return {
    name,
    content: plain.content,
    faults: [],
    place: (path, key) => placeOf(offsetOf(contents, path, key, plain.targets)),
    written(path) {
      const node = nodeAt(contents, path, plain.targets);
      return isScalar(node) ? (node.source ?? String(node.value)) : node && '…';
    },
  };
}

type Targets = Map<Alias, Node>;

const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();

/** A pair of a block, by its key. A block of very many keys is searched once. */
function pairOf(node: unknown, key: PropertyKey | undefined): Pair | undefined {
  if (!isMap(node)) return undefined;
  const index =
    indexes.get(node) ??
    new Map(
      node.items.map((pair) => [isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : '?', pair]),
    );
  indexes.set(node, index);
  return index.get(String(key));
}

function nodeAt(contents: Node, path: PropertyKey[], targets: Targets): Node | undefined {
  let node: unknown = contents;
  for (const part of path) {
    const value = isSeq(node) && typeof part === 'number' ? node.items[part] : pairOf(node, part)?.value;
    node = isAlias(value) ? (targets.get(value) ?? value) : value;
  }
  return isNode(node) ? node : undefined;
}

function offsetOf(contents: Node, path: PropertyKey[], key: string | undefined, targets: Targets): number {
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(contents, path.slice(0, length), targets);
    if (!node?.range) continue;
    const own = key === undefined ? undefined : pairOf(node, key)?.key;
    if (isNode(own) && own.range) return own.range[0];
    // The key of a block that lacks something is a better place to look at than the block's first line.
    const parent = length > 0 && length < path.length && nodeAt(contents, path.slice(0, length - 1), targets);
    const name = parent ? pairOf(parent, path[length - 1])?.key : undefined;
    return isNode(name) && name.range ? name.range[0] : node.range[0];
  }
  return 0;
}
