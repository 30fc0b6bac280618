import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../global-setup.ts';
import { hasRedis, spawnRedis } from '../../harness/redis-server.ts';

export interface RedisServer extends AsyncDisposable {
  pid: number;
  url: string;
  empty(): Promise<void>;
}

/** A Redis that writes its log to disk every second; `undefined` where this machine has none. */
export async function startRedis(): Promise<RedisServer | undefined> {
  if (!hasRedis()) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'replycart-bench-redis-'));
  const port = await freePort();
  const server = spawnRedis(port, { dir: folder, appendonly: 'yes', appendfsync: 'everysec' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on('error', () => {}); // it is tried again until the server is up
  await client.ping();
  return {
    pid: server.pid as number,
    url,
    empty: async () => void (await client.flushall()),
    async [Symbol.asyncDispose]() {
      client.disconnect();
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
