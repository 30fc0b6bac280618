import type { Command } from 'commander';
import { deliverOrder } from '../actions/deliver-order.ts';
import { shipOrder } from '../actions/ship-order.ts';
import { downloadsOf } from '../db/downloads.ts';
import { readLater } from '../db/order-later.ts';
import { linesOfOrder } from '../db/orders.ts';
import { record } from '../db/staff.ts';
import { vouchersOf } from '../db/vouchers.ts';
import { formatMoney } from '../domain/currency.ts';
import { maskEmail } from '../domain/text.ts';
import { voucherState } from '../domain/voucher-state.ts';
import { PermanentError } from '../errors.ts';
import { laterTexts } from '../views/order-later.ts';
import { orderNumber } from './order-number.ts';
import { orderChangeCommands } from './orders-change.ts';
import { orderExportCommand } from './orders-export.ts';
import { refundCommand } from './orders-refund.ts';
import { print, type Shell } from './shell.ts';

export function orderCommands(program: Command, shell: Shell): void {
  const orders = program.command('orders').description('see, send and export orders, and give money back');
  orders
    .command('show')
    .argument('<id>', 'the order’s number', orderNumber)
    .description('what was ordered and paid, and where it goes')
    .option('--json', 'print as JSON')
    .option('--reveal', 'with the shopper’s address; that is recorded')
    .addHelpText('after', '\nExample:\n  replycart orders show 12 --reveal')
    .action(async (id: string, { json, reveal }: { json?: boolean; reveal?: boolean }) => {
      await using context = await shell.openContext();
      const { db } = context;
      const order = await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
      if (!order) throw new PermanentError(`there is no order ${id}`);
      const lines = await linesOfOrder(db, id);
      const later = await readLater(db, order);
      if (reveal) await record(db, `${shell.user} (shell)`, 'reveal order', id);
      const shown = reveal
        ? order
        : {
            ...order,
            email: order.email && maskEmail(order.email),
            ship_to: order.ship_to && {
              name: null,
              address: { ...order.ship_to.address, line1: null, line2: null, postal_code: null },
            },
          };
      const [downloads, vouchers] = [await downloadsOf(db, id), await vouchersOf(db, id)];
      if (json) return print(JSON.stringify({ ...shown, lines, ...later, downloads, vouchers }));
      const money = (amount: number): string => formatMoney(amount, order.currency, 'en');
      print(`order ${order.id} at ${order.merchant_id}: ${order.status}, ${order.created_at.toISOString()}`);
      for (const line of lines)
        print(
          `  ${line.quantity} × ${line.sku} (${line.title}) ${money(line.price)} each${line.given_back > 0 ? `, ${line.given_back} given back` : ''}`,
        );
      print(
        `  items ${money(order.subtotal)}, shipping ${money(order.shipping)}, tax ${money(order.tax)}, total ${money(order.total)}`,
      );
      if (order.tax_included > 0) print(`  tax in the prices ${money(order.tax_included)}`);
      if (order.destination) print(`  to the account ${order.destination}, our part ${money(order.fee)}`);
      print(
        `  payment ${order.payment_id}, cart ${order.cart_id}, shopper ${order.shopper_id} ${shown.email ?? ''}`,
      );
      if (shown.ship_to)
        print(
          `  to ${[shown.ship_to.name, ...Object.values(shown.ship_to.address)].filter(Boolean).join(', ')}`,
        );
      for (const { at, text } of laterTexts(order, later)) print(`  ${at.toISOString()} ${text}`);
      for (const { title, uses, allowed, expires_at } of downloads)
        print(
          `  ${title} was downloaded ${uses.length} of ${allowed} times${uses.map((at) => ` ${at.toISOString()}`)}; it can be until ${expires_at.toISOString()}`,
        );
      for (const voucher of vouchers)
        print(`  voucher ${voucher.id} for ${voucher.title}: ${voucherState(voucher).text}`);
    });
  orders
    .command('deliver')
    .argument('<id>', 'the order’s number', orderNumber)
    .description('give the downloads of an order anew, and mail them and its codes once more')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart orders deliver 12')
    .action(async (id: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      await deliverOrder(context, id, `${shell.user} (shell)`);
      print(
        json
          ? JSON.stringify({ order_id: id, delivered: true })
          : `what order ${id} brings is mailed once more; download links of before have ended`,
      );
    });
  orders
    .command('ship')
    .argument('<id>', 'the order’s number', orderNumber)
    .description('note that an order is on its way; the shopper hears of it')
    .option('--carrier <name>', 'who brings it, as DHL')
    .option('--tracking <number>', 'the parcel’s number, or the address that follows it')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  replycart orders ship 12 --carrier DHL --tracking 00340434161094042557',
    )
    .action(async (id: string, given: { carrier?: string; tracking?: string; json?: boolean }) => {
      await using context = await shell.openContext();
      const { carrier = null, tracking = null, json } = given;
      const { told } = await shipOrder(context, id, { carrier, tracking, by: `${shell.user} (shell)` });
      if (json) return print(JSON.stringify({ order_id: id, carrier, tracking, told }));
      print(
        `order ${id} is on its way${told ? ', and the shopper hears of it' : '; the shopper was told before'}`,
      );
    });
  refundCommand(orders, shell);
  orderChangeCommands(orders, shell);
  orderExportCommand(orders, shell);
}
