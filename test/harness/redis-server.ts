import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** Whether this machine has a `redis-server`. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A Redis that keeps nothing on disk, unless `settings` say otherwise. */
export function spawnRedis(port: number, settings: Record<string, string> = {}): ChildProcess {
  const all = {
    port: String(port),
    bind: '127.0.0.1',
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  return spawn('redis-server', args, { stdio: 'ignore' });
}
