import type { Command } from 'commander';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { readCase } from '../db/support-case.ts';
import { searchSupport } from '../db/support-search.ts';
import { formatMoney } from '../domain/currency.ts';
import { isErased } from '../domain/erased.ts';
import type { SupportCase } from '../domain/support.ts';
import { maskEmail } from '../domain/text.ts';
import { PermanentError } from '../errors.ts';
import { entryText } from '../views/support-texts.ts';
import { print, type Shell } from './shell.ts';

export function cartCommands(program: Command, shell: Shell): void {
  const carts = program.command('carts').description('see carts, and why they are what they are');
  carts
    .command('list')
    .description('the carts that were changed last')
    .option('--json', 'print as JSON')
    .option('--limit <n>', 'how many', '20')
    .addHelpText('after', '\nExample:\n  replycart carts list --limit 100 --json')
    .action(async ({ json, limit }: { json?: boolean; limit: string }) => {
      await using context = await shell.openContext();
      const rows = await listCarts(context, Number(limit));
      if (json) return print(JSON.stringify(rows));
      if (rows.length === 0) print('no carts yet');
      for (const row of rows) {
        print(
          `${row.id}  ${row.status}  ${row.username ? `@${row.username}` : row.shopper_id}  ${row.merchant_id}  ${row.items}  ${row.updated_at.toISOString()}`,
        );
      }
    });
  carts
    .command('show')
    .argument('<who>', '@handle, e-mail, cart or order number, post id, or an id of Stripe’s')
    .description('everything about a shopper’s carts, in the order in which it happened')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  replycart carts show @sam_shops\n  replycart carts show 2092000000000000000\n  replycart carts show cs_test_a1b2c3',
    )
    .action(async (who: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const hits = await searchSupport(context.db, who);
      const ids = new Set(hits.flatMap((hit) => (hit.kind === 'shopper' ? [hit.shopper_id] : [])));
      const cases = (await Promise.all([...ids].map((id) => readCase(context.db, id)))).filter(
        (each) => each !== undefined,
      );
      if (cases.length === 0) throw new PermanentError(`nothing is known of ${who}`);
      if (json) print(JSON.stringify(cases.map(masked)));
      else for (const each of cases) printCase(each);
    });
}

async function listCarts({ db }: Context, limit: number) {
  const { rows } = await sql<{
    id: string;
    status: string;
    shopper_id: string;
    username: string | null;
    merchant_id: string;
    items: number;
    updated_at: Date;
  }>`
    select c.id, c.status, c.shopper_id, s.username, c.merchant_id, c.updated_at,
      (select coalesce(sum(quantity), 0)::int from cart_lines l where l.cart_id = c.id) as items
    from carts c join shoppers s on s.x_user_id = c.shopper_id
    order by c.updated_at desc limit ${Math.max(1, Math.min(limit || 20, 10_000))}`.execute(db);
  return rows;
}

/** Addresses are nobody's business who only wants to know what is in a cart. */
function masked(found: SupportCase): unknown {
  const shopper = found.shopper && {
    ...found.shopper,
    email: found.shopper.email && maskEmail(found.shopper.email),
  };
  const orders = found.orders.map((order) => ({
    ...order,
    email: order.email && maskEmail(order.email),
    ship_to: order.ship_to && { country: order.ship_to.address.country },
  }));
  return { ...found, shopper, orders };
}

function printCase({ shopper_id, shopper, carts, entries }: SupportCase): void {
  const email = shopper?.email ? maskEmail(shopper.email) : 'no e-mail';
  print(
    shopper
      ? `@${shopper.username} (${shopper_id}), ${email}, linked ${shopper.linked_at.toISOString()}`
      : isErased(shopper_id)
        ? `a shopper who was erased (${shopper_id})`
        : `X user ${shopper_id}, not linked`,
  );
  for (const cart of carts) {
    print(`cart ${cart.id} at ${cart.merchant_id}: ${cart.status}, version ${cart.version}`);
    for (const line of cart.lines) {
      print(
        `  ${line.quantity} × ${line.sku} (${line.title}) ${formatMoney(line.price, cart.currency, 'en')} each${line.post_id ? `, by reply ${line.post_id}` : ', by the page'}`,
      );
    }
  }
  for (const entry of entries) print(`${entry.at.toISOString()}  ${entryText(entry)}`);
}
