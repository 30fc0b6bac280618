import { compare, type Verdict } from '../reading/compare.ts';
import type { Database } from '../servers/databases.ts';
import type { XServer } from '../servers/x.ts';
import type { Workload } from '../workload/workload.ts';
import { commitTimes } from './commits.ts';
import { cpuNow, cpuSince, memoryOf, type Spent, type Watched } from './cpu.ts';
import type { Machine } from './machine.ts';
import { settled } from './settled.ts';
import { percentile } from './statistics.ts';

export interface Figures extends Verdict, Spent {
  /** Different posts whose settling was measured. */
  replies: number;
  /** From the first byte written to the last commit. */
  seconds: number;
  per_second: number;
  /** From a post's bytes written by X to the commit that settles it; left out where there is no stream. */
  p50_ms?: number;
  p99_ms?: number;
  peak_rss_mb: Record<string, number>;
}

/** What is measured: processes that listen to X and settle what comes. */
export interface System {
  machine: Machine;
  database: Database;
  x: XServer;
  processes: Watched[];
}

interface Course {
  /** Messages that are settled before the clock begins: code is compiled and connections are open. */
  warmUp: number;
  /** So many of them a second; as fast as they are taken, if left out. */
  warmUpPerSecond?: number;
  /** Messages a second; as fast as they are taken, if left out. */
  perSecond?: number;
}

export interface Measured {
  figures: Figures;
  /** When X wrote each post that was measured, in ms since 1970. */
  sent: Map<string, number>;
}

/** Delivers a workload, waits until all of it is settled, and compares what is in the database with what it meant. */
export async function measure(system: System, workload: Workload, course: Course): Promise<Measured> {
  const { machine, database, x, processes } = system;
  const { posts, delivery } = workload;
  const { warmUp } = course;
  await x.listened();
  const early = new Set(delivery.ids.slice(0, warmUp));
  await x.send(delivery, 0, warmUp, course.warmUpPerSecond);
  await settled(database.pool, [...early], early.size);

  const before = cpuNow(machine, processes);
  const written = await x.send(delivery, warmUp, delivery.ids.length, course.perSecond);
  await settled(database.pool, delivery.ids.slice(warmUp), posts.size);
  const replies = posts.size - early.size;
  const spent = cpuSince(machine, processes, before, replies);
  const peak_rss_mb = memoryOf(machine, processes);

  const committed = await commitTimes(database.pool);
  const sent = firstWritten(delivery.ids, warmUp, written, early);
  const latencies = Float64Array.from([...sent].map(([id, at]) => (committed.get(id) ?? Number.NaN) - at));
  const seconds = (latest(committed.values()) - (written[0] as number)) / 1000;
  const figures = {
    replies,
    seconds,
    per_second: replies / seconds,
    p50_ms: percentile(latencies, 0.5),
    p99_ms: percentile(latencies, 0.99),
    ...spent,
    peak_rss_mb,
    ...(await compare(database.pool, posts.values())),
  };
  return { figures, sent };
}

/** When each post was written for the first time, of those that were not there before. */
function firstWritten(
  ids: string[],
  from: number,
  written: Float64Array,
  early: Set<string>,
): Map<string, number> {
  const sent = new Map<string, number>();
  for (let n = from; n < ids.length; n++) {
    const id = ids[n] as string;
    if (!early.has(id) && !sent.has(id)) sent.set(id, written[n - from] as number);
  }
  return sent;
}

export function latest(times: Iterable<number>): number {
  let last = 0;
  for (const time of times) if (time > last) last = time;
  return last;
}
