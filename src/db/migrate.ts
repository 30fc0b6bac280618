import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Migration, Migrator, sql } from 'kysely';
import { ConfigError } from '../errors.ts';
import { packageRoot } from '../root.ts';
import type { Db } from './database.ts';

const OLDEST_POSTGRES = 15;

/**
 * Brings the database up to date with the files in `sql/`: all pending ones in one transaction, one process
 * at a time. Returns the names of those that it ran.
 */
export async function migrate(db: Db): Promise<string[]> {
  await requireVersion(db);
  const migrator = new Migrator({ db, provider: { getMigrations } });
  const { error, results } = await migrator.migrateToLatest();
  const ran =
    results?.filter((result) => result.status === 'Success').map((result) => result.migrationName) ?? [];
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName;
    throw new Error(failed ? `sql/${failed}.sql failed` : 'the migrations cannot be run', { cause: error });
  }
  return ran;
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const folder = path.join(packageRoot, 'sql');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const migrations: Record<string, Migration> = {};
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8');
    migrations[path.basename(file, '.sql')] = { up: async (db) => void (await sql.raw(text).execute(db)) };
  }
  return migrations;
}

async function requireVersion(db: Db): Promise<void> {
  const { rows } = await sql<{ major: number }>`
    select current_setting('server_version_num')::int / 10000 as major`.execute(db);
  const major = rows[0]?.major ?? 0;
  if (major < OLDEST_POSTGRES) {
    throw new ConfigError(`the database is PostgreSQL ${major}; ${OLDEST_POSTGRES} or newer is needed`);
  }
}
