import type { Command } from 'commander';
import { deliverOrder } from '../actions/deliver-order.ts';
import { planRefund, refundOrder } from '../actions/refund-order.ts';
import { shipOrder } from '../actions/ship-order.ts';
import { downloadsOf } from '../db/downloads.ts';
import { readLater } from '../db/order-later.ts';
import { record } from '../db/staff.ts';
import { vouchersOf } from '../db/vouchers.ts';
import { formatMoney, parsePrice } from '../domain/currency.ts';
import { maskEmail } from '../domain/text.ts';
import { PermanentError } from '../errors.ts';
import { laterTexts } from '../views/order-later.ts';
import { orderChangeCommands } from './orders-change.ts';
import { orderExportCommand } from './orders-export.ts';
import { print, type Shell } from './shell.ts';

interface RefundOptions {
  amount?: string;
  restock?: boolean;
  despiteDispute?: boolean;
  yes?: boolean;
  json?: boolean;
}

export function orderCommands(program: Command, shell: Shell): void {
  const orders = program.command('orders').description('see, send and export orders, and give money back');
  orders
    .command('show')
    .argument('<id>', 'the order’s number')
    .description('what was ordered and paid, and where it goes')
    .option('--json', 'print as JSON')
    .option('--reveal', 'with the shopper’s address; that is recorded')
    .addHelpText('after', '\nExample:\n  replycart orders show 12 --reveal')
    .action(async (id: string, { json, reveal }: { json?: boolean; reveal?: boolean }) => {
      if (!/^\d{1,18}$/.test(id)) throw new PermanentError(`${id} is no order number`);
      await using context = await shell.openContext();
      const { db } = context;
      const order = await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
      if (!order) throw new PermanentError(`there is no order ${id}`);
      const lines = await db
        .selectFrom('order_lines')
        .selectAll()
        .where('order_id', '=', id)
        .orderBy('sku')
        .execute();
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
        print(`  ${line.quantity} × ${line.sku} (${line.title}) ${money(line.price)} each`);
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
      for (const { title, id: number, used_at, used_by } of vouchers)
        print(
          `  voucher ${number} for ${title}: ${used_at ? `used ${used_at.toISOString()}, taken by ${used_by}` : 'not used'}`,
        );
    });
  orders
    .command('deliver')
    .argument('<id>', 'the order’s number')
    .description('give the downloads of an order anew, and mail them and its codes once more')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart orders deliver 12')
    .action(async (id: string, { json }: { json?: boolean }) => {
      if (!/^\d{1,18}$/.test(id)) throw new PermanentError(`${id} is no order number`);
      await using context = await shell.openContext();
      await deliverOrder(context, id, `${shell.user} (shell)`);
      print(
        json
          ? JSON.stringify({ order_id: id, delivered: true })
          : `what order ${id} brings is mailed once more; download links of before have ended`,
      );
    });
  orders
    .command('refund')
    .argument('<id>', 'the order’s number')
    .description('give an order’s money back, or a part of it; the shopper hears of it')
    .option('--amount <price>', 'a part of it, as 5.00; without it all that is left')
    .option('--restock', 'the pieces can be sold again, once all is given back')
    .option('--despite-dispute', 'although a bank disputes the payment, and may give it back by itself')
    .option('--yes', 'do it; without it the command only says what it would do')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  replycart orders refund 12 --yes\n  replycart orders refund 12 --amount 5.00 --yes',
    )
    .action(async (id: string, given: RefundOptions) => {
      if (!/^\d{1,18}$/.test(id)) throw new PermanentError(`${id} is no order number`);
      await using context = await shell.openContext();
      const { db } = context;
      const order = await db.selectFrom('orders').select('currency').where('id', '=', id).executeTakeFirst();
      if (!order) throw new PermanentError(`there is no order ${id}`);
      const amount = given.amount === undefined ? undefined : parsePrice(given.amount, order.currency);
      if (given.amount !== undefined && amount === undefined)
        throw new PermanentError(`${given.amount} is no amount of ${order.currency}: write it as 5.00`);
      const by = `${shell.user} (shell)`;
      const { restock = false, despiteDispute } = given;
      const wish = { amount, restock, by, despiteDispute };
      const refund = await (given.yes ? refundOrder(context, id, wish) : planRefund(db, id, amount));
      if (given.json) return print(JSON.stringify({ order_id: id, done: given.yes ?? false, ...refund }));
      const money = formatMoney(refund.amount, refund.currency, 'en');
      print(
        given.yes
          ? `${money} of order ${id} are given back`
          : `would give ${money} of order ${id} back: add --yes to do it${'disputed' in refund && refund.disputed ? '; a bank disputes the payment, so --despite-dispute, too' : ''}`,
      );
    });
  orders
    .command('ship')
    .argument('<id>', 'the order’s number')
    .description('note that an order is on its way; the shopper hears of it')
    .option('--carrier <name>', 'who brings it, as DHL')
    .option('--tracking <number>', 'the parcel’s number, or the address that follows it')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  replycart orders ship 12 --carrier DHL --tracking 00340434161094042557',
    )
    .action(async (id: string, given: { carrier?: string; tracking?: string; json?: boolean }) => {
      if (!/^\d{1,18}$/.test(id)) throw new PermanentError(`${id} is no order number`);
      await using context = await shell.openContext();
      const { carrier = null, tracking = null, json } = given;
      const { told } = await shipOrder(context, id, { carrier, tracking, by: `${shell.user} (shell)` });
      if (json) return print(JSON.stringify({ order_id: id, carrier, tracking, told }));
      print(
        `order ${id} is on its way${told ? ', and the shopper hears of it' : '; the shopper was told before'}`,
      );
    });
  orderChangeCommands(orders, shell);
  orderExportCommand(orders, shell);
}
