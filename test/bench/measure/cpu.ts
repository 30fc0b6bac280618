import { childrenOf, cpuOf, cpuOfMachine, peakRssOf } from '../servers/proc.ts';
import type { Machine } from './machine.ts';

/** A process that is looked at. */
export interface Watched {
  name: string;
  pid: number;
}

/** CPU time in µs, by who spent it, and when that was. */
interface Cpu {
  node: Record<string, number>;
  postgres: number;
  redis: number;
  bench: number;
  machine: number;
  at: number;
}

export interface Spent {
  /** For each reply, in µs. */
  cpu_us: { node: number; postgres: number; redis: number; total: number };
  /** The same, for each process of Node. */
  node_us: Record<string, number>;
  /** How many cores were busy with something that is neither measured nor the bench: figures are as good as this is small. */
  busy_elsewhere: number;
}

export function cpuNow({ postgres, redis }: Machine, processes: Watched[]): Cpu {
  const { user, system } = process.cpuUsage();
  return {
    node: Object.fromEntries(processes.map(({ name, pid }) => [name, cpuOf(pid)])),
    postgres: cpuOf(postgres.pid),
    redis: redis ? cpuOf(redis.pid) : 0,
    bench: user + system,
    machine: cpuOfMachine(),
    at: performance.now(),
  };
}

/** What was spent since, by so many replies. */
export function cpuSince(machine: Machine, processes: Watched[], before: Cpu, replies: number): Spent {
  const after = cpuNow(machine, processes);
  const spent = (who: Exclude<keyof Cpu, 'node'>): number => after[who] - before[who];
  const nodes = Object.entries(after.node).map(
    ([name, us]) => [name, us - (before.node[name] ?? 0)] as const,
  );
  const node = nodes.reduce((sum, [, us]) => sum + us, 0);
  const measured = node + spent('postgres') + spent('redis');
  return {
    cpu_us: {
      node: node / replies,
      postgres: spent('postgres') / replies,
      redis: spent('redis') / replies,
      total: measured / replies,
    },
    node_us: Object.fromEntries(nodes.map(([name, us]) => [name, us / replies])),
    busy_elsewhere: Math.max(0, spent('machine') - measured - spent('bench')) / (spent('at') * 1000),
  };
}

/** The most memory that each process has held, in MB. PostgreSQL's largest counts its share of the common buffers. */
export function memoryOf({ postgres, redis }: Machine, processes: Watched[]): Record<string, number> {
  return {
    ...Object.fromEntries(processes.map(({ name, pid }) => [name, peakRssOf(pid)])),
    postgres: Math.max(...childrenOf(postgres.pid).map(peakRssOf)),
    ...(redis ? { redis: peakRssOf(redis.pid) } : {}),
  };
}
