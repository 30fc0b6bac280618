import { isDeepStrictEqual } from 'node:util';
import { catalogFile } from '../domain/catalog-file.ts';

/** A type of the schema, as far as it holds others. */
interface Shaped {
  shape?: Record<string, unknown>;
  element?: unknown;
  /** Of what may be one or the other. */
  options?: unknown[];
}

/** The keys that the schema knows at a place. */
export function knownKeys(path: PropertyKey[]): string[] {
  let type: unknown = catalogFile;
  for (const part of path) {
    const inner = unwrap(type);
    type = typeof part === 'number' ? inner.element : inner.shape?.[part as string];
  }
  const { shape, options = [] } = unwrap(type);
  return Object.keys(shape ?? options.map(unwrap).find((each) => each.shape)?.shape ?? {});
}

/** A value without what the schema would say of itself, its keys in the schema's order. */
export function withoutDefaults(value: unknown, type: unknown = catalogFile): unknown {
  const { shape, element } = unwrap(type);
  if (Array.isArray(value)) return value.map((each) => withoutDefaults(each, element));
  if (!shape || typeof value !== 'object' || value === null) return value;
  const given: Record<string, unknown> = { ...value };
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, inner]) =>
      given[key] === undefined || isDeepStrictEqual(given[key], defaultOf(inner))
        ? []
        : [[key, withoutDefaults(given[key], inner)]],
    ),
  );
}

const defaultOf = (type: unknown): unknown => (type as { def: { defaultValue?: unknown } }).def.defaultValue;

/** Looks through optional and defaulted types. */
function unwrap(type: unknown): Shaped {
  const inner = (type as { def?: { innerType?: unknown } } | undefined)?.def?.innerType;
  return inner === undefined ? ((type ?? {}) as Shaped) : unwrap(inner);
}
