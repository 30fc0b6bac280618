import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readCatalog } from '../src/catalog/read.ts';
import { catalogTexts } from '../src/domain/catalog-texts.ts';
import { packageRoot } from '../src/root.ts';
import { aCatalog } from './harness/arbitrary-catalog.ts';

const GUIDE = readFileSync(`${packageRoot}/docs/catalog.md`, 'utf8');

test('docs/catalog.md explains every message, and no other', () => {
  const explained = [...GUIDE.matchAll(/^\| `(.+)` \| .+ \|$/gm)].map(([, message]) => message);
  expect(explained.sort()).toEqual(Object.values<string>(catalogTexts).sort());
});

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
const MESSAGE = new RegExp(
  `^(?:\\w+ )?(?:${Object.values(catalogTexts)
    .map((text) =>
      escaped(text)
        .replace(/\{\w+\}/g, '[\\s\\S]*')
        .replace(/[{}]/g, '\\$&'),
    )
    .join('|')})$`,
  'u',
);

type Json = Record<string, unknown> | unknown[];

/** Puts a value, or nothing, at some place of a catalog. */
function damage(catalog: object, steps: number[], value: unknown, remove: boolean): object {
  const damaged = structuredClone(catalog);
  let at = damaged as Json;
  for (const step of steps) {
    const keys = Object.keys(at);
    const key = keys[step % Math.max(keys.length, 1)] as keyof typeof at;
    const inner = at[key] as unknown;
    if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && step !== steps.at(-1))
      at = inner as Json;
    else {
      if (remove) delete at[key];
      else (at as Record<string, unknown>)[key as string] = value;
      break;
    }
  }
  return damaged;
}

test('whatever is wrong with a catalog, what is said of it is one of these messages', () => {
  const value = fc.oneof(
    fc.anything({ maxDepth: 2, withNullPrototype: false }),
    fc.constantFrom('', 'x'.repeat(1000), -1, 1.5, 1e9, 'EUR', '#a', '\ud800', 'no', true),
  );
  const steps = fc.array(fc.nat(30), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(aCatalog, steps, value, fc.boolean(), (catalog, path, given, remove) => {
      const damaged = damage(catalog, path, given === undefined ? null : given, remove);
      for (const { message } of readCatalog(JSON.stringify(damaged) ?? '').faults)
        expect(message).toMatch(MESSAGE);
    }),
    { numRuns: 500 },
  );
});

test('whatever a text is, it gets an answer that is one of these messages', () => {
  const good = stringify(fc.sample(aCatalog, { numRuns: 1, seed: 1 })[0]);
  const insert = fc.tuple(fc.nat(good.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 5 }));
  fc.assert(
    fc.property(insert, ([at, cut, text]) => {
      for (const { message } of readCatalog(good.slice(0, at) + text + good.slice(at + cut)).faults)
        expect(message).toMatch(MESSAGE);
    }),
    { numRuns: 500 },
  );
});

test('the examples of the guide are right', () => {
  const [first = '', variants = ''] = [...GUIDE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, code]) => code as string,
  );
  for (const text of [first, first + variants]) expect(readCatalog(text).faults).toEqual([]);
});
