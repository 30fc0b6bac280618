import type { Command } from 'commander';
import { cancelOrder } from '../actions/cancel-order.ts';
import { swapLine } from '../actions/swap-line.ts';
import { formatMoney } from '../domain/currency.ts';
import { PermanentError } from '../errors.ts';
import { staffRefusals } from '../views/support-texts.ts';
import { orderNumber } from './order-number.ts';
import { print, type Shell } from './shell.ts';

/** Orders that are not on their way yet can be cancelled, and their lines swapped. */
export function orderChangeCommands(orders: Command, shell: Shell): void {
  const by = `${shell.user} (shell)`;
  orders
    .command('cancel')
    .argument('<id>', 'the order’s number', orderNumber)
    .description('cancel an order that is not on its way: all goes back; merchant and shopper hear of it')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart orders cancel 12')
    .action(async (id: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const result = await cancelOrder(context, id, by);
      if (result.kind === 'refused')
        throw new PermanentError(`order ${id}: ${staffRefusals.cancel[result.why]}`);
      const { amount, currency } = result;
      if (json) return print(JSON.stringify({ order_id: id, amount, currency }));
      print(`order ${id} is cancelled, and ${formatMoney(amount, currency, 'en')} go back`);
    });
  orders
    .command('swap')
    .argument('<id>', 'the order’s number', orderNumber)
    .argument('<from>', 'the SKU that was ordered')
    .argument('<to>', 'the SKU of another option of the same product')
    .description('swap a line of an order that is not on its way; merchant and shopper hear of it')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart orders swap 12 TEE-RED-M TEE-RED-L')
    .action(async (id: string, from: string, to: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const result = await swapLine(context, id, { from, to }, by);
      if (result.kind === 'refused')
        throw new PermanentError(`order ${id}: ${staffRefusals.swap[result.why]}`);
      print(
        json
          ? JSON.stringify({ order_id: id, from, to, swap_id: result.swap_id })
          : `order ${id}: ${from} is swapped for ${to}`,
      );
    });
}
