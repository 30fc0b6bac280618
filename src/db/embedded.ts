import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { UnavailableError } from '../errors.ts';
import { sleep } from '../process.ts';
import { postgresBinaries } from './embedded/binaries.ts';
import { DATABASE, initialise } from './embedded/cluster.ts';
import { type Place, preparePlace } from './embedded/place.ts';
import { isPostgres, readPidFile, stop } from './embedded/postmaster.ts';

/** Held, shared, by every process that uses the server, so that none stops it under another's feet. */
const LEASE_KEY = 0x7265706c;
const START_TIMEOUT_MS = 60_000;

export interface EmbeddedServer {
  url: string;
  /** The folder of the data, which is not under `DATA_DIR` where the server's account cannot reach that. */
  cluster: string;
  /** Aborts when the server has gone, which it does only when somebody or something kills it. */
  gone: AbortSignal;
  [Symbol.asyncDispose](): Promise<void>;
}

interface EmbeddedOptions {
  /** Told in a sentence where things are when that is not where one would look. */
  say?: (message: string) => void;
  /** Further `name=value` settings of the server. */
  settings?: string[];
}

/**
 * A real PostgreSQL server that keeps its data under `dataDir`: started, or taken over where one is running
 * there already (started by another command, or left behind by a killed process). Whoever is the last to
 * dispose of it stops it. It listens on the loopback interface only and asks for a password that its folder keeps.
 *
 * @throws ConfigError when `dataDir` cannot be used, UnavailableError when the server does not start
 */
export async function openEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const say = options.say ?? (() => {});
  const place = preparePlace(path.resolve(dataDir), say);
  let running = await connectToRunning(place.cluster);
  if (!running) {
    const { native, copied } = postgresBinaries(place.account, place.home);
    if (copied) say(`the embedded PostgreSQL's programs were copied to ${native}`);
    initialise(place, native);
    running = await start(place, native, options.settings ?? []);
  }
  const { lease, url, pid } = running;
  const gone = new AbortController();
  lease.on('error', () => gone.abort());
  lease.on('end', () => gone.abort());
  return {
    url,
    cluster: place.cluster,
    gone: gone.signal,
    async [Symbol.asyncDispose]() {
      const last = await nobodyElseUsesIt(lease);
      await lease.end().catch(() => {});
      if (last) await stop(pid);
    },
  };
}

interface Running {
  pid: number;
  url: string;
  /** A connection that holds the lease. */
  lease: pg.Client;
}

async function start({ account, cluster }: Place, native: string, settings: string[]): Promise<Running> {
  const logFile = path.join(cluster, 'server.log');
  const log = openSync(logFile, 'w', 0o600);
  const all = [
    ...[`port=${await freePort()}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='],
    ...['timezone=UTC', 'log_timezone=UTC', 'max_connections=200', 'jit=off', 'autovacuum_naptime=20s'],
    ...settings,
  ];
  // Detached: Ctrl-C on the terminal must reach us alone, so that we can finish our work before the server stops.
  const server = spawn(
    path.join(native, 'bin/postgres'),
    ['-D', cluster, ...all.flatMap((setting) => ['-c', setting])],
    { ...account, cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', log, log], detached: true },
  );
  server.unref();
  closeSync(log);
  let ended = false;
  server.once('exit', () => (ended = true)).once('error', () => (ended = true));
  // Where our server did not stay, another process may have started one at the same moment.
  const found =
    (await connectToRunning(cluster, { pid: server.pid, ended: () => ended })) ??
    (await connectToRunning(cluster));
  if (found) return found;
  throw new UnavailableError(
    `the embedded PostgreSQL in ${cluster} does not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`,
  );
}

/**
 * Connects to the server of this cluster, waiting while it starts. `undefined`: none is running.
 * A server that we have just spawned is given as `ours`: its file may not be there yet.
 */
async function connectToRunning(
  cluster: string,
  ours?: { pid: number | undefined; ended: () => boolean },
): Promise<Running | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (ours?.ended()) return undefined;
    const { pid, port } = readPidFile(cluster);
    if (!ours && (pid === undefined || !isPostgres(pid, cluster))) return undefined;
    if (pid && port && (!ours || pid === ours.pid)) {
      try {
        return { pid, ...(await connect(cluster, port)) };
      } catch (error) {
        if (!isStillStarting(error)) throw error;
      }
    }
    await sleep(20);
  }
  throw new UnavailableError(`the embedded PostgreSQL in ${cluster} does not answer; see server.log there`);
}

async function connect(cluster: string, port: number): Promise<{ url: string; lease: pg.Client }> {
  const password = readFileSync(path.join(cluster, 'password'), 'utf8');
  const urlOf = (database: string): string =>
    `postgres://${DATABASE}:${password}@127.0.0.1:${port}/${database}`;
  const admin = new pg.Client(urlOf('postgres'));
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await admin.query(`create database ${DATABASE}`).catch(ignoreDuplicate);
  } finally {
    await admin.end();
  }
  const lease = new pg.Client(urlOf(DATABASE));
  await lease.connect();
  await lease.query('select pg_advisory_lock_shared($1)', [LEASE_KEY]);
  return { url: urlOf(DATABASE), lease };
}

function ignoreDuplicate(error: { code?: string }): void {
  const duplicate = error.code === '42P04' || error.code === '23505';
  if (!duplicate) throw error;
}

function isStillStarting(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code);
}

async function nobodyElseUsesIt(lease: pg.Client): Promise<boolean> {
  try {
    await lease.query('select pg_advisory_unlock_shared($1)', [LEASE_KEY]);
    const { rows } = await lease.query('select pg_try_advisory_lock($1) as alone', [LEASE_KEY]);
    return rows[0].alone;
  } catch {
    return false; // it has stopped already
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
