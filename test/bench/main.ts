import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Machine } from './measure/machine.ts';
import { STATEMENT_SETTINGS } from './measure/profile.ts';
import { type Options, type Part, readOptions, USAGE } from './options.ts';
import { runBurst } from './parts/burst.ts';
import { runCliff } from './parts/cliff.ts';
import { runMail } from './parts/mail.ts';
import { runPaced } from './parts/paced.ts';
import { runRounds } from './parts/rounds.ts';
import { goalsOf } from './report/goals.ts';
import { type MachineFacts, machineFacts } from './report/machine-facts.ts';
import { printed } from './report/print.ts';
import { faultsIn, type Results } from './report/results.ts';
import { makeTemplates } from './servers/databases.ts';
import { startPostgres } from './servers/postgres.ts';
import { startRedis } from './servers/redis.ts';
import { talk } from './talk.ts';

const EXAMPLES = 10;

await main();

/** Measures what the command line asks for. Exit code 1 where anything was lost, doubled or misread; missed goals are told. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(USAGE);
    return;
  }
  const facts = machineFacts();
  const results = await run(options);
  report(options, facts, results);
  const { count, examples } = faultsIn(results);
  if (count === 0) return;
  const some = [...new Set(examples)].slice(0, EXAMPLES).map((example) => `\n  ${example}`);
  talk(`${count} lost, doubled or wrong, as${some.join('')}`);
  process.exitCode = 1;
}

async function run(options: Options): Promise<Results> {
  const profiles = options.profiles === undefined ? undefined : path.resolve(options.profiles);
  if (profiles) mkdirSync(profiles, { recursive: true });
  await using postgres = await startPostgres(profiles ? STATEMENT_SETTINGS : []);
  await using redis = await startRedis();
  if (!redis) talk('redis-server is not on this machine: what needs it is left out');
  const wants = (...parts: Part[]): boolean => parts.some((part) => options.parts.includes(part));
  talk('preparing the databases');
  const databases = await makeTemplates(
    postgres,
    options.filled,
    wants('cliff') ? ['empty', 'warm'] : ['empty'],
  );
  const machine: Machine = { postgres, redis, databases, profiles, patience: options.patience };
  return {
    rounds: wants('a', 'b', 'c', 'd') ? await runRounds(machine, options) : { rounds: [], medians: {} },
    paced: wants('paced') ? await runPaced(machine, options) : [],
    burst: wants('burst') ? await runBurst(machine, options) : [],
    mail: wants('mail') ? await runMail(machine, options) : [],
    cliff: wants('cliff') ? await runCliff(machine, options) : [],
  };
}

function report(options: Options, machine: MachineFacts, results: Results): void {
  const goals = goalsOf(results);
  const text = printed(results, goals, machine);
  const json = JSON.stringify({ machine, options, ...results, goals }, null, 2);
  if (options.json === '-') {
    process.stderr.write(`${text}\n`);
    process.stdout.write(`${json}\n`);
    return;
  }
  process.stdout.write(`${text}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${json}\n`);
}
