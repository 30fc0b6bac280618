import { table } from '../bench/report/table.ts';
import setUp, { stopping } from '../global-setup.ts';
import { endAll } from '../harness/at-end.ts';
import { readOptions, USAGE } from './options.ts';
import { type Report, run } from './run.ts';

await main();

/** Exit code 1 where anything is not as it has to be. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(USAGE);
    return;
  }
  try {
    await setUp();
    const report = await run(options);
    process.stdout.write(`${printed(report, options.seed)}\n`);
    if (report.proofs.some(({ against }) => against.length > 0)) process.exitCode = 1;
  } finally {
    await endAll();
    for (const stop of stopping) await stop();
  }
}

function printed({ tally, proofs, seconds }: Report, seed: number): string {
  const happened = [...tally]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, times]) => [what, String(times)]);
  const proven = proofs.map(({ name, against }) => [
    name,
    against.length === 0 ? 'yes' : `no: ${against.slice(0, 3).join('; ')}`,
  ]);
  return [
    `seed ${seed}: ${seconds.shopping.toFixed(1)} s of shopping, settled ${seconds.settling.toFixed(1)} s later`,
    table(['what happened', 'times'], happened),
    table(['what has to be true', ''], proven),
  ].join('\n\n');
}
