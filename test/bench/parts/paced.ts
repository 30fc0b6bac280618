import type { Backend, Machine } from '../measure/machine.ts';
import { type Figures, measure } from '../measure/measure.ts';
import type { Options } from '../options.ts';
import { ours, runProduct } from '../product/run-product.ts';
import { inShort } from '../report/in-short.ts';
import { talk } from '../talk.ts';
import { writeWorkload } from '../workload/workload.ts';
import { backendsOf } from './backends.ts';

export interface PacedResult extends Figures {
  backend: Backend;
  /** Posts that X delivered a second. */
  pace: number;
}

const WARM_UP_SECONDS = 1;

/** Delivers posts at a steady rate: how long do they take then? */
export async function runPaced(machine: Machine, { paces, seed }: Options): Promise<PacedResult[]> {
  const results: PacedResult[] = [];
  for (const { perSecond, seconds } of paces) {
    const workload = writeWorkload(perSecond * (seconds + WARM_UP_SECONDS), seed);
    for (const backend of backendsOf(machine)) {
      const { figures } = await runProduct(machine, { programs: ours, backend }, (system) =>
        measure(system, workload, {
          warmUp: perSecond * WARM_UP_SECONDS,
          warmUpPerSecond: perSecond,
          perSecond,
        }),
      );
      talk(`${perSecond}/s for ${seconds} s, ${backend}: ${inShort(figures)}`);
      results.push({ backend, pace: perSecond, ...figures });
    }
  }
  return results;
}
