import { type Command, Option } from 'commander';
import { z } from 'zod';
import { inviteStaff } from '../actions/staff-access.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

const roles = ['viewer', 'agent', 'admin'] as const;

export function staffCommands(program: Command, shell: Shell): void {
  program
    .command('staff')
    .description('who may use the support pages')
    .command('add')
    .argument('<email>')
    .description('print a link, good once and for a week, with which somebody chooses their password')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart staff add kim@example.com --role agent')
    .action(async (email: string, { role, json }: { role: (typeof roles)[number]; json?: boolean }) => {
      if (!z.email().safeParse(email).success) throw new PermanentError(`${email} is no e-mail address`);
      await using context = await shell.openContext();
      const token = await inviteStaff(context, email, role, `${shell.user} (shell)`);
      const link = `${context.config.PUBLIC_URL}/support/welcome/${token}`;
      print(json ? JSON.stringify({ email, role, link }) : link);
    });
}
