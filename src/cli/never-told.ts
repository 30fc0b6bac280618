import type { Command } from 'commander';
import { neverTold } from '../db/never-told.ts';
import { print, type Shell } from './shell.ts';

export function neverToldCommand(program: Command, shell: Shell): void {
  const shoppers =
    program.commands.find((command) => command.name() === 'shoppers') ??
    program.command('shoppers').description('see shoppers');
  shoppers
    .command('never-told')
    .description('newcomers whose replies are kept for them, and whom nobody could tell so')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExample: who was missed because an account had not signed in\n  replycart shoppers never-told',
    )
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const found = await neverTold(context.db, context.config.HELD_DAYS);
      if (json) return print(JSON.stringify(found));
      for (const { merchant_id, why, shoppers: count, post_ids } of found)
        print(`${merchant_id}: ${count} shopper(s), ${why}: ${post_ids.join(' ')}`);
      if (found.length === 0) print('everybody whose reply is kept was told');
    });
}
