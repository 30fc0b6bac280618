import pg from 'pg';
import { applyCatalog } from '../../../src/db/catalog.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { migrateQueues } from '../../../src/queue.ts';
import { benchCatalog } from '../workload/catalog.ts';
import { fillTables } from './fill-tables.ts';
import type { PostgresServer } from './postgres.ts';
import { seedShoppers } from './seed-shoppers.ts';

/** `empty`: as after the migration, with shoppers who have linked. `warm`: with many replies, carts and mails of others. */
export type Template = 'empty' | 'warm';

export interface Database extends AsyncDisposable {
  name: string;
  url: string;
  pool: pg.Pool;
}

export interface Databases {
  /** A new database, a copy of the template. */
  fresh(template?: Template): Promise<Database>;
}

/** @param filled rows that the tables of the warm template have */
export async function makeTemplates(
  server: PostgresServer,
  filled: number,
  templates: Template[],
): Promise<Databases> {
  await makeTemplate(server, 'empty', async (pool) => seedShoppers(pool));
  if (templates.includes('warm')) {
    await makeTemplate(server, 'warm', async (pool) => {
      await seedShoppers(pool);
      await fillTables(pool, filled);
      await pool.query('vacuum analyze');
    });
  }
  let count = 0;
  return {
    async fresh(template = 'empty') {
      count += 1;
      const name = `bench_${count}`;
      await server.admin.query(`create database ${name} template template_${template}`);
      // Every run begins with an empty log: none pays for what the one before has left.
      await server.admin.query('checkpoint');
      const pool = new pg.Pool({ connectionString: server.urlOf(name), max: 3 });
      pool.on('error', () => {});
      return {
        name,
        url: server.urlOf(name),
        pool,
        async [Symbol.asyncDispose]() {
          await pool.end();
          await server.admin.query(`drop database ${name} with (force)`);
        },
      };
    },
  };
}

async function makeTemplate(
  { admin, urlOf }: PostgresServer,
  name: Template,
  fill: (pool: pg.Pool) => Promise<void>,
): Promise<void> {
  await admin.query(`create database template_${name}`);
  const pool = new pg.Pool({ connectionString: urlOf(`template_${name}`), max: 1 });
  const db = openDatabase(pool);
  await migrate(db);
  await migrateQueues(pool);
  const file = benchCatalog();
  await applyCatalog(db, file, 'bench');
  // A launch day: the tables are known to be empty, and then everybody comes.
  await pool.query('vacuum analyze');
  await fill(pool);
  await pool.end();
}
