import type { Command } from 'commander';
import { examine } from '../actions/examine.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

export function doctorCommand(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .description('check settings, database, queues, X, Stripe and mail; changes nothing')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExit code 1 when something does not work.')
    .action(async ({ json }: { json?: boolean }) => {
      shell.config(); // faults in the settings are told all at once, before anything is asked
      await using context = await shell.openContext();
      const findings = await examine(context);
      if (json) print(JSON.stringify(findings));
      else for (const { name, state, message } of findings) print(`${state.padEnd(4)}  ${name}: ${message}`);
      const failed = findings.filter((finding) => finding.state === 'fail').length;
      if (failed > 0) throw new PermanentError(`${failed} of ${findings.length} checks failed`);
    });
}
