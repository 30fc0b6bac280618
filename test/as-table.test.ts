import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { asTable } from '../src/db/as-table.ts';
import { aContext } from './harness/context.ts';

const { db } = await aContext();

const anId = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
/** What PostgreSQL takes as text: no NUL, and no half of a character. */
const aText = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'NULL', '{}', '"', '\\', '\\"', 'a,b', '}{', ' x ', '\n', "';--"),
  )
  .filter((text) => !/\p{Cs}/u.test(text) && !text.includes('\0'));
const aRow = fc.record({
  id: anId,
  text: fc.option(aText),
  number: fc.option(fc.integer({ min: -32_768, max: 32_767 })),
  yes: fc.boolean(),
  at: fc.option(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })),
  json: fc.record({ text: aText, list: fc.array(aText) }),
});

test('rows come back from PostgreSQL as they went in, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aRow, { maxLength: 20 }), async (rows) => {
      const table = asTable(rows, {
        ...{ id: 'int8', text: 'text', number: 'int2', yes: 'bool', at: 'timestamptz', json: 'jsonb' },
      });
      const { rows: back } = await sql`select given.* from ${table} as given`.execute(db);
      expect(back).toEqual(rows);
    }),
    { numRuns: 200 },
  );
});

test('what a row does not say is null', async () => {
  const rows: Array<{ id: string; more?: string }> = [{ id: '1' }, { id: '2', more: 'x' }];
  const table = asTable(rows, { id: 'int8', more: 'text' });
  const { rows: back } = await sql`select given.* from ${table} as given`.execute(db);
  expect(back).toEqual([
    { id: '1', more: null },
    { id: '2', more: 'x' },
  ]);
});
