import type { Backend } from '../measure/machine.ts';
import type { Contestant } from '../parts/rounds.ts';
import type { Results } from './results.ts';

export interface Goal {
  goal: string;
  found: number;
  wanted: number;
  unit: string;
  /** The same by CPU time for a reply: a busy machine moves it less. */
  by_cpu?: number;
  reached: boolean;
}

const name = { postgres: 'PostgreSQL', redis: 'Redis' } satisfies Record<Backend, string>;

/** What is wanted of the product, and whether these figures reach it: as far as they were measured. */
export function goalsOf(results: Results): Goal[] {
  return [...ratios(results), ...paces(results), ...bursts(results), ...mails(results), ...cliffs(results)];
}

const atLeast = (goal: string, found: number, wanted: number, unit = ''): Goal => ({
  goal,
  found,
  wanted,
  unit,
  reached: found >= wanted,
});
const atMost = (goal: string, found: number, wanted: number, unit = ''): Goal => ({
  goal,
  found,
  wanted,
  unit,
  reached: found <= wanted,
});

function ratios({ rounds: { medians } }: Results): Goal[] {
  const goals: Goal[] = [];
  const ratio = (of: Contestant, to: Contestant, goal: string, wanted: number): void => {
    const [one, other] = [medians[of], medians[to]];
    if (!one || !other) return;
    const by_cpu = other.cpu_us.total / one.cpu_us.total;
    goals.push({ ...atLeast(goal, one.per_second / other.per_second, wanted, '×'), by_cpu });
  };
  ratio('ours-redis', 'naive-redis', 'the naive peer, on Redis', 15);
  ratio('ours-postgres', 'naive-postgres', 'the naive peer, on PostgreSQL', 20);
  ratio('ours-redis', 'ceiling', 'the ceiling, on Redis', 0.5);
  ratio('ours-postgres', 'ceiling', 'the ceiling, on PostgreSQL', 0.4);
  const redis = medians['ours-redis'];
  if (redis) goals.push(atMost('CPU for a reply, all processes, on Redis', redis.cpu_us.total, 200, 'µs'));
  return goals;
}

const PACES: Record<number, number> = { 5000: 100, 6360: 1_000 };

const paces = ({ paced }: Results): Goal[] =>
  paced.map(({ backend, pace, p99_ms = Number.NaN }) =>
    atMost(`p99 at ${pace}/s, on ${name[backend]}`, p99_ms, PACES[pace] ?? 0, 'ms'),
  );

const OURS = ['listener', 'worker'];

const bursts = ({ burst }: Results): Goal[] =>
  burst.flatMap(({ backend, seconds, replies, peak_rss_mb }) => [
    atMost(`${replies} at once settled, on ${name[backend]}`, seconds, 15, 's'),
    atMost(
      `… and the memory of each process of ours`,
      Math.max(...OURS.map((process) => peak_rss_mb[process] ?? Number.NaN)),
      300,
      'MB',
    ),
  ]);

const mails = ({ mail }: Results): Goal[] =>
  mail.map(({ backend, mail_p95_ms }) =>
    atMost(`reply to mail, p95, on ${name[backend]}`, mail_p95_ms / 1000, 5, 's'),
  );

const cliffs = ({ cliff }: Results): Goal[] =>
  cliff.map(({ backend, empty, warm }) =>
    atMost(
      `CPU on empty tables to that on warm ones, on ${name[backend]}`,
      empty.cpu_us.total / warm.cpu_us.total,
      1.3,
      '×',
    ),
  );
