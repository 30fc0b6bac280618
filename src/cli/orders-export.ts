import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { orderRows } from '../db/order-rows.ts';
import { record } from '../db/staff.ts';
import { priceText } from '../domain/currency.ts';
import { day } from './dates.ts';
import { print, type Shell } from './shell.ts';

interface Options {
  merchant?: string;
  since?: Date;
  unshipped?: boolean;
  json?: boolean;
}

export function orderExportCommand(orders: Command, shell: Shell): void {
  orders
    .command('export')
    .description(
      'print orders with their addresses, a line for each thing that was ordered; that is recorded',
    )
    .option('--merchant <id>', 'only of this merchant')
    .option('--since <date>', 'only from this day on, as 2026-11-22', day)
    .option('--unshipped', 'only what has to be sent: paid, not cancelled, not given back, not on its way')
    .option('--json', 'print as JSON; without it CSV')
    .addHelpText(
      'after',
      `
As things are now: a swapped line is the option that it is now. Of quantity, so many were given_back, and so many are to_send.
What the order has cost (subtotal to refunded) stands in each of its lines; refunded is what was given back, or is about to be.

Example:
  replycart orders export --merchant shop --unshipped > to-pack.csv`,
    )
    .action(async ({ merchant, since, unshipped, json }: Options) => {
      await using context = await shell.openContext();
      const rows = await orderRows(context.db, { merchant_id: merchant, since, unshipped });
      await record(context.db, `${shell.user} (shell)`, 'export orders', merchant ?? 'all');
      if (json) return print(JSON.stringify(rows));
      const table = rows.map(
        ({
          ship_to,
          price,
          subtotal,
          shipping,
          tax,
          tax_included,
          total,
          refunded,
          fee,
          ordered_at,
          shipped_at,
          ...row
        }) => {
          const money = (amount: number): string => priceText(amount, row.currency);
          const { line1, line2, city, state, postal_code, country = row.country } = ship_to?.address ?? {};
          return {
            ...row,
            ...{ ordered_at: ordered_at.toISOString(), shipped_at: shipped_at?.toISOString() },
            ...{
              price: money(price),
              subtotal: money(subtotal),
              shipping: money(shipping),
              tax: money(tax),
              tax_included: money(tax_included),
              total: money(total),
              refunded: money(refunded),
              fee: money(fee),
            },
            ...{ name: ship_to?.name, line1, line2, city, state, postal_code, country },
          };
        },
      );
      // Names and addresses are typed by shoppers: a spreadsheet must not take them for formulas.
      print(stringify(table, { header: true, columns: COLUMNS, escape_formulas: true }).trimEnd());
    });
}

const COLUMNS = [
  ...['order_id', 'ordered_at', 'merchant_id', 'status', 'shipped_at', 'carrier', 'tracking'],
  ...[
    'sku',
    'title',
    'kind',
    'quantity',
    'given_back',
    'to_send',
    'price',
    'currency',
    'subtotal',
    'shipping',
    'tax',
    'tax_included',
    'total',
    'refunded',
    'fee',
    'payment_id',
  ],
  ...['handle', 'email', 'name', 'line1', 'line2', 'city', 'state', 'postal_code', 'country'],
];
