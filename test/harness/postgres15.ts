import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { serverAccount } from '../../src/db/embedded/account.ts';
import { freePort } from '../global-setup.ts';
import { atEnd } from './at-end.ts';
import { eventually } from './eventually.ts';

const BIN = '/usr/lib/postgresql/15/bin';

/** Whether Debian 12's PostgreSQL, the oldest that is supported, is on this machine. */
export const hasPostgres15 = existsSync(path.join(BIN, 'postgres'));

export interface Postgres15 {
  /** An empty database. */
  url: string;
  /** Ends the server by a signal and starts it again: SIGINT ends it in order, SIGQUIT as a crash would. */
  restart(signal: NodeJS.Signals): Promise<void>;
}

/** A PostgreSQL 15 of its own. */
export async function aPostgres15(): Promise<Postgres15> {
  const folder = mkdtempSync(path.join(tmpdir(), 'replycart-pg15-'));
  const data = path.join(folder, 'data');
  const account = serverAccount(data);
  mkdirSync(data, { mode: 0o700 });
  chmodSync(folder, 0o755);
  if (account) chownSync(data, account.uid, account.gid);
  const made = spawnSync(
    path.join(BIN, 'initdb'),
    ['-D', data, '-U', 'replycart', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...account, cwd: '/', encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const port = await freePort();
  const url = `postgres://replycart@127.0.0.1:${port}/postgres`;
  let server = await start();
  atEnd(async () => {
    await end(server, 'SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url,
    async restart(signal) {
      await end(server, signal);
      server = await start();
    },
  };

  async function start(): Promise<ChildProcess> {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`];
    const child = spawn(
      path.join(BIN, 'postgres'),
      ['-D', data, ...settings.flatMap((each) => ['-c', each])],
      { ...account, cwd: '/', stdio: 'ignore' },
    );
    await eventually(async () => {
      const client = new pg.Client(url);
      client.on('error', () => {});
      await client.connect();
      await client.end();
    });
    return child;
  }
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await ended;
}
