import type { Command } from 'commander';
import { checkPosts } from '../actions/check-posts.ts';
import type { Context } from '../context.ts';
import { applyCatalog } from '../db/catalog.ts';
import { appliedFile, listVersions } from '../db/catalog-versions.ts';
import type { Db } from '../db/database.ts';
import { uncheckedPosts } from '../db/posts.ts';
import { faultsBetween } from '../domain/catalog-faults.ts';
import { type CatalogFile, catalogFile } from '../domain/catalog-file.ts';
import { PermanentError } from '../errors.ts';
import { XError } from '../x/errors.ts';
import { readSoundCatalog } from './catalog-faults.ts';
import { lineFor } from './catalog-posts.ts';
import { print, type Shell } from './shell.ts';

interface Options {
  version?: string;
  confirm: string[];
  offline?: boolean;
  json?: boolean;
}

export function applyCommand(catalog: Command, shell: Shell): void {
  const command = catalog
    .command('apply')
    .argument('[file]', 'the catalog: a file, or a folder of files')
    .description('make a catalog the one that replies are read against, in one transaction')
    .option('--version <number>', 'instead of a file: make an earlier version the present one again')
    .option('--confirm <sku>', 'a price that may fall by more than half; repeatable', collect, [])
    .option('--offline', 'do not ask X about posts that are new')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
What is no longer in the catalog is withdrawn, never deleted. Running processes follow within a moment.

Examples:
  replycart catalog apply catalog.yaml
  replycart catalog apply catalog.yaml --confirm MUG --confirm TEE
  replycart catalog apply --version 3`,
    )
    .action(async (path: string | undefined, { version, confirm, offline, json }: Options) => {
      if ((path === undefined) === (version === undefined))
        command.error('error: give either a file or --version', { exitCode: 2 });
      const file = path === undefined ? undefined : await readSoundCatalog(path);
      await using context = await shell.openContext();
      const given = file ?? (await fileOfVersion(context.db, version as string));
      const applied = await applyCatalog(context.db, given, shell.user, confirm);
      const what = path ?? `version ${version}`;
      if (json) print(JSON.stringify({ file: path, changed: applied !== undefined, version: applied }));
      else print(applied ? `${what} is version ${applied} of the catalog` : `${what}: nothing changed`);
      if (applied && !offline && !context.config.sandbox) await tellOfNewPosts(context);
    });
}

/** Says what is wrong with posts that X was never asked about. The catalog is applied all the same. */
async function tellOfNewPosts(context: Context): Promise<void> {
  const tell = (message: string): void => void process.stderr.write(`${message}\n`);
  try {
    const { faults, not_asked } = await checkPosts(context, await uncheckedPosts(context.db));
    for (const fault of faults) tell(lineFor(fault));
    if (not_asked.length > 0)
      tell(`${not_asked.length} new post(s) were not checked: the day's budget for X is used up`);
  } catch (error) {
    if (!(error instanceof XError)) throw error;
    tell(`the new posts were not checked: ${error.message}; "replycart catalog posts" checks them later`);
  }
}

const collect = (value: string, before: string[]): string[] => [...before, value];

/** The catalog of an earlier version, by today's rules. */
async function fileOfVersion(db: Db, version: string): Promise<CatalogFile> {
  const applied = /^[1-9]\d{0,17}$/.test(version) ? await appliedFile(db, version) : undefined;
  if (applied?.version !== version)
    throw new PermanentError(
      `there is no version ${version} of the catalog that was applied from a file: see "replycart catalog versions"`,
    );
  const parsed = catalogFile.safeParse(applied.file);
  const faults = parsed.success
    ? faultsBetween(parsed.data).filter(({ kind }) => kind === 'error')
    : parsed.error.issues;
  if (parsed.success && faults.length === 0) return parsed.data;
  const lines = faults.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n');
  throw new PermanentError(`version ${version} of the catalog cannot be applied any more:\n${lines}`);
}

export function versionsCommand(catalog: Command, shell: Shell): void {
  catalog
    .command('versions')
    .description(
      'list the versions of the catalog: when they were applied, by whom, and how much was in them',
    )
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nBy X: the catalog stayed as it was, but X told something about its posts.\n\nExample:\n  replycart catalog versions',
    )
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const versions = await listVersions(context.db);
      if (json) return print(JSON.stringify(versions));
      for (const { version, applied_at, applied_by, merchants, products } of versions)
        print(
          `${version}\t${applied_at.toISOString()}\t${applied_by}\t${merchants} merchant(s)\t${products} product(s)`,
        );
    });
}
