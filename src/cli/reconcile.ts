import { type Command, InvalidArgumentError } from 'commander';
import { openIntake } from '../../workers/take-in.ts';
import { findMissing } from '../actions/reconcile.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

export function reconcileCommand(replies: Command, shell: Shell): void {
  replies
    .command('reconcile')
    .description(
      'ask X for the replies of the last hours and list those that never arrived; each found post costs half a cent',
    )
    .option('--hours <number>', 'how far back, at most 167', wholeHours, 24)
    .option('--take-in', 'store and settle what is missing')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExit code 1 where any is missing and was not taken in.\n\nExample:\n  replycart replies reconcile --hours 6 --take-in',
    )
    .action(async ({ hours, takeIn, json }: { hours: number; takeIn?: boolean; json?: boolean }) => {
      await using context = await shell.openOutside();
      const { found, missing } = await findMissing(context, hours);
      if (takeIn && missing.length > 0) {
        const intake = openIntake(context, new AbortController().signal);
        const lines = missing.map(({ post }) => Buffer.from(JSON.stringify({ data: post })));
        await intake.take('search', lines);
        await intake.stored();
      }
      const post_ids = missing.map(({ post_id }) => post_id);
      if (json) print(JSON.stringify({ found, missing: post_ids, taken_in: takeIn === true }));
      else {
        for (const id of post_ids) print(`${id} ${takeIn ? 'taken in' : 'missing'}`);
        print(
          `X has ${found} replies of the last ${hours} hours; ${post_ids.length} of them had not arrived`,
        );
      }
      if (post_ids.length > 0 && !takeIn)
        throw new PermanentError(`${post_ids.length} replies are missing here; --take-in settles them`);
    });
}

/** @throws InvalidArgumentError */
function wholeHours(text: string): number {
  const hours = Number(text);
  if (/^\d{1,3}$/.test(text) && hours >= 1 && hours <= 167) return hours;
  throw new InvalidArgumentError('must be a whole number from 1 to 167: search reaches back seven days');
}
