import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { messageOf, UnavailableError } from '../errors.ts';
import { sleep } from '../process.ts';
import type { DB } from './schema.ts';

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

const CONNECT_TIMEOUT_MS = 10_000;
const RETRIES = 5;

/**
 * Foreign keys are checked by statements whose plans PostgreSQL keeps. A plan made while a table was empty reads
 * the whole of it for ever: on a launch day each reply would cost a hundred times more.
 */
export const STEADY_PLANS = '-c enable_seqscan=off -c jit=off';

/** A connection that has each statement parsed and planned once, however often it runs. For few, large statements. */
class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  override query(...given: unknown[]): never {
    const [text, values] = given;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0)
      return super.query(...(given as [never])) as never;
    const name = this.#names.get(text) ?? `s${this.#names.size}`;
    this.#names.set(text, name);
    return super.query({ name, text, values }) as never;
  }
}

/**
 * A pool of PostgreSQL connections. Opens none before the first query.
 *
 * @param onError told of connections that broke; queries under way are rejected besides
 */
export function openPool(
  url: string,
  max: number,
  onError: (error: Error) => void,
  { options = '', prepare = false }: { options?: string; prepare?: boolean } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options,
    ...(prepare ? { Client: PreparingClient } : {}),
  });
  pool.on('error', onError);
  // A connection that breaks between two statements of a transaction tells only itself: without a listener
  // of its own that ends the process.
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

export function openDatabase(pool: pg.Pool): Db {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * Runs `work` in a transaction, and again when PostgreSQL gave up on it for the sake of another one
 * (deadlock, serialization failure, lock timeout). `work` must hold no effect outside the database: after a
 * connection lost during COMMIT nobody knows whether it took place, so every caller must be able to run twice.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (attempt >= RETRIES || !['40001', '40P01', '55P03'].includes(code)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** @throws UnavailableError, without the password, when the database does not answer */
export async function requireDatabase(pool: pg.Pool, url: string): Promise<void> {
  try {
    await pool.query('select 1');
  } catch (error) {
    const { host, pathname } = new URL(url);
    const where = `${host}${pathname}`;
    throw new UnavailableError(`the database ${where} does not answer: ${describe(error)}`, { cause: error });
  }
}

/** Node reports a host that refuses on all its addresses as an error without a message. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return messageOf(error);
}
