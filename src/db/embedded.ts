import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { UnavailableError } from '../errors.ts';
import { sleep } from '../process.ts';
import { postgresBinaries, requireSameMajor } from './binaries.ts';
import { type Place, preparePlace } from './place.ts';

const DATABASE = 'replycart';
/** Held, shared, by every process that uses the server, so that none stops it under another's feet. */
const LEASE_KEY = 0x7265706c;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

export interface EmbeddedServer {
  url: string;
  /** The folder of the data, which is not under `DATA_DIR` where the server's account cannot reach that. */
  cluster: string;
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
  lease.on('error', () => {}); // the server went away: whoever queries it next says so
  return {
    url,
    cluster: place.cluster,
    async [Symbol.asyncDispose]() {
      const last = await nobodyElseUsesIt(lease);
      await lease.end().catch(() => {});
      if (last) await stop(pid);
    },
  };
}

function initialise({ account, cluster }: Place, native: string): void {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) {
    requireSameMajor(cluster);
    return;
  }
  // Built beside its place and moved there at the end: a killed initdb leaves nothing half made.
  const draft = `${cluster}.${process.pid}`;
  const passwordFile = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account) for (const each of [draft, passwordFile]) chownSync(each, account.uid, account.gid);
  try {
    const result = spawnSync(
      path.join(native, 'bin/initdb'),
      [
        ...['-D', draft, '-U', DATABASE, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ],
      { ...account, cwd: '/', env: { LC_ALL: 'C' }, encoding: 'utf8' },
    );
    if (result.status !== 0) {
      const why = result.stderr || result.error?.message;
      throw new UnavailableError(`the embedded PostgreSQL could not be set up in ${cluster}: ${why}`);
    }
    renameSync(passwordFile, path.join(draft, 'password'));
    renameSync(draft, cluster);
  } catch (error) {
    if (!existsSync(path.join(cluster, 'PG_VERSION'))) throw error; // else another process was faster
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
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
    ...[
      'timezone=UTC',
      'log_timezone=UTC',
      'max_connections=200',
      'jit=off',
      'wal_compression=pglz',
      'autovacuum_naptime=5s',
    ],
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

/** `postmaster.pid`: the process id in its first line, the port in its fourth. */
function readPidFile(cluster: string): { pid?: number; port?: number } {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]) || undefined, port: Number(lines[3]) || undefined };
  } catch {
    return {};
  }
}

/** Tells a live server from a file left by a dead one whose process id belongs to somebody else by now. */
function isPostgres(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  if (!stdout || stdout.includes('postgres')) return true; // no ps on this machine: believe the file
  rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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

/** A fast shutdown: running transactions are rolled back, everything committed is on disk. */
async function stop(pid: number): Promise<void> {
  const signalled = signal(pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (signalled && isAlive(pid)) {
    if (Date.now() > deadline) {
      signal(pid, 'SIGQUIT');
      return;
    }
    await sleep(10);
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
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
