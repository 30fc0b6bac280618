import type { Command } from 'commander';
import { readCatalogFile } from '../catalog/read.ts';
import { watchCatalog } from '../catalog/watch.ts';
import { messageOf, PermanentError } from '../errors.ts';
import { listing } from './catalog-faults.ts';
import { print, type Shell } from './shell.ts';

export function checkCommand(catalog: Command, shell: Shell): void {
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
      if (!watch) return check(path, json);
      const tell = (error: unknown): void => void process.stderr.write(`${messageOf(error)}\n`);
      await watchCatalog(path, () => check(path, json).catch(tell), shell.signal);
    });
}

/** @throws PermanentError when there are errors */
async function check(path: string, json: boolean): Promise<void> {
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
