import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The operating system's user that the embedded PostgreSQL runs as; `undefined`: the one who runs us. */
export type Account = { uid: number; gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root. Root's server runs as the owner of the data that is already there,
 * else as `postgres` where that account exists, else as `nobody`.
 */
export function serverAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return accountNamed('postgres') ?? accountNamed('nobody');
}

function accountNamed(name: string): Account {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** Whether the account can write into `directory`. A folder above it that only root may enter is enough for no. */
export function canWrite(account: Account, directory: string): boolean {
  return tryAs(account, '/bin/sh', ['-c', 'test -w "$1" && test -x "$1"', 'sh', directory]);
}

/** Whether the account can run `program`. */
export function canRun(account: Account, program: string): boolean {
  return tryAs(account, program, ['--version']);
}

function tryAs(account: Account, program: string, args: string[]): boolean {
  return (
    spawnSync(program, args, { ...account, cwd: '/', env: { LC_ALL: 'C' }, stdio: 'ignore' }).status === 0
  );
}
