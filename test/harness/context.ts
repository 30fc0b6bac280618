import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { readCatalogFile } from '../../src/catalog/read.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type Context, openContext } from '../../src/context.ts';
import { applyCatalog } from '../../src/db/catalog.ts';
import { openLog } from '../../src/log.ts';
import { packageRoot } from '../../src/root.ts';
import { databaseNamed, TEMPLATE } from '../global-setup.ts';
import { atEnd } from './at-end.ts';
import { stockPlenty } from './stock.ts';

/** A database of its own for a test file; dropped at its end. */
export async function aDatabase(): Promise<string> {
  const server = process.env.TEST_DATABASE_URL as string;
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template ${TEMPLATE}`);
  atEnd(() => onServer(`drop database ${name} with (force)`));
  return databaseNamed(server, name);

  async function onServer(statement: string): Promise<void> {
    const client = new pg.Client(server);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }
}

/** Settings for tests: quiet, and pointing at nothing that is not the test's own. */
export function aConfig(env: Record<string, string> = {}): Config {
  return readConfig({
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    PUBLIC_URL: 'http://localhost:3999',
    ...env,
  });
}

/** A context on a fresh database, with the example catalog of the tests; closed at the end of the file. */
export async function aContext(
  env: Record<string, string> = {},
  overrides: Partial<Config> = {},
): Promise<Context> {
  const config = { ...aConfig({ DATABASE_URL: await aDatabase(), ...env }), ...overrides };
  const context = await openContext(config, openLog(config.LOG_LEVEL));
  atEnd(async () => context[Symbol.asyncDispose]());
  return context;
}

/** The catalog that most tests use. */
export const CAMPAIGN = `${packageRoot}/test/campaign.yaml`;

export async function useCatalog(context: Context, path = CAMPAIGN): Promise<void> {
  const { file, faults } = await readCatalogFile(path);
  if (!file) throw new Error(JSON.stringify(faults));
  await applyCatalog(context.db, file, 'test');
  await stockPlenty(context.db);
}
