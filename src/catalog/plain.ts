import { type Alias, type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { say } from '../domain/catalog-texts.ts';
import type { TextFault } from './yaml.ts';

/** With aliases written out: a short text can stand for billions of values. */
const MOST_VALUES = 5_000_000;

/** A document's content as plain objects, arrays and values. */
export interface Plain {
  content: unknown;
  /** The nodes that aliases stand for. */
  targets: Map<Alias, Node>;
  faults: TextFault[];
}

interface Value {
  content: unknown;
  /** Of how many values it consists, with aliases written out. */
  size: number;
}

export function toPlain({ contents }: Document): Plain {
  const targets: Plain['targets'] = new Map();
  const faults: TextFault[] = [];
  const anchors = new Map<string, Node>();
  const anchored = new Map<Node, Value>();
  const fault = (node: Node, message: string): Value => {
    faults.push({ offset: node.range?.[0] ?? 0, message });
    return { content: undefined, size: 0 };
  };

  const readAlias = (alias: Alias): Value => {
    const target = anchors.get(alias.source);
    if (!target) return fault(alias, say('unknown_alias', { name: alias.source }));
    targets.set(alias, target);
    return anchored.get(target) ?? fault(alias, say('endless_alias', { name: alias.source }));
  };
  const readList = (items: unknown[]): Value => {
    const values = items.map((item) => read(item));
    return { content: values.map(({ content }) => content), size: total(values) };
  };
  const readBlock = (pairs: Array<{ key: unknown; value: unknown }>): Value => {
    const entries = new Map<string, Value>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(key.source ?? key.value) : '?';
      if (entries.has(name) && isNode(key)) fault(key, say('second', { what: 'the key', name }));
      entries.set(name, read(value));
    }
    const content = Object.fromEntries([...entries].map(([name, value]) => [name, value.content]));
    return { content, size: total([...entries.values()]) };
  };
  const read = (node: unknown): Value => {
    if (!isNode(node)) return { content: null, size: 1 };
    if (isAlias(node)) return readAlias(node);
    if (node.anchor) anchors.set(node.anchor, node);
    const value = isScalar(node)
      ? { content: node.value, size: 1 }
      : isSeq(node)
        ? readList(node.items)
        : isMap(node)
          ? readBlock(node.items)
          : { content: undefined, size: 1 };
    if (node.anchor) anchored.set(node, value);
    return value;
  };

  const { content, size } = read(contents);
  if (size > MOST_VALUES) faults.push({ offset: 0, message: say('too_many_values', { most: MOST_VALUES }) });
  return { content: faults.length > 0 ? undefined : content, targets, faults };
}

const total = (values: Value[]): number => values.reduce((sum, { size }) => sum + size, 1);
