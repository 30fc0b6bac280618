import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { packageRoot } from '../src/root.ts';
import { aboutSettings } from '../src/settings.ts';
import { aContext } from './harness/context.ts';

const PAGE = readFileSync(`${packageRoot}/docs/privacy.md`, 'utf8');
const section = (title: string): string => PAGE.split(/^## /m).find((part) => part.startsWith(title)) ?? '';
const named = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
/** The cells of a table's rows. */
const cells = (title: string): string[][] =>
  [...section(title).matchAll(/^\| (`.+) \|$/gm)].map(([, row]) => (row as string).split(' | '));

test('docs/privacy.md says of every column of every table what becomes of it, once', async () => {
  const { db } = await aContext();
  const { rows } = await sql<{ name: string }>`
    select c.table_name || '.' || c.column_name as name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not like 'kysely_%'`.execute(
    db,
  );
  const mapped = cells('The map').flatMap(([columns = '']) => named(columns));
  const harmless = cells('Columns without personal data').flatMap(([table = '', columns = '']) =>
    named(columns).map((column) => `${named(table)[0]}.${column}`),
  );
  expect([...mapped, ...harmless].sort()).toEqual(rows.map(({ name }) => name).sort());
});

test('docs/privacy.md names settings that there are, and each row of the map is filled in', () => {
  const settings = aboutSettings().map(({ name }) => name as string);
  const listed = cells('Settings that say how long').flatMap(([setting = '']) => named(setting));
  expect(listed.length).toBeGreaterThan(0);
  expect(listed.filter((name) => !settings.includes(name))).toEqual([]);
  for (const row of cells('The map')) expect(row.filter((cell) => cell.trim() !== '')).toHaveLength(4);
});
