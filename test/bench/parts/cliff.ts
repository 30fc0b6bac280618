import type { Backend, Machine } from '../measure/machine.ts';
import { type Figures, measure } from '../measure/measure.ts';
import { mediansOf } from '../measure/medians.ts';
import type { Options } from '../options.ts';
import { ours, runProduct } from '../product/run-product.ts';
import { inShort } from '../report/in-short.ts';
import type { Template } from '../servers/databases.ts';
import { talk } from '../talk.ts';
import { writeWorkload } from '../workload/workload.ts';
import { backendsOf } from './backends.ts';

export interface CliffResult {
  backend: Backend;
  empty: Figures;
  warm: Figures;
}

/**
 * Few posts at first, one by one: sessions then have the plans that they keep while their tables were as the
 * template has them.
 */
const TRICKLE = { warmUp: 150, warmUpPerSecond: 50 };

/** What a reply costs on tables that were known to be empty when the sessions began, and on tables long in use. */
export async function runCliff(machine: Machine, { posts, rounds, seed }: Options): Promise<CliffResult[]> {
  const backends = backendsOf(machine);
  const runs = backends.map((backend) => ({ backend, empty: [] as Figures[], warm: [] as Figures[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { backend, ...results } of runs) {
      for (const template of ['empty', 'warm'] satisfies Template[]) {
        const { figures } = await runProduct(machine, { programs: ours, backend, template }, (system) =>
          measure(system, writeWorkload(posts, seed + round), TRICKLE),
        );
        talk(`${template} tables, ${backend}: ${inShort(figures)}`);
        results[template].push(figures);
      }
    }
  }
  return runs.map(({ backend, empty, warm }) => ({
    backend,
    empty: mediansOf(empty),
    warm: mediansOf(warm),
  }));
}
