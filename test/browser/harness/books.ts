import pg from 'pg';
import { openEmbedded } from '../../../src/db/embedded.ts';
import { atEnd } from '../../harness/at-end.ts';

let opened: Promise<pg.Pool> | undefined;

/** The product's own database, for what no page shows. */
async function theBooks(): Promise<pg.Pool> {
  opened ??= (async () => {
    const server = await openEmbedded(process.env.BROWSER_DATA_DIR as string);
    const pool = new pg.Pool({ connectionString: server.url, max: 1 });
    atEnd(async () => {
      await pool.end();
      await server[Symbol.asyncDispose]();
    });
    return pool;
  })();
  return opened;
}

/** How many pieces are left to sell. */
export async function stockOf(sku: string): Promise<number> {
  const { rows } = await (await theBooks()).query(
    'select stock - sold as stock from variants where sku = $1',
    [sku],
  );
  return Number(rows[0].stock);
}

/** Why staff looked at somebody's addresses. */
export async function reasonsForReveals(): Promise<string[]> {
  const { rows } = await (await theBooks()).query(
    `select staff_email || ': ' || reason as said from audit where action = 'reveal'`,
  );
  return rows.map((row) => row.said);
}

/**
 * Others take all pieces of a variant but so many, also those that were kept for carts. In the end there are as many as
 * before: other walks want some, too.
 */
export async function leavesOnly(sku: string, left: number): Promise<AsyncDisposable> {
  const books = await theBooks();
  const { rows } = await books.query('select stock from variants where sku = $1', [sku]);
  await books.query('delete from holds where sku = $1', [sku]);
  await books.query('update variants set stock = sold + $2 where sku = $1', [sku, left]);
  return {
    async [Symbol.asyncDispose]() {
      await books.query('update variants set stock = $2 where sku = $1', [sku, rows[0].stock]);
    },
  };
}
