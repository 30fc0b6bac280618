import type { Command } from 'commander';
import { type PlacedFault, readCatalogFile } from '../catalog/read.ts';
import { applyCatalog } from '../db/catalog.ts';
import { toRows } from '../domain/catalog.ts';
import { PermanentError } from '../errors.ts';
import { catalogPostsCommand } from './catalog-posts.ts';
import { print, type Shell } from './shell.ts';

export function catalogCommands(program: Command, shell: Shell): void {
  const catalog = program.command('catalog').description('check and apply the file that says what is sold');
  catalog
    .command('check')
    .argument('<file>', 'the catalog file')
    .description('find every fault in a catalog file; changes nothing and needs no database')
    .option('--json', 'print the faults as JSON')
    .addHelpText('after', '\nExample:\n  replycart catalog check catalog.yaml')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const { file, faults } = await readCatalogFile(path);
      if (json) print(JSON.stringify({ file: path, faults }));
      if (!file) {
        if (!json) print(listing(path, faults));
        throw new PermanentError(`${path}: ${faults.length} fault(s)`);
      }
      const products = file.merchants.reduce((sum, merchant) => sum + merchant.products.length, 0);
      if (!json) print(`${path}: no faults; ${file.merchants.length} merchant(s), ${products} product(s)`);
    });
  catalog
    .command('apply')
    .argument('<file>', 'the catalog file')
    .description('make a catalog file the one that replies are read against, in one transaction')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  replycart catalog apply catalog.yaml')
    .action(async (path: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const version = await applyCatalogFile(context.db, path, shell.user);
      if (json) print(JSON.stringify({ file: path, changed: version !== undefined, version }));
      else print(version ? `${path} is version ${version} of the catalog` : `${path}: nothing changed`);
    });
  catalogPostsCommand(catalog, shell);
}

/** Applies a file. @throws PermanentError that lists its faults */
export async function applyCatalogFile(
  db: Parameters<typeof applyCatalog>[0],
  path: string,
  by: string,
): Promise<string | undefined> {
  const { file, faults } = await readCatalogFile(path);
  if (!file)
    throw new PermanentError(`the catalog has faults, so it was not applied:\n${listing(path, faults)}`);
  return applyCatalog(db, toRows(file), file.bot, by);
}

export const listing = (path: string, faults: PlacedFault[]): string =>
  faults.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`).join('\n');
