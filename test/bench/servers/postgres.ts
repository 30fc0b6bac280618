import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../../../src/db/embedded.ts';
import { databaseNamed } from '../../global-setup.ts';

export interface PostgresServer extends AsyncDisposable {
  pid: number;
  admin: pg.Pool;
  urlOf(database: string): string;
}

/** The embedded server as the product runs it, durable as ever; besides, it notes when transactions are committed. */
export async function startPostgres(settings: string[] = []): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'replycart-bench-'));
  chmodSync(folder, 0o755); // root's server runs as somebody else, who has to get there
  const server = await openEmbedded(folder, { settings: ['track_commit_timestamp=on', ...settings] });
  const pid = Number(readFileSync(path.join(server.cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const admin = new pg.Pool({ connectionString: server.url, max: 2 });
  admin.on('error', () => {}); // the server stops while its connections are being closed
  return {
    pid,
    admin,
    urlOf: (database) => databaseNamed(server.url, database),
    async [Symbol.asyncDispose]() {
      await admin.end();
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
