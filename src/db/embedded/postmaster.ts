import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sleep } from '../../process.ts';

const STOP_TIMEOUT_MS = 10_000;

/** `postmaster.pid`: the process id in its first line, the port in its fourth. */
export function readPidFile(cluster: string): { pid?: number; port?: number } {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]) || undefined, port: Number(lines[3]) || undefined };
  } catch {
    return {};
  }
}

/** Tells a live server from a file left by a dead one whose process id belongs to somebody else by now. */
export function isPostgres(pid: number, cluster: string): boolean {
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

/** A fast shutdown: running transactions are rolled back, everything committed is on disk. */
export async function stop(pid: number): Promise<void> {
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
