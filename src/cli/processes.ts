import { type Command, Option } from 'commander';
import { prepareDatabase, requirePrepared } from '../actions/prepare-database.ts';
import type { Context } from '../context.ts';
import { ConfigError } from '../errors.ts';
import { type JobName, jobNames } from '../queue.ts';
import { print, type Shell } from './shell.ts';

/** The processes of the Procfile, one command each. Each loads what it runs and nothing else: that is most of its memory at rest. */
export function processCommands(program: Command, shell: Shell): void {
  program
    .command('web')
    .description('serve the pages and Stripe’s webhook')
    .action(() =>
      runProcess(shell, async (context) => {
        const { serveWeb, webApp } = await import('../web/server.ts');
        const ready = () => print(`ready ${context.config.PUBLIC_URL}`);
        await serveWeb(context, webApp(context), shell.signal, ready);
      }),
    );
  program
    .command('stream')
    .description('listen to X; one process is active, others stand by')
    .action(() =>
      runProcess(shell, async (context) => {
        const { listenToX } = await import('../../workers/stream.ts');
        await listenToX(context, shell.signal);
      }),
    );
  program
    .command('worker')
    .description('work on jobs: settle replies, send mail, record payments')
    .addOption(new Option('--jobs <names...>', 'take only these jobs').choices(jobNames))
    .addHelpText('after', '\nExample: mail in a process of its own\n  replycart worker --jobs send-mails')
    .action(({ jobs }: { jobs?: JobName[] }) =>
      runProcess(shell, async (context) => {
        const { work } = await import('../../workers/main.ts');
        await work(context, shell.signal, jobs);
      }),
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
