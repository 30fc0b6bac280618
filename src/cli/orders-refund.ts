import type { Command } from 'commander';
import { planRefund, type RefundWish, refundOrder } from '../actions/refund-order.ts';
import { formatMoney, parsePrice } from '../domain/currency.ts';
import { type PlannedPieces, piecesText } from '../domain/given-back.ts';
import { PermanentError } from '../errors.ts';
import { orderNumber } from './order-number.ts';
import { print, type Shell } from './shell.ts';

interface Options {
  amount?: string;
  of?: RefundWish['of'];
  restock?: boolean;
  despiteDispute?: boolean;
  yes?: boolean;
  json?: boolean;
}

export function refundCommand(orders: Command, shell: Shell): void {
  orders
    .command('refund')
    .argument('<id>', 'the order’s number', orderNumber)
    .description('give an order’s money back, or a part of it; the shopper hears of it')
    .option('--of <sku>', 'what it is for: all of a line, or SEAT=1, one piece of it; again for more', pieces)
    .option('--amount <price>', 'as 5.00; without it what the pieces have cost, or all that is left')
    .option(
      '--restock',
      'what --of names can be sold again; without it all of the order, once all is given back',
    )
    .option('--despite-dispute', 'although a bank disputes the payment, and may give it back by itself')
    .option('--yes', 'do it; without it the command only says what it would do')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
What --of names is the shopper's no more: codes of it that are not used are void, its downloads end once all of the line is
given back, and it is not sent. An amount by itself leaves all of that as it is.

Examples:
  replycart orders refund 12 --yes
  replycart orders refund 12 --amount 5.00 --yes
  replycart orders refund 12 --of SEAT=1 --restock --yes`,
    )
    .action(async (id: string, given: Options) => {
      await using context = await shell.openContext();
      const { db } = context;
      const order = await db.selectFrom('orders').select('currency').where('id', '=', id).executeTakeFirst();
      if (!order) throw new PermanentError(`there is no order ${id}`);
      const amount = given.amount === undefined ? undefined : parsePrice(given.amount, order.currency);
      if (given.amount !== undefined && amount === undefined)
        throw new PermanentError(`${given.amount} is no amount of ${order.currency}: write it as 5.00`);
      const { restock = false, despiteDispute, of } = given;
      const planned = await planRefund(db, id, { amount, of });
      if (!given.yes) {
        if (given.json) return print(JSON.stringify({ order_id: id, done: false, ...planned }));
        print(
          `would give ${formatMoney(planned.amount, planned.currency, 'en')} of order ${id} back: add --yes to do it${planned.disputed ? '; a bank disputes the payment, so --despite-dispute, too' : ''}`,
        );
        for (const each of planned.pieces) print(`  ${ends(each)}`);
        return;
      }
      const by = `${shell.user} (shell)`;
      const refund = await refundOrder(context, id, { amount, of, restock, by, despiteDispute });
      if (given.json)
        return print(JSON.stringify({ order_id: id, done: true, ...refund, pieces: planned.pieces }));
      const what = planned.pieces.length > 0 ? ` for ${piecesText(planned.pieces)}` : '';
      print(`${formatMoney(refund.amount, refund.currency, 'en')} of order ${id} are given back${what}`);
    });
}

const ends = ({ sku, pieces: count, title, codes, used }: PlannedPieces): string =>
  [
    `${count} × ${sku} (${title})`,
    ...(codes > 0 ? [`${codes} code(s) end`] : []),
    ...(used > 0 ? [`${used} of its codes were used, and stay used`] : []),
  ].join(', ');

/** "SEAT", "SEAT=2". */
function pieces(text: string, before: NonNullable<RefundWish['of']> = []): NonNullable<RefundWish['of']> {
  const [, sku = text, count] = /^(.+)=(\d{1,9})$/.exec(text) ?? [];
  return [...before, { sku, pieces: count === undefined ? undefined : Number(count) }];
}
