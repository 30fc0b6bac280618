import { type Command, Option } from 'commander';
import { work } from '../../workers/main.ts';
import { listenToX } from '../../workers/stream.ts';
import { prepareDatabase, requirePrepared } from '../actions/prepare-database.ts';
import type { Context } from '../context.ts';
import { ConfigError } from '../errors.ts';
import { type JobName, jobNames } from '../queue.ts';
import { serveWeb, webApp } from '../web/server.ts';
import { print, type Shell } from './shell.ts';

/** The processes of the Procfile, one command each. */
export function processCommands(program: Command, shell: Shell): void {
  program
    .command('web')
    .description('serve the pages and Stripe’s webhook')
    .action(() =>
      runProcess(shell, (context) =>
        serveWeb(context, webApp(context), shell.signal, () => print(`ready ${context.config.PUBLIC_URL}`)),
      ),
    );
  program
    .command('stream')
    .description('listen to X; one process is active, others stand by')
    .action(() => runProcess(shell, (context) => listenToX(context, shell.signal)));
  program
    .command('worker')
    .description('work on jobs: settle replies, send mail, record payments')
    .addOption(new Option('--jobs <names...>', 'take only these jobs').choices(jobNames))
    .addHelpText('after', '\nExample: mail in a process of its own\n  replycart worker --jobs send-mails')
    .action(({ jobs }: { jobs?: JobName[] }) =>
      runProcess(shell, (context) => work(context, shell.signal, jobs)),
    );
  program
    .command('migrate')
    .description('bring the database up to date')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const ran = await prepareDatabase(context);
      if (json) print(JSON.stringify({ ran }));
      else print(ran.length > 0 ? `ran ${ran.join(', ')}` : 'the database is up to date');
    });
}

async function runProcess(shell: Shell, main: (context: Context) => Promise<void>): Promise<void> {
  if (shell.config().sandbox) {
    throw new ConfigError(
      'no X and no Stripe credential is set: "replycart start" runs the sandbox; single processes need real credentials',
    );
  }
  await using context = await shell.openContext();
  await requirePrepared(context);
  await main(context);
}
