import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { balances, type LedgerPart, ledgerEntries, movedByKind } from '../db/ledger.ts';
import { formatMoney, priceText } from '../domain/currency.ts';
import { month } from './dates.ts';
import { print, type Shell } from './shell.ts';

interface Options {
  merchant?: string;
  month?: Pick<LedgerPart, 'since' | 'until'>;
  json?: boolean;
}

const KINDS = {
  payment: 'paid by shoppers',
  transfer: 'to the merchant’s account',
  fee: 'the platform’s percentage',
  refund: 'given back to shoppers',
  reversal: 'of that, from the merchant’s account',
  fee_refund: 'of that, from the percentage',
  dispute: 'taken back by banks',
  dispute_won: 'returned by banks',
};

export function ledgerShowCommands(ledger: Command, shell: Shell): void {
  ledger
    .command('show')
    .description('what moved, and where it is now: for each merchant and currency')
    .option('--merchant <id>', 'only of this merchant')
    .option('--month <month>', 'only of this month, as 2026-11 (UTC)', month)
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart ledger show --merchant shop --month 2026-11')
    .action(async ({ merchant, month: span, json }: Options) => {
      await using context = await shell.openContext();
      const part = { merchant_id: merchant, ...span };
      const moved = await movedByKind(context.db, part);
      const held = await balances(context.db, part);
      if (json) return print(JSON.stringify({ moved, balances: held }));
      for (const about of new Set(moved.map((row) => `${row.merchant_id}, ${row.currency}`))) {
        print(about);
        const ours = (row: { merchant_id: string; currency: string }): boolean =>
          `${row.merchant_id}, ${row.currency}` === about;
        for (const { kind, entries, amount, currency } of moved.filter(ours))
          print(`  ${KINDS[kind]}: ${formatMoney(amount, currency, 'en')} (${entries})`);
        const places = held
          .filter(ours)
          .map(({ account, balance, currency }) => `${account} ${formatMoney(balance, currency, 'en')}`);
        print(`  balances: ${places.join(', ')}`);
      }
      if (moved.length === 0) print('nothing has moved');
    });
  ledger
    .command('export')
    .description('print the entries, a line each')
    .option('--merchant <id>', 'only of this merchant')
    .option('--month <month>', 'only of this month, as 2026-11 (UTC)', month)
    .option('--json', 'print as JSON; without it CSV')
    .addHelpText('after', '\nExample:\n  replycart ledger export --month 2026-11 > november.csv')
    .action(async ({ merchant, month: span, json }: Options) => {
      await using context = await shell.openContext();
      const entries = await ledgerEntries(context.db, { merchant_id: merchant, ...span });
      if (json) return print(JSON.stringify(entries));
      const rows = entries.map((entry) => ({
        ...entry,
        booked_at: entry.booked_at.toISOString(),
        amount: priceText(entry.amount, entry.currency),
      }));
      print(stringify(rows, { header: true, columns: COLUMNS, escape_formulas: true }).trimEnd());
    });
}

const COLUMNS = [
  ...['booked_at', 'merchant_id', 'kind', 'taken_from', 'given_to', 'amount', 'currency'],
  ...['outside_id', 'payment_id', 'order_id'],
];
