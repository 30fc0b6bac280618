import type { Backend, Machine } from '../measure/machine.ts';
import { type Figures, measure } from '../measure/measure.ts';
import type { Options } from '../options.ts';
import { ours, runProduct } from '../product/run-product.ts';
import { inShort } from '../report/in-short.ts';
import { talk } from '../talk.ts';
import { writeWorkload } from '../workload/workload.ts';
import { backendsOf } from './backends.ts';

export interface BurstResult extends Figures {
  backend: Backend;
}

const WARM_UP = 1_000;

/** Delivers everything at once: how long until all of it is settled, and in how much memory? */
export async function runBurst(machine: Machine, { burst, seed }: Options): Promise<BurstResult[]> {
  const workload = writeWorkload(burst + WARM_UP, seed);
  const results: BurstResult[] = [];
  for (const backend of backendsOf(machine)) {
    const { figures } = await runProduct(machine, { programs: ours, backend }, (system) =>
      measure(system, workload, { warmUp: WARM_UP }),
    );
    talk(`${burst} at once, ${backend}: ${inShort(figures)}`);
    results.push({ backend, ...figures });
  }
  return results;
}
