import type { Command } from 'commander';
import { formatMoney } from '../domain/currency.ts';
import { maskEmail } from '../domain/text.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

export function orderCommands(program: Command, shell: Shell): void {
  const orders = program.command('orders').description('see orders');
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
      if (reveal)
        await db
          .insertInto('audit')
          .values({ staff_email: `${shell.user} (shell)`, action: 'reveal order', subject: id })
          .execute();
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
      if (json) return print(JSON.stringify({ ...shown, lines }));
      const money = (amount: number): string => formatMoney(amount, order.currency, 'en');
      print(`order ${order.id} at ${order.merchant_id}: ${order.status}, ${order.created_at.toISOString()}`);
      for (const line of lines)
        print(`  ${line.quantity} × ${line.sku} (${line.title}) ${money(line.price)} each`);
      print(
        `  items ${money(order.subtotal)}, shipping ${money(order.shipping)}, total ${money(order.total)}`,
      );
      print(
        `  payment ${order.payment_id}, cart ${order.cart_id}, shopper ${order.shopper_id} ${shown.email ?? ''}`,
      );
      if (shown.ship_to)
        print(
          `  to ${[shown.ship_to.name, ...Object.values(shown.ship_to.address)].filter(Boolean).join(', ')}`,
        );
    });
}
