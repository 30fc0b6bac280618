import type { Command } from 'commander';
import { eraseShopper } from '../actions/erase-shopper.ts';
import { exportShopper } from '../actions/export-shopper.ts';
import type { Context } from '../context.ts';
import { findShopper } from '../db/shoppers.ts';
import { record } from '../db/staff.ts';
import { searchSupport } from '../db/support-search.ts';
import { isErased } from '../domain/erased.ts';
import { PermanentError } from '../errors.ts';
import { ask } from './ask.ts';
import { print, type Shell } from './shell.ts';

const WHO = '@handle, e-mail, X user id, cart or order number, post id, or an id of Stripe’s';

export function shopperCommands(shoppers: Command, shell: Shell): void {
  shoppers
    .command('export')
    .argument('<who>', WHO)
    .description('everything that is held of a shopper, as JSON; that is recorded')
    .option('--json', 'on one line')
    .addHelpText('after', '\nExample:\n  replycart shoppers export @sam_shops > sam.json')
    .action(async (who: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const shopper_id = await onlyOne(context, who);
      const exported = await exportShopper(context, shopper_id);
      if (!exported) throw new PermanentError('another export is under way: try again in a moment');
      await record(context.db, `${shell.user} (shell)`, 'export', `shopper ${shopper_id}`);
      print(JSON.stringify(exported, null, json ? 0 : 2));
    });
  shoppers
    .command('erase')
    .argument('<who>', WHO)
    .description('erase a shopper; orders stay without a name, as docs/privacy.md says')
    .option('--json', 'print as JSON')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  replycart shoppers erase sam@example.com --yes')
    .action(async (who: string, { json, yes }: { json?: boolean; yes?: boolean }) => {
      await using context = await shell.openContext();
      const shopper_id = await onlyOne(context, who);
      const username = (await findShopper(context.db, shopper_id))?.username;
      const named = username
        ? `@${username} (X user ${shopper_id})`
        : `X user ${shopper_id}, who is not linked`;
      await ask(`Erase ${named}? That cannot be undone.`, { yes });
      const nobody = await eraseShopper(context, shopper_id);
      await record(context.db, `${shell.user} (shell)`, 'erase', `shopper ${nobody}`);
      print(json ? JSON.stringify({ erased: nobody }) : `erased; orders, if any, stay under ${nobody}`);
    });
}

/** @throws PermanentError where nobody is known, or several are */
async function onlyOne({ db }: Context, who: string): Promise<string> {
  const hits = await searchSupport(db, who);
  const ids = new Set(
    hits.flatMap((hit) => (hit.kind === 'shopper' && !isErased(hit.shopper_id) ? [hit.shopper_id] : [])),
  );
  const [only] = ids;
  if (only === undefined) throw new PermanentError(`nobody is known by ${who}`);
  if (ids.size > 1)
    throw new PermanentError(`${who} is not only one shopper; say which: ${[...ids].join(', ')}`);
  return only;
}
