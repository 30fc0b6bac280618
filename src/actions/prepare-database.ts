import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { openPool } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { UnavailableError } from '../errors.ts';
import { migrateQueues } from '../queue.ts';

/** Brings the database up to date: our tables, and the queues' where they live in it. */
export async function prepareDatabase({
  db,
  databaseUrl,
  queues,
  log,
}: Pick<Context, 'db' | 'databaseUrl' | 'queues' | 'log'>): Promise<string[]> {
  const ran = await migrate(db);
  if (queues.backend === 'postgres') {
    const pool = openPool(databaseUrl, 1, (error) => log.warn({ err: error }, 'a database connection broke'));
    await migrateQueues(pool).finally(() => pool.end());
  }
  return ran;
}

/** @throws UnavailableError when nobody has prepared the database yet */
export async function requirePrepared({ db }: Pick<Context, 'db'>): Promise<void> {
  try {
    await sql`select from progress`.execute(db);
  } catch (error) {
    if ((error as { code?: string }).code !== '42P01') throw error;
    throw new UnavailableError('the database has no tables yet: run "replycart migrate" first');
  }
}
