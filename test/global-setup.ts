import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, openPool } from '../src/db/database.ts';
import { openEmbedded } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';
import { migrateQueues } from '../src/queue.ts';
import { hasRedis, spawnRedis } from './harness/redis-server.ts';

/** The database that every test file's own is a copy of. */
export const TEMPLATE = 'template_replycart';

/**
 * Brings up what the tests run on: a PostgreSQL of their own with a migrated template, and a Redis where there is a
 * `redis-server`. Says what is missing; under CI nothing may be.
 */
export default async function setUp(): Promise<void> {
  // The suites that run the real processes run them as they are built.
  execFileSync('npm', ['run', '--silent', 'build'], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'replycart-test-'));
  chmodSync(folder, 0o755); // root's server runs as somebody else, who has to get there
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];
  const server = await openEmbedded(folder, { settings: fast });
  await makeTemplate(server.url);
  const redis = await startRedis();
  if (!redis) skipped('redis-server', 'the suites that need Redis are left out');
  process.env.TEST_DATABASE_URL = server.url;
  process.env.TEST_REDIS_URL = redis?.url ?? '';
  stopping.push(async () => {
    await redis?.stop();
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** What the teardown has to do. Jest loads it as a module of its own, so this is kept where both look. */
const shared = globalThis as { replycartStopping?: Array<() => Promise<void>> };
shared.replycartStopping ??= [];
export const stopping = shared.replycartStopping;

async function makeTemplate(url: string): Promise<void> {
  const admin = openPool(url, 1, () => {});
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const pool = openPool(databaseNamed(url, TEMPLATE), 2, () => {});
  await migrate(openDatabase(pool));
  await migrateQueues(pool);
  await pool.end();
}

/** The same server, another database. */
export function databaseNamed(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function startRedis(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  if (!hasRedis()) return undefined;
  const port = await freePort();
  const server = spawnRedis(port);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill();
      await ended;
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Says what is not tested because something is missing. Under CI nothing may be. */
export function skipped(what: string, consequence: string): void {
  const message = `${what} is not on this machine: ${consequence}`;
  if (process.env.CI === 'true') throw new Error(message);
  process.stderr.write(`${message}\n`);
}
