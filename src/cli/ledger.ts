import type { Command } from 'commander';
import { adoptRefund } from '../actions/adopt-refund.ts';
import { compareWithStripe } from '../actions/compare-with-stripe.ts';
import { acceptDifference, openDifferences } from '../db/comparison.ts';
import { record } from '../db/staff.ts';
import { differenceText } from '../domain/comparison.ts';
import { formatMoney } from '../domain/currency.ts';
import { PermanentError } from '../errors.ts';
import { day } from './dates.ts';
import { ledgerShowCommands } from './ledger-show.ts';
import { print, type Shell } from './shell.ts';

export function ledgerCommands(program: Command, shell: Shell): void {
  const ledger = program
    .command('ledger')
    .description('the books: what moved, and whether Stripe says the same');
  ledger
    .command('check')
    .description(
      'compare the books with Stripe’s own lists: payments, sessions, refunds, disputes and events',
    )
    .option('--since <date>', 'from this day on, as 2026-11-22; without it since the last comparison', day)
    .option('--up-to-now', 'also the last two minutes, in which something may still be under way')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nRunning workers do this by themselves, once an hour. What only came late is asked for again and is no fault;' +
        '\nexit code 1 where something differs.\n\nExample:\n  replycart ledger check --since 2026-11-01',
    )
    .action(async ({ since, upToNow, json }: { since?: Date; upToNow?: boolean; json?: boolean }) => {
      await using context = await shell.openOutside();
      const check = await compareWithStripe(context, { since, upToNow });
      const open = await openDifferences(context.db);
      if (json) print(JSON.stringify({ ...check, open }));
      else {
        print(
          `${check.since.toISOString()} to ${check.until.toISOString()}: ${check.compared} compared, ${check.late} late, difference ${check.differences}`,
        );
        for (const each of open) print(`${each.late ? 'late' : 'fail'}  ${differenceText(each)}`);
      }
      if (check.differences > 0)
        throw new PermanentError(`the books and Stripe’s differ in ${check.differences}`);
    });
  ledger
    .command('accept')
    .argument('<id>', 'Stripe’s id of what differs, as the comparison names it')
    .description('note that a difference is understood and stays; it counts again when a side changes')
    .requiredOption('--reason <text>', 'why; that is recorded')
    .addHelpText(
      'after',
      '\nExample:\n  replycart ledger accept re_3Nx --reason "paid by bank transfer, 22 November"',
    )
    .action(async (id: string, { reason }: { reason: string }) => {
      await using context = await shell.openContext();
      if (!(await acceptDifference(context.db, id))) throw new PermanentError(`nothing differs in ${id}`);
      await record(context.db, `${shell.user} (shell)`, 'accept difference', id, reason);
      print(`the difference in ${id} is accepted`);
    });
  ledger
    .command('adopt')
    .argument('<id>', 'Stripe’s id of the refund, re_…')
    .description('note a refund that was made in Stripe’s dashboard; the shopper hears of it')
    .option('--restock', 'the pieces can be sold again, once all is given back')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart ledger adopt re_3NxQ2K')
    .action(async (id: string, { restock = false, json }: { restock?: boolean; json?: boolean }) => {
      if (!/^re_\w+$/.test(id)) throw new PermanentError(`${id} is no id of a refund: they begin with re_`);
      await using context = await shell.openOutside();
      const adopted = await adoptRefund(context, id, { restock, by: `${shell.user} (shell)` });
      if (json) return print(JSON.stringify(adopted));
      const money = formatMoney(adopted.amount, adopted.currency, 'en');
      print(`${money} given back by ${id} are ${adopted.isNew ? 'noted' : 'noted already'}`);
    });
  ledgerShowCommands(ledger, shell);
}
