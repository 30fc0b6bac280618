import type { Command } from 'commander';
import { type PlacedFault, readCatalogFile } from '../catalog/read.ts';
import type { Place } from '../catalog/source.ts';
import { watchCatalog } from '../catalog/watch.ts';
import { applyCatalog } from '../db/catalog.ts';
import { toRows } from '../domain/catalog.ts';
import { messageOf, PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

export function catalogCommands(program: Command, shell: Shell): void {
  const catalog = program.command('catalog').description('check and apply the files that say what is sold');
  catalog
    .command('check')
    .argument('<file>', 'the catalog: a file, or a folder of files')
    .description('find every fault in a catalog; changes nothing and needs no database')
    .option('--json', 'print the faults as JSON, a line for each check')
    .option('--watch', 'check again whenever a file changes, until Ctrl-C')
    .addHelpText(
      'after',
      `
Errors must be mended before the catalog can be applied; warnings are likely mistakes. Exit code 1 for errors only.

Examples:
  replycart catalog check catalog.yaml
  replycart catalog check --watch catalogs/`,
    )
    .action(async (path: string, { json = false, watch }: { json?: boolean; watch?: boolean }) => {
      if (!watch) return checkOnce(path, json);
      const check = (): Promise<void> =>
        checkOnce(path, json).catch((error) => void process.stderr.write(`${messageOf(error)}\n`));
      await watchCatalog(path, check, shell.signal);
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

/** @throws PermanentError when there are errors */
async function checkOnce(path: string, json: boolean): Promise<void> {
  const { file, faults } = await readCatalogFile(path);
  if (json) print(JSON.stringify({ catalog: path, faults }));
  else if (faults.length > 0) print(listing(faults));
  const warnings = faults.filter(({ kind }) => kind === 'warning').length;
  const errors = faults.length - warnings;
  const counts = faults.length === 0 ? 'no faults' : `${errors} error(s), ${warnings} warning(s)`;
  if (!file) throw new PermanentError(`${path}: ${counts}`);
  const products = file.merchants.reduce((sum, merchant) => sum + merchant.products.length, 0);
  if (!json) print(`${path}: ${counts}; ${file.merchants.length} merchant(s), ${products} product(s)`);
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
      ({ kind, message, see, ...place }) =>
        `${placeText(place)}: ${kind}: ${message}${see ? ` (see ${placeText(see)})` : ''}`,
    )
    .join('\n');

const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
