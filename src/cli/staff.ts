import { type Command, Option } from 'commander';
import { z } from 'zod';
import { inviteStaff } from '../actions/staff-access.ts';
import { requireMerchant } from '../db/merchants.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

const roles = ['viewer', 'agent', 'admin'] as const;

interface Options {
  role: (typeof roles)[number];
  merchant?: string;
  json?: boolean;
}

export function staffCommands(program: Command, shell: Shell): void {
  program
    .command('staff')
    .description('who may use the support pages')
    .command('add')
    .argument('<email>')
    .description('print a link, good once and for a week, with which somebody chooses their password')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option(
      '--merchant <id>',
      'whose staff they are: they look up this merchant’s codes, and see nothing else',
    )
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  replycart staff add kim@example.com --role agent\n  replycart staff add till@kiln.example --role agent --merchant kiln',
    )
    .action(async (email: string, { role, merchant, json }: Options) => {
      if (!z.email().safeParse(email).success) throw new PermanentError(`${email} is no e-mail address`);
      await using context = await shell.openContext();
      if (merchant !== undefined) await requireMerchant(context.db, merchant);
      const token = await inviteStaff(context, email, role, `${shell.user} (shell)`, merchant);
      const link = `${context.config.PUBLIC_URL}/support/welcome/${token}`;
      print(json ? JSON.stringify({ email, role, merchant, link }) : link);
    });
}
