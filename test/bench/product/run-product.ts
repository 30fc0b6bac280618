import path from 'node:path';
import type { Backend, Machine } from '../measure/machine.ts';
import { queueOf } from '../measure/machine.ts';
import type { System } from '../measure/measure.ts';
import { saveStatements } from '../measure/profile.ts';
import { quiet } from '../measure/quiet.ts';
import type { Template } from '../servers/databases.ts';
import { startXServer } from '../servers/x.ts';
import { type Running, startProcess } from './process.ts';
import { productSettings } from './settings.ts';

/** The repository: this file runs as dist-bench/test/bench/product/run-product.js. */
const ROOT = path.join(import.meta.dirname, '../../../..');

/** Which program listens and which one settles: the product's own, or the peer's. */
export interface Programs {
  name: string;
  listener: string[];
  worker: string[];
}

const cli = path.join(ROOT, 'dist/src/cli.js');
const peer = (file: string): string => path.join(ROOT, 'dist-bench/test/bench/peer', file);

export const ours: Programs = {
  name: 'ours',
  listener: [cli, 'stream'],
  worker: [cli, 'worker', '--jobs', 'read-replies', 'find-parents'],
};
export const oursWithMail: Programs = { ...ours, worker: [cli, 'worker'] };
export const naive: Programs = {
  name: 'naive',
  listener: [peer('listener.js')],
  worker: [peer('worker.js')],
};

interface RunOptions {
  programs: Programs;
  backend: Backend;
  template?: Template;
  smtp?: string;
}

/** Starts processes on a new database, lets `use` do its measuring, and ends them. */
export async function runProduct<T>(
  machine: Machine,
  { programs, backend, template, smtp }: RunOptions,
  use: (system: System) => Promise<T>,
): Promise<T> {
  await quiet(machine.patience);
  await using database = await machine.databases.fresh(template);
  await using x = await startXServer();
  const redis = await queueOf(machine, backend);
  const env = productSettings({ database: database.url, redis, x: x.url, smtp });
  const start = (kind: 'listener' | 'worker'): Running => {
    const name = `${programs.name}-${kind}`;
    return startProcess(kind, [...profiling(machine, `${name}-${backend}`), ...programs[kind]], env);
  };
  const processes = [start('listener'), start('worker')];
  try {
    await processes[1]?.says('working');
    const result = await use({ machine, database, x, processes });
    await saveStatements(machine, database, `${programs.name}-${backend}`);
    return result;
  } finally {
    for (const running of processes) await running.stop();
  }
}

const profiling = ({ profiles }: Machine, name: string): string[] =>
  profiles
    ? [
        '--cpu-prof',
        '--cpu-prof-interval=500',
        `--cpu-prof-dir=${profiles}`,
        `--cpu-prof-name=${name}.cpuprofile`,
      ]
    : [];
