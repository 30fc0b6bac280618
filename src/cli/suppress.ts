import { type Command, Option } from 'commander';
import { suppress } from '../actions/suppress.ts';
import { print, type Shell } from './shell.ts';

const causes = ['complaint', 'bounce'] as const;

/** @param shoppers the group `shoppers` of commands */
export function suppressCommand(shoppers: Command, shell: Shell): void {
  shoppers
    .command('suppress')
    .argument('<who>', '@handle, e-mail, cart or order number, post id, or an id of Stripe’s')
    .description('end mail to somebody who has complained about it, or whose mail comes back')
    .addOption(
      new Option(
        '--because <cause>',
        'complaint: no more mail about carts; bounce: no mail at all, until they give another address',
      )
        .choices(causes)
        .default('complaint'),
    )
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  replycart shoppers suppress sam@example.com\n  replycart shoppers suppress @sam_shops --because bounce',
    )
    .action(async (who: string, { because, json }: { because: (typeof causes)[number]; json?: boolean }) => {
      await using context = await shell.openContext();
      const shopper_ids = await suppress(context, who, because, `${shell.user} (shell)`);
      if (json) return print(JSON.stringify({ because, shopper_ids }));
      const effect =
        because === 'bounce'
          ? 'gets no mail until they give another address'
          : 'gets no more mail about carts and no reminders';
      for (const id of shopper_ids) print(`shopper ${id} ${effect}`);
    });
}
