import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { commitTimes } from '../measure/commits.ts';
import { cpuNow, cpuSince, memoryOf } from '../measure/cpu.ts';
import type { Machine } from '../measure/machine.ts';
import { type Figures, latest } from '../measure/measure.ts';
import { saveStatements } from '../measure/profile.ts';
import { quiet } from '../measure/quiet.ts';
import { compare } from '../reading/compare.ts';
import { writeWorkload } from '../workload/workload.ts';

const PROGRAM = path.join(import.meta.dirname, 'process.js');

/** Measures how quickly this machine's PostgreSQL takes what the product writes, when nothing else has to be done. */
export async function runCeiling(
  machine: Machine,
  given: { posts: number; seed: number; warmUp: number },
): Promise<Figures> {
  await quiet(machine.patience);
  await using database = await machine.databases.fresh();
  const args = [PROGRAM, JSON.stringify({ url: database.url, ...given })];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async (what: string): Promise<void> => {
    const { value, done } = await lines.next();
    if (done || !(what in JSON.parse(value))) throw new Error(`the ceiling's process is not ${what}`);
  };
  await said('ready');
  const processes = [{ name: 'driver', pid: child.pid as number }];
  const { posts, delivery } = writeWorkload(given.posts, given.seed);
  const replies = posts.size - new Set(delivery.ids.slice(0, given.warmUp)).size;

  const before = cpuNow(machine, processes);
  const begin = performance.timeOrigin + performance.now();
  child.stdin.end();
  await said('done');
  const spent = cpuSince(machine, processes, before, replies);
  const peak_rss_mb = memoryOf(machine, processes);
  child.kill('SIGTERM');
  await ended;
  const seconds = (latest((await commitTimes(database.pool)).values()) - begin) / 1000;
  await saveStatements(machine, database, 'ceiling');
  const verdict = await compare(database.pool, posts.values());
  return { replies, seconds, per_second: replies / seconds, ...spent, peak_rss_mb, ...verdict };
}
