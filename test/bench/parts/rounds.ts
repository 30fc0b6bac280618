import { runCeiling } from '../ceiling/run-ceiling.ts';
import type { Backend, Machine } from '../measure/machine.ts';
import { type Figures, measure } from '../measure/measure.ts';
import { mediansOf } from '../measure/medians.ts';
import type { Options, Part } from '../options.ts';
import { naive, ours, type Programs, runProduct } from '../product/run-product.ts';
import { inShort } from '../report/in-short.ts';
import { talk } from '../talk.ts';
import { writeWorkload } from '../workload/workload.ts';

export type Contestant = 'ours-postgres' | 'ours-redis' | 'naive-postgres' | 'naive-redis' | 'ceiling';

export interface RoundsResult {
  rounds: Array<Partial<Record<Contestant, Figures>>>;
  medians: Partial<Record<Contestant, Figures>>;
}

/** What comes before the clock begins is a fifth of a workload. */
const WARM_UP = 0.2;
const NAIVE_SHARE = 0.1;

/** Lets all contestants run, again and again in turn, so that a busy minute of the machine meets all of them. */
export async function runRounds(machine: Machine, options: Options): Promise<RoundsResult> {
  const contestants = contestantsOf(options.parts, machine.redis !== undefined);
  const rounds: RoundsResult['rounds'] = [];
  for (let round = 0; round < options.rounds; round++) {
    const results: RoundsResult['rounds'][number] = {};
    // Nobody is always the one that runs after the same other.
    const order = round % 2 === 0 ? contestants : [...contestants].reverse();
    for (const contestant of order) {
      const figures = await runOnce(machine, contestant, options.posts, options.seed + round);
      talk(`round ${round + 1}, ${contestant}: ${inShort(figures)}`);
      results[contestant] = figures;
    }
    rounds.push(results);
  }
  const medians: RoundsResult['medians'] = {};
  for (const contestant of contestants) {
    medians[contestant] = mediansOf(rounds.flatMap((results) => results[contestant] ?? []));
  }
  return { rounds, medians };
}

function contestantsOf(parts: Part[], redis: boolean): Contestant[] {
  const all: Array<[Part, Contestant]> = [
    ['a', 'ours-postgres'],
    ['b', 'ours-redis'],
    ['c', 'naive-postgres'],
    ['c', 'naive-redis'],
    ['d', 'ceiling'],
  ];
  return all.flatMap(([part, contestant]) =>
    parts.includes(part) && (redis || !contestant.endsWith('redis')) ? [contestant] : [],
  );
}

function runOnce(machine: Machine, contestant: Contestant, posts: number, seed: number): Promise<Figures> {
  switch (contestant) {
    case 'ceiling':
      return runCeiling(machine, { posts, seed, warmUp: posts * WARM_UP });
    case 'ours-postgres':
      return settleAll(machine, ours, 'postgres', posts, seed);
    case 'ours-redis':
      return settleAll(machine, ours, 'redis', posts, seed);
    case 'naive-postgres':
      return settleAll(machine, naive, 'postgres', posts * NAIVE_SHARE, seed);
    case 'naive-redis':
      return settleAll(machine, naive, 'redis', posts * NAIVE_SHARE, seed);
  }
}

async function settleAll(
  machine: Machine,
  programs: Programs,
  backend: Backend,
  posts: number,
  seed: number,
): Promise<Figures> {
  const count = Math.round(posts);
  const { figures } = await runProduct(machine, { programs, backend }, (system) =>
    measure(system, writeWorkload(count, seed), { warmUp: Math.round(count * WARM_UP) }),
  );
  return figures;
}
