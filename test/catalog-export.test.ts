import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { readCatalog } from '../src/catalog/read.ts';
import { writeCatalog } from '../src/catalog/write.ts';
import { applyCatalog } from '../src/db/catalog.ts';
import { inOneLook, presentRows } from '../src/db/catalog-plan.ts';
import { appliedFile } from '../src/db/catalog-versions.ts';
import type { CatalogFile } from '../src/domain/catalog-file.ts';
import { packageRoot } from '../src/root.ts';
import { aCatalog } from './harness/arbitrary-catalog.ts';
import { aContext, CAMPAIGN } from './harness/context.ts';
import { aService } from './harness/service.ts';

function aFile(text: string): CatalogFile {
  const { file, faults } = readCatalog(text);
  if (!file) throw new Error(`${text}\n${JSON.stringify(faults, null, 1)}`);
  return file;
}

test('any catalog comes back from the database as an equivalent file', async () => {
  const { db } = await aContext();
  const skus = Array.from({ length: 10 }, (_, n) => `00${n}`);
  await fc.assert(
    fc.asyncProperty(aCatalog, async (catalog) => {
      const file = aFile(JSON.stringify(catalog));
      await applyCatalog(db, file, 'test', skus);
      const rows = await inOneLook(db, presentRows);
      const applied = await appliedFile(db);
      const again = aFile(writeCatalog(applied?.file as CatalogFile, 'any'));
      expect(again).toEqual(file);
      expect(await applyCatalog(db, again, 'test')).toBeUndefined();
      expect(await inOneLook(db, presentRows)).toEqual(rows);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('the command prints a file that says which version it is, and as JSON', async () => {
  const service = await aService();
  await service.run('migrate');
  expect((await service.run('catalog', 'export')).stderr).toContain('no catalog was applied yet');
  await service.run('catalog', 'apply', CAMPAIGN);
  const { code, stdout } = await service.run('catalog', 'export');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^# Version 1 of the catalog, applied at .*\n# The comments of/),
  ]);
  expect(aFile(stdout)).toEqual(aFile(readFileSync(CAMPAIGN, 'utf8')));
  expect(stdout).not.toContain('paused: false');
  expect(aFile((await service.run('catalog', 'export', '--json')).stdout)).toEqual(aFile(stdout));
});

const schema = JSON.parse(readFileSync(`${packageRoot}/catalog.schema.json`, 'utf8'));
const validate = new Ajv({ validateFormats: false }).compile(schema);

test('the JSON Schema takes the example and any catalog, and refuses unknown keys and numbers for texts', () => {
  for (const path of [`${packageRoot}/catalog.example.yaml`, CAMPAIGN]) {
    expect(validate(parse(readFileSync(path, 'utf8')))).toBe(true);
  }
  fc.assert(fc.property(aCatalog, (catalog) => validate(catalog)));
  const example = parse(readFileSync(CAMPAIGN, 'utf8'));
  expect(validate({ ...example, stok: 1 })).toBe(false);
  example.merchants[0].products[0].sku = 7;
  expect(validate(example)).toBe(false);
});

test('every key of the JSON Schema is described', () => {
  const undescribed = (node: unknown, path: string): string[] => {
    if (typeof node !== 'object' || node === null) return [];
    const { properties = {}, items } = node as { properties?: Record<string, object>; items?: unknown };
    const own = Object.entries(properties).flatMap(([key, inner]) => [
      ...('description' in inner ? [] : [`${path}.${key}`]),
      ...undescribed(inner, `${path}.${key}`),
    ]);
    return [...own, ...undescribed(items, `${path}[]`)];
  };
  expect(undescribed(schema, '')).toEqual([]);
});

test('the example tells editors where the schema is', () => {
  const [first] = readFileSync(`${packageRoot}/catalog.example.yaml`, 'utf8').split('\n');
  expect(first).toBe('# yaml-language-server: $schema=./catalog.schema.json');
});
