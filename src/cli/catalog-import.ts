import type { Command } from 'commander';
import { readCatalogTexts } from '../catalog/files.ts';
import { productsFromCsv } from '../catalog/from-csv.ts';
import { draftOf, writeCatalog } from '../catalog/write.ts';
import type { CatalogFile, ProductEntry } from '../domain/catalog-file.ts';
import { PermanentError } from '../errors.ts';
import { readSoundCatalog } from './catalog-faults.ts';
import { print } from './shell.ts';

export function importCommand(catalog: Command): void {
  catalog
    .command('import')
    .argument('<table>', 'a table from a spreadsheet, as CSV')
    .description('print a catalog made of a table of products; what could not be taken is told with its line')
    .option(
      '--merchant <file>',
      'a catalog of one merchant, whose entry is taken; else one to be filled in is made',
    )
    .option('--json', 'print the products and what could not be taken as JSON')
    .addHelpText(
      'after',
      `
The first line names the columns: sku, title, price, posts, and as you need them price_policy, promised_hours, kind, limit,
stock, stock_mode, hold_minutes, paused, from, until, words, image, sensitive, tax_code, and a column option:NAME for each
option, as option:size. A post with an offer of its own is written “ADDRESS = 14.00”.
What is downloaded (kind: digital) has delivery, a file or an address, and, if you like, expires_days and downloads; a service
(kind: service) needs nothing more; a donation (kind: donation) has minimum, maximum and presets in place of a price.
Cells that hold several things part them by commas: "S, M, L". Words of an option's value follow it: "RED = red/rojo, BLUE".
The export of a Shopify shop's products is taken as it is; the posts, which are not in it, are left to be filled in.

Example:
  replycart catalog import --merchant catalog.yaml products.csv > new.yaml`,
    )
    .action(async (path: string, { merchant, json }: { merchant?: string; json?: boolean }) => {
      const [table] = await readCatalogTexts(path);
      if (!table || 'fault' in table) throw new PermanentError(`${path} ${table?.fault}`);
      const { products, faults } = productsFromCsv(table.text);
      for (const { line, message } of faults) process.stderr.write(`${path}:${line}: ${message}\n`);
      if (json) print(JSON.stringify({ products, faults }));
      if (products.length === 0) throw new PermanentError(`${path}: nothing could be taken`);
      if (json) return;
      const file = merchant ? await withProducts(merchant, products) : draftOf(products);
      const next = merchant ? 'Check' : 'Fill in what is empty, then check';
      process.stdout.write(
        writeCatalog(
          file,
          `Made of ${table.name.replace(/^.*[\\/]/, '')}. ${next} it with: replycart catalog check FILE`,
        ),
      );
    });
}

async function withProducts(path: string, products: ProductEntry[]): Promise<CatalogFile> {
  const file = await readSoundCatalog(path);
  const [merchant, ...more] = file.merchants;
  if (!merchant || more.length > 0)
    throw new PermanentError(`${path} has ${file.merchants.length} merchants: give a catalog of one`);
  return { ...file, merchants: [{ ...merchant, products }] };
}
