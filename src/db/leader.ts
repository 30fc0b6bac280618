import pg from 'pg';
import { sleep } from '../process.ts';

const RETRY_MS = 2_000;

export interface Leadership extends AsyncDisposable {
  /** Aborts when the lead is lost, because the connection that held it broke. */
  lost: AbortSignal;
}

/**
 * Waits until this process is the only one that holds the lock `name`, by PostgreSQL's advisory locks: a process
 * that dies lets go of it at once. `undefined` when told to stop first.
 */
export async function becomeLeader(
  databaseUrl: string,
  name: string,
  signal: AbortSignal,
  onWait: () => void,
): Promise<Leadership | undefined> {
  let waiting = false;
  while (!signal.aborted) {
    const leadership = await tryToLead(databaseUrl, name);
    if (leadership) return leadership;
    if (!waiting) onWait();
    waiting = true;
    await sleep(RETRY_MS, signal);
  }
  return undefined;
}

async function tryToLead(databaseUrl: string, name: string): Promise<Leadership | undefined> {
  const lost = new AbortController();
  const client = new pg.Client({
    connectionString: databaseUrl,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  try {
    await client.connect();
    const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1)) as leads', [
      `replycart ${name}`,
    ]);
    if (rows[0].leads)
      return { lost: lost.signal, [Symbol.asyncDispose]: () => client.end().catch(() => {}) };
  } catch {
    // the database is away: try again
  }
  await client.end().catch(() => {});
  return undefined;
}
