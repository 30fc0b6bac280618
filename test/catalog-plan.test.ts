import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { planCatalog } from '../src/actions/plan-catalog.ts';
import { readCatalog } from '../src/catalog/read.ts';
import { applyCatalog } from '../src/db/catalog.ts';
import type { Db } from '../src/db/database.ts';
import type { CatalogFile } from '../src/domain/catalog-file.ts';
import { packageRoot } from '../src/root.ts';
import { aContext, CAMPAIGN } from './harness/context.ts';
import { aFolder } from './harness/folder.ts';
import { aService } from './harness/service.ts';

const GOOD = readFileSync(CAMPAIGN, 'utf8');
const withoutLamp = (text: string): string =>
  text.replace(/ {6}- sku: LAMP[\s\S]*?(?= {6}- sku: POSTER)/, '');

function aFile(text: string): CatalogFile {
  const { file, faults } = readCatalog(text);
  if (!file) throw new Error(JSON.stringify(faults));
  return file;
}

/** Two shoppers with an open cart each, one with an ordered one; the first has pieces kept, the second waits. */
async function shopAbout(db: Db, sku: string): Promise<void> {
  for (const [n, status] of ['open', 'open', 'ordered'].entries()) {
    const shopper_id = String(n + 1);
    await db.insertInto('shoppers').values({ x_user_id: shopper_id }).execute();
    const { id } = await db
      .insertInto('carts')
      .values({ shopper_id, merchant_id: 'shop', currency: 'USD', status: status as 'open' | 'ordered' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('cart_lines')
      .values({ cart_id: id, sku, quantity: 2, price: 1800, position: '1' })
      .execute();
  }
  await db
    .insertInto('holds')
    .values({ merchant_id: 'shop', sku, shopper_id: '1', quantity: 2, until: '2030-01-01' })
    .execute();
  await db
    .insertInto('waits')
    .values({ merchant_id: 'shop', sku, shopper_id: '2', quantity: 3, position: '1', post_id: '1' })
    .execute();
}

test('a plan names what is added, changed field by field, and withdrawn; applying it leaves nothing to plan', async () => {
  const { db } = await aContext();
  expect(await planCatalog(db, aFile(GOOD))).toMatchObject({
    version: null,
    falls: [],
    rules: { deleted: [] },
  });
  await applyCatalog(db, aFile(GOOD), 'test');
  const present = await planCatalog(db, aFile(GOOD));
  expect(present).toMatchObject({
    version: '1',
    changes: [],
    touched: [],
    rules: { added: [], deleted: [], of: 1000 },
  });

  await shopAbout(db, 'MUG');
  const changed = aFile(
    withoutLamp(GOOD)
      .replace('name: Acme Stoneware', 'name: Acme')
      .replace('"60.00"', '"70.00"')
      .replace('"18.00"', '"8.99"')
      .replace('stock: 10', 'stock: 12\n        until: 2030-01-01T00:00:00+01:00')
      .replace('sku: TEE-RED-XL, stock: 0', 'sku: TEE-RED-XL, limit: 1')
      .replace('status/2080761451463982632', 'status/2080761451463982633')
      .replace('sku: CUP', 'sku: BEAKER')
      .replaceAll('"#QuitarDelCarrito"', '"#Quitar"'),
  );
  await sql`
    insert into kept_replies (post_id, merchant_id, parent_id)
    select n, 'shop', 2080761451463982633 from generate_series(1, 17) n`.execute(db);
  const plan = await planCatalog(db, changed);
  expect(plan.changes).toEqual([
    {
      ...{ kind: 'changed', what: 'merchant', merchant_id: 'shop' },
      fields: [
        { key: 'name', before: 'Acme Stoneware', after: 'Acme' },
        {
          key: 'shipping',
          before: { countries: ['US', 'CA', 'GB'], flat_rate: '4.90', free_from: '60.00' },
          after: { countries: ['US', 'CA', 'GB'], flat_rate: '4.90', free_from: '70.00' },
        },
        {
          key: 'hashtags',
          before: expect.anything(),
          after: expect.objectContaining({ remove: ['#RemoveFromCart', '#Quitar'] }),
        },
      ],
    },
    {
      kind: 'changed',
      what: 'merchant',
      merchant_id: 'rival',
      fields: [expect.objectContaining({ key: 'hashtags' })],
    },
    {
      ...{ kind: 'changed', what: 'product', merchant_id: 'shop', sku: 'MUG' },
      fields: [
        { key: 'price', before: '18.00', after: '8.99' },
        { key: 'until', before: null, after: '2029-12-31T23:00:00.000Z' },
        { key: 'stock', before: 10, after: 12 },
      ],
    },
    { kind: 'added', what: 'product', merchant_id: 'rival', sku: 'BEAKER' },
    { kind: 'withdrawn', what: 'product', merchant_id: 'rival', sku: 'CUP' },
    { kind: 'withdrawn', what: 'product', merchant_id: 'shop', sku: 'LAMP' },
    {
      ...{ kind: 'changed', what: 'variant', merchant_id: 'shop', sku: 'TEE-RED-XL', product_sku: 'TEE' },
      fields: [
        { key: 'stock', before: 0, after: 5 },
        { key: 'limit', before: null, after: 1 },
      ],
    },
    { kind: 'added', what: 'post', merchant_id: 'shop', sku: 'MUG', post_id: '2080761451463982633' },
    { kind: 'withdrawn', what: 'post', merchant_id: 'shop', sku: 'MUG', post_id: '2080761451463982632' },
  ]);
  expect(plan.touched).toEqual([{ merchant_id: 'shop', sku: 'MUG', carts: 2, held: 2, waiting: 3 }]);
  expect(plan.falls).toEqual([
    { merchant_id: 'shop', sku: 'MUG', currency: 'USD', before: 1800, after: 899 },
  ]);
  expect(plan.rules.added.join()).toContain('#quitar ');
  expect(plan.rules.deleted.join()).toContain('#quitardelcarrito ');
  expect(plan.kept).toEqual([{ post_id: '2080761451463982633', replies: 17 }]);
  expect(await planCatalog(db, changed)).toEqual(plan);

  await applyCatalog(db, changed, 'test', ['MUG']);
  expect(await planCatalog(db, changed)).toMatchObject({
    version: '2',
    changes: [],
    falls: [],
    touched: [],
    rules: { added: [], deleted: [] },
  });
});

test('the command prints it for people and for programs', async () => {
  const service = await aService();
  await service.run('migrate');
  await service.run('catalog', 'apply', `${packageRoot}/test/campaign.yaml`);
  await shopAbout(service.db, 'MUG');
  const file = `${aFolder({ 'new.yaml': withoutLamp(GOOD).replace('"18.00"', '"8.99"').replace('sku: CUP', 'sku: BEAKER') })}/new.yaml`;
  const { code, stdout } = await service.run('catalog', 'plan', file);
  expect([code, stdout]).toEqual([
    0,
    `${file} beside version 1 of the catalog
~ product shop MUG
    price: 18.00 → 8.99
+ product rival BEAKER
    page: ${service.url}/p/rival/BEAKER
- product rival CUP (withdrawn)
- product shop LAMP (withdrawn)
! shop MUG: in 2 open cart(s), 2 piece(s) kept for carts, 3 waited for
! MUG of shop: 18.00 → 8.99 USD: a price that falls by more than half
  apply it with: --confirm MUG
stream rules: 1 new, 1 gone; 2 of 1000 used
  not delivered: *: X takes a tag for another one when it has an invisible character inside, or only some letters in full width; there are too many ways to write that
`,
  ]);
  const json = await service.run('catalog', 'plan', file, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ version: '1', falls: [{ sku: 'MUG' }] });
});
