// Writes the files that are made from other files, or, with --check, fails where one is out of date:
// src/db/schema.ts (from sql/), .env.example and the settings table in README.md (from src/settings.ts), and
// catalog.schema.json (from src/domain/catalog-file.ts).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, openPool } from '../dist/src/db/database.js';
import { openEmbedded } from '../dist/src/db/embedded.js';
import { migrate } from '../dist/src/db/migrate.js';
import { catalogSchema } from '../dist/src/domain/catalog-schema.js';
import { envExample, settingsTable } from '../dist/src/settings-reference.js';

/** The shapes of JSON columns, which the database does not know. */
const overrides = {
  'merchants.shipping': 'Shipping | null',
  'merchants.hashtags': 'Hashtags',
  'products.options': 'ProductOption[]',
  'products.donation': 'Donation | null',
  'catalog_versions.bot': 'Bot | null',
  'catalog_versions.file': 'CatalogFile | null',
  'outcomes.detail': 'Detail',
  'addresses.ship_to': 'ShipTo',
  'checkouts.lines': 'CheckoutLine[]',
  'checkouts.ship_to': 'ShipTo | null',
  'orders.ship_to': 'ShipTo | null',
  'purchases.lines': 'Line[]',
  'mails.content': 'MailContent | null',
};
const imports = `import type { CheckoutLine } from '../domain/cart.ts';
import type { Bot, CatalogFile, Donation, Hashtags, ProductOption } from '../domain/catalog-file.ts';
import type { MailContent } from '../domain/mail-content.ts';
import type { ShipTo } from '../domain/order.ts';
import type { Detail, Line } from '../domain/outcome.ts';
import type { Shipping } from '../domain/shipping.ts';
`;

const check = process.argv.includes('--check');
let stale = 0;

function write(file, text) {
  const before = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
  if (before === text) return;
  stale++;
  process.stdout.write(`${file} ${check ? 'is out of date: run npm run generate' : 'written'}\n`);
  if (!check) writeFileSync(file, text);
}

write('.env.example', envExample());
write('catalog.schema.json', `${catalogSchema()}\n`);

const readme = readFileSync('README.md', 'utf8');
const [before, after] = [/^[\s\S]*<!-- settings -->\n/, /<!-- \/settings -->[\s\S]*$/].map(
  (part) => readme.match(part)[0],
);
write('README.md', `${before}${settingsTable()}${after}`);

const folder = mkdtempSync(path.join(tmpdir(), 'replycart-generate-'));
const server = await openEmbedded(folder, { settings: ['fsync=off'] });
try {
  const pool = openPool(server.url, 2, () => {});
  await migrate(openDatabase(pool));
  await pool.end();
  const out = path.join(folder, 'schema.ts');
  execFileSync(
    'node_modules/.bin/kysely-codegen',
    [
      ...['--dialect', 'postgres', '--url', server.url, '--singularize', '--exclude-pattern', 'kysely_*'],
      ...['--overrides', JSON.stringify({ columns: overrides }), '--log-level', 'silent', '--out-file', out],
    ],
    // It complains of TypeScript 7, whose compiler has no programming interface, and takes the types as they are.
    { stdio: 'ignore' },
  );
  write(
    'src/db/schema.ts',
    readFileSync(out, 'utf8').replace(/^import .*\n/m, (line) => line + imports),
  );
} finally {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = check && stale > 0 ? 1 : 0;
