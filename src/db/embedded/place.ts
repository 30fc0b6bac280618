import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../../errors.ts';
import { type Account, canWrite, serverAccount } from './account.ts';

export interface Place {
  /** Who runs the server. */
  account: Account;
  /** The folder of the database's files. */
  cluster: string;
  /** A folder of ours that the account can reach, for copies of programs. */
  home: string;
}

/**
 * The folders of the embedded database: under `dataDir`, or, where the account that runs the server cannot
 * get there, under `/var/lib/replycart`. Only root has that need (PostgreSQL refuses to run as root, and
 * other accounts may not enter root's home); no mode of a folder that is not ours is changed.
 *
 * @throws ConfigError when `dataDir` cannot be written
 */
export function preparePlace(dataDir: string, say: (message: string) => void): Place {
  const cluster = path.join(dataDir, 'postgres');
  const account = ourFolder(dataDir, () => {
    const runner = serverAccount(cluster);
    makeOurs(cluster, runner);
    return runner;
  });
  if (canWrite(account, cluster)) return { account, cluster, home: dataDir };
  if (!account) throw new ConfigError(`DATA_DIR ${dataDir} belongs to another user: choose another folder`);
  try {
    rmdirSync(cluster);
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR ${dataDir} holds a database that the account which runs it cannot reach: move it, or let that account pass through the folders above it`,
      { cause: error },
    );
  }
  const home = path.join('/var/lib/replycart', slug(path.dirname(dataDir)));
  const elsewhere = path.join(home, path.basename(dataDir), 'postgres');
  ourFolder(home, () => makeOurs(elsewhere, account));
  say(`the database lives in ${elsewhere}, because the account that runs it cannot reach ${dataDir}`);
  return { account, cluster: elsewhere, home };
}

function makeOurs(cluster: string, account: Account): void {
  const parent = path.dirname(cluster);
  const first = mkdirSync(parent, { recursive: true });
  if (first && account) openTo(first, parent);
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  if (account) chownSync(cluster, account.uid, account.gid);
}

/** @throws ConfigError where the file system does not let us have the folder */
function ourFolder<T>(folder: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `the data folder ${folder} cannot be used (${code}): set DATA_DIR to a folder that you may write to`,
      { cause: error },
    );
  }
}

/** Lets other accounts pass through the folders that we have just made, whatever the umask says. */
function openTo(first: string, last: string): void {
  for (let folder = last; folder.startsWith(first); folder = path.dirname(folder)) chmodSync(folder, 0o755);
}

/** A folder's name for a path: readable, and different for different paths. */
function slug(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  const readable = folder.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '');
  return `${readable.slice(-80) || 'root'}-${hash}`;
}
