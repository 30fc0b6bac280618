import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UnavailableError } from '../../errors.ts';
import { requireSameMajor } from './binaries.ts';
import type { Place } from './place.ts';

/** The database's name, and its owner's. */
export const DATABASE = 'replycart';

/**
 * Makes the database's files where there are none yet, with a password that the folder keeps.
 *
 * @throws ConfigError where they are another PostgreSQL's, UnavailableError where they cannot be made
 */
export function initialise({ account, cluster }: Place, native: string): void {
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
