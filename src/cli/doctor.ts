import type { Command } from 'commander';
import { examine } from '../actions/examine.ts';
import type { Context } from '../context.ts';
import { checkInvariants } from '../db/invariants.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

/** Prints each invariant, and what breaks it. @throws PermanentError where something does */
async function proveBooks({ db }: Context, json: boolean): Promise<void> {
  const results = await checkInvariants(db);
  if (json) print(JSON.stringify(results));
  else
    for (const { name, breaches, about } of results)
      print(
        breaches === 0 ? `ok    ${name}` : `fail  ${name}: not so for ${breaches}, as ${about.join('; ')}`,
      );
  const broken = results.filter(({ breaches }) => breaches > 0).length;
  if (broken > 0) throw new PermanentError(`${broken} of ${results.length} invariants are broken`);
}

export function doctorCommand(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .description('check settings, database, queues, X, Stripe and mail; changes nothing')
    .option(
      '--invariants',
      'prove the book-keeping instead: orders, payments, refunds, stock, replies and mails against each other',
    )
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExit code 1 when something does not work, or the books are wrong.\n\nExample: every night\n  replycart doctor --invariants',
    )
    .action(async ({ json, invariants }: { json?: boolean; invariants?: boolean }) => {
      shell.config(); // faults in the settings are told all at once, before anything is asked
      await using context = await shell.openContext();
      if (invariants) return await proveBooks(context, json ?? false);
      const findings = await examine(context);
      if (json) print(JSON.stringify(findings));
      else for (const { name, state, message } of findings) print(`${state.padEnd(4)}  ${name}: ${message}`);
      const failed = findings.filter((finding) => finding.state === 'fail').length;
      if (failed > 0) throw new PermanentError(`${failed} of ${findings.length} checks failed`);
    });
}
