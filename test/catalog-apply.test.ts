import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { readCatalog } from '../src/catalog/read.ts';
import { applyCatalog, followCatalog, loadCatalog } from '../src/db/catalog.ts';
import { appliedFile, listVersions } from '../src/db/catalog-versions.ts';
import { inTransaction } from '../src/db/database.ts';
import { noteReadPosts } from '../src/db/posts.ts';
import type { CatalogFile } from '../src/domain/catalog-file.ts';
import { POST } from './harness/builders.ts';
import { aContext, CAMPAIGN } from './harness/context.ts';
import { aFolder } from './harness/folder.ts';
import { aService, peopleX } from './harness/service.ts';

const GOOD = readFileSync(CAMPAIGN, 'utf8');
const CHEAP = GOOD.replace('"18.00"', '"1.80"').replace('"24.00"', '"11.99"').replace('"49.00"', '"24.50"');

function aFile(text: string): CatalogFile {
  const { file, faults } = readCatalog(text);
  if (!file) throw new Error(JSON.stringify(faults));
  return file;
}

test('a version keeps the catalog that was applied, who applied it and when; it can be made the present one again', async () => {
  const { db } = await aContext();
  await applyCatalog(db, aFile(GOOD), 'kim');
  const dearer = aFile(GOOD.replace('"18.00"', '"20.00"').replace('sku: LAMP', 'sku: LANTERN'));
  await applyCatalog(db, dearer, 'jo');
  // X tells about posts: the catalog is still the one that jo applied.
  const told = { id: POST.mug, conversation_id: '5', edit_history: [], text: undefined, findings: [] };
  await inTransaction(db, (tx) => noteReadPosts(tx, [told]));
  expect(await listVersions(db)).toEqual([
    { version: '3', applied_by: 'X', applied_at: expect.any(Date), merchants: 2, products: 11 },
    { version: '2', applied_by: 'jo', applied_at: expect.any(Date), merchants: 2, products: 11 },
    { version: '1', applied_by: 'kim', applied_at: expect.any(Date), merchants: 2, products: 11 },
  ]);
  expect(await appliedFile(db)).toMatchObject({ version: '2', file: dearer });

  const first = await appliedFile(db, '1');
  expect(await applyCatalog(db, first?.file as CatalogFile, 'kim')).toBe('4');
  const prices = await db
    .selectFrom('products')
    .select(['sku', 'price'])
    .where('withdrawn_at', 'is', null)
    .execute();
  expect(prices).toEqual(
    expect.arrayContaining([
      { sku: 'MUG', price: 1800 },
      { sku: 'LAMP', price: 3500 },
    ]),
  );
  expect(prices.map(({ sku }) => sku)).not.toContain('LANTERN');
});

test('a failure half-way changes nothing', async () => {
  const { db } = await aContext();
  await applyCatalog(db, aFile(GOOD), 'kim');
  await sql`
    create function fail() returns trigger language plpgsql as $$ begin raise exception 'injected'; end $$`.execute(
    db,
  );
  await sql`create trigger fail before insert on post_products for each row execute function fail()`.execute(
    db,
  );
  const before = await loadCatalog(db);
  const changed = GOOD.replace('"18.00"', '"20.00"')
    .replace('Acme Stoneware', 'Acme')
    .replace('status/2080761451463982632', 'status/2080761451463982633');
  await expect(applyCatalog(db, aFile(changed), 'kim')).rejects.toThrow('injected');
  expect(await loadCatalog(db)).toEqual(before);
  expect(await listVersions(db)).toHaveLength(1);
});

test('a price that falls by more than half must be confirmed, each by its SKU; half is no such fall', async () => {
  const { db } = await aContext();
  await applyCatalog(db, aFile(GOOD), 'kim');
  await expect(applyCatalog(db, aFile(CHEAP), 'kim')).rejects.toThrow(
    /^2 price.*\n {2}MUG of shop: 18.00 → 1.80 USD\n {2}TEE of shop: 24.00 → 11.99 USD\n.*--confirm MUG --confirm TEE$/,
  );
  await expect(applyCatalog(db, aFile(CHEAP), 'kim', ['MUG'])).rejects.toThrow(/^1 price.*\n {2}TEE of shop/);
  expect(await listVersions(db)).toHaveLength(1);
  expect(await applyCatalog(db, aFile(CHEAP), 'kim', ['MUG', 'TEE'])).toBe('2');
});

test('who holds a catalog follows the newest without a restart', async () => {
  const { db } = await aContext();
  const current = followCatalog(db);
  await applyCatalog(db, aFile(GOOD), 'kim');
  expect((await current())?.merchants.get('shop')?.name).toBe('Acme Stoneware');
  await applyCatalog(db, aFile(GOOD.replace('Acme Stoneware', 'Acme')), 'kim');
  expect((await current())?.merchants.get('shop')?.name).toBe('Acme');
});

test('the commands: apply, confirm, go back, list; start refuses with the command to run', async () => {
  const service = await aService();
  const [good, cheap] = ['good.yaml', 'cheap.yaml'].map(
    (name, n) => `${aFolder({ [name]: n === 0 ? GOOD : CHEAP })}/${name}`,
  ) as [string, string];
  await service.run('migrate');
  expect(await service.run('catalog', 'apply', good)).toMatchObject({ code: 0 });
  const refused = await service.run('catalog', 'apply', cheap);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--confirm MUG --confirm TEE')]);

  service.env.CATALOG = cheap;
  const started = await service.run('start');
  expect([started.code, started.stderr]).toEqual([
    78,
    expect.stringMatching(/MUG of shop: 18.00 → 1.80 USD[\s\S]*replycart catalog apply .*cheap.yaml/),
  ]);

  const confirmed = await service.run(
    'catalog',
    'apply',
    cheap,
    '--confirm',
    'MUG',
    '--confirm',
    'TEE',
    '--json',
  );
  expect(JSON.parse(confirmed.stdout)).toEqual({ file: cheap, changed: true, version: '2' });
  expect((await service.run('catalog', 'apply', '--version', '1')).stdout).toBe(
    'version 1 is version 3 of the catalog\n',
  );
  expect((await service.run('catalog', 'apply', '--version', '9')).stderr).toContain('there is no version 9');
  expect((await service.run('catalog', 'apply')).code).toBe(2);
  const versions = await service.run('catalog', 'versions');
  expect(versions.stdout).toMatch(/^3\t\S+\t\S+\t2 merchant\(s\)\t11 product\(s\)\n2\t/);
});

test('apply says what is wrong with posts that are new, unless told to stay offline', async () => {
  const service = await aService();
  await peopleX(service, [POST.mug]);
  await service.run('migrate');
  const [first, second] = [GOOD, GOOD.replace('Acme Stoneware', 'Acme')].map((text) =>
    aFolder({ 'c.yaml': text }),
  );
  const applied = await service.run('catalog', 'apply', first as string);
  expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('is version 1') });
  expect(applied.stderr).toContain(`https://x.com/shop/status/${POST.sticker}: fault: X does not show it`);
  expect(applied.stderr).not.toContain(`${POST.mug}: fault`);
  expect((await service.run('catalog', 'apply', '--offline', second as string)).stderr).toBe('');
  service.env.X_BEARER_TOKEN = 'wrong';
  const alone = await service.run('catalog', 'apply', first as string);
  expect([alone.code, alone.stderr]).toEqual([
    0,
    expect.stringMatching(/^the new posts were not checked: .*catalog posts/),
  ]);
});
