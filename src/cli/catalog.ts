import type { Command } from 'commander';
import { type PlacedFault, readCatalogFile } from '../catalog/read.ts';
import type { Place } from '../catalog/source.ts';
import { applyCatalog } from '../db/catalog.ts';
import { toRows } from '../domain/catalog.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

export function catalogCommands(program: Command, shell: Shell): void {
  const catalog = program.command('catalog').description('check and apply the files that say what is sold');
  catalog
    .command('check')
    .argument('<file>', 'the catalog: a file, or a folder of files')
    .description('find every fault in a catalog; changes nothing and needs no database')
    .option('--json', 'print the faults as JSON')
    .addHelpText('after', '\nExample:\n  replycart catalog check catalog.yaml')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const { file, faults } = await readCatalogFile(path);
      if (json) print(JSON.stringify({ file: path, faults }));
      if (!file) {
        if (!json) print(listing(faults));
        throw new PermanentError(`${path}: ${faults.length} fault(s)`);
      }
      const products = file.merchants.reduce((sum, merchant) => sum + merchant.products.length, 0);
      if (!json) print(`${path}: no faults; ${file.merchants.length} merchant(s), ${products} product(s)`);
    });
  catalog
    .command('apply')
    .argument('<file>', 'the catalog: a file, or a folder of files')
    .description('make a catalog the one that replies are read against, in one transaction')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  replycart catalog apply catalog.yaml')
    .action(async (path: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const version = await applyCatalogFile(context.db, path, shell.user);
      if (json) print(JSON.stringify({ file: path, changed: version !== undefined, version }));
      else print(version ? `${path} is version ${version} of the catalog` : `${path}: nothing changed`);
    });
}

/** Applies a file. @throws PermanentError that lists its faults */
export async function applyCatalogFile(
  db: Parameters<typeof applyCatalog>[0],
  path: string,
  by: string,
): Promise<string | undefined> {
  const { file, faults } = await readCatalogFile(path);
  if (!file) throw new PermanentError(`the catalog has faults, so it was not applied:\n${listing(faults)}`);
  return applyCatalog(db, toRows(file), file.bot, by);
}

/** A line for each fault, in the form that editors and terminals make links of. */
export const listing = (faults: PlacedFault[]): string =>
  faults
    .map(
      (fault) => `${placeText(fault)}: ${fault.message}${fault.see ? ` (see ${placeText(fault.see)})` : ''}`,
    )
    .join('\n');

const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
