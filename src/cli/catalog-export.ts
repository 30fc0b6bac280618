import type { Command } from 'commander';
import { withoutDefaults } from '../catalog/shape.ts';
import { writeCatalog } from '../catalog/write.ts';
import { appliedFile } from '../db/catalog-versions.ts';
import { catalogSchema } from '../domain/catalog-schema.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

export function exportCommand(catalog: Command, shell: Shell): void {
  catalog
    .command('export')
    .description('print the present catalog as a file: to apply it would change nothing')
    .option('--json', 'print it as JSON, which is YAML, too')
    .addHelpText('after', '\nExample:\n  replycart catalog export > catalog.yaml')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const applied = await appliedFile(context.db);
      if (!applied) throw new PermanentError('no catalog was applied yet');
      const { version, applied_at, applied_by, file } = applied;
      if (json) return print(JSON.stringify(withoutDefaults(file)));
      process.stdout.write(
        writeCatalog(
          file,
          `Version ${version} of the catalog, applied at ${applied_at.toISOString()} by ${applied_by}.\nThe comments of the file that was applied are not kept.`,
        ),
      );
    });
}

export function schemaCommand(catalog: Command): void {
  catalog
    .command('schema')
    .description('print the JSON Schema of catalog files, by which editors check and complete them')
    .addHelpText('after', '\nExample:\n  replycart catalog schema > catalog.schema.json')
    .action(() => print(catalogSchema()));
}
