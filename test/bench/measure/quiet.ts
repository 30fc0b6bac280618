import { setTimeout as sleep } from 'node:timers/promises';
import { cpuOfMachine } from '../servers/proc.ts';
import { talk } from '../talk.ts';

const LOOK_MS = 1_000;
/** So many cores may be busy: our own servers are never quite still. */
const QUIET = 0.3;

/** Waits until nothing much runs on the machine, but not for ever: on a shared one the figures are better for it. */
export async function quiet(patienceSeconds: number): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1_000;
  let told = false;
  while (Date.now() < deadline) {
    const [before, begin] = [cpuOfMachine(), performance.now()];
    await sleep(LOOK_MS);
    const busy = (cpuOfMachine() - before) / ((performance.now() - begin) * 1_000);
    if (busy < QUIET) return;
    if (!told) talk(`${busy.toFixed(1)} cores are busy; waiting`);
    told = true;
  }
}
