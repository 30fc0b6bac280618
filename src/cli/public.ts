import type { Command } from 'commander';
import { publicState, resumePosting } from '../db/public-replies.ts';
import { print, type Shell } from './shell.ts';

export function publicCommands(program: Command, shell: Shell): void {
  const said = program.command('public').description('what merchants’ accounts say in public');
  said
    .command('show')
    .description('how many public replies became what, and whether anything is posted at all')
    .option('--json', 'print as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const state = await publicState(context.db);
      if (json) return print(JSON.stringify(state));
      if (state.stopped_at) print(`stopped ${state.stopped_at.toISOString()}: ${state.stopped_why}`);
      for (const { merchant_id, status, reason, count } of state.replies)
        print(`${merchant_id}: ${count} ${status}${reason ? `: ${reason}` : ''}`);
      if (state.replies.length === 0) print('nothing was to be said so far');
    });
  said
    .command('resume')
    .description('post again, after X’s credits were used up or the app was not let')
    .addHelpText('after', '\nWhat was to be said more than a day ago is not said any more.')
    .action(async () => {
      await using context = await shell.openContext();
      await resumePosting(context.db);
      print('public replies are posted again');
    });
}
