import { type Command, InvalidArgumentError } from 'commander';
import { connectMerchant } from '../actions/connect-merchant.ts';
import { requireMerchant } from '../db/merchants.ts';
import { findPayee, merchantPayees, setFee } from '../db/payees.ts';
import { record } from '../db/staff.ts';
import { basisPoints } from '../domain/fee.ts';
import { sellerOf } from '../domain/payee.ts';
import { PermanentError } from '../errors.ts';
import { merchantWebhookCommands } from './merchant-webhooks.ts';
import { print, type Shell } from './shell.ts';

export function merchantCommands(program: Command, shell: Shell): void {
  const merchants = program
    .command('merchants')
    .description(
      'whose account at Stripe the merchants’ money goes to, and what their own programs are told',
    );
  merchantWebhookCommands(merchants, shell);
  merchants
    .command('list')
    .description('the merchants of the catalog, who sells for them, and the platform’s part')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart merchants list')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const rows = (await merchantPayees(context.db)).map(({ fee_bps, ...row }) => {
        const { account_id, gone_at } = row;
        const seller = sellerOf({ account_id, gone_at, charges_enabled: row.charges_enabled ?? false }).kind;
        const part = fee_bps ?? context.config.PLATFORM_FEE_BPS;
        return { ...row, seller, fee_bps: seller === 'platform' ? 0 : part };
      });
      if (json) return print(JSON.stringify(rows));
      for (const { id, name, seller, account_id, fee_bps, ...row } of rows) {
        const who = {
          platform: 'sold by the platform’s own account',
          merchant: `paid to ${account_id}, less ${fee_bps / 100} %${row.payouts_enabled ? '' : '; no payouts yet'}`,
          nobody: row.gone_at
            ? 'nothing is sold: the account is gone; run "merchants connect" once more'
            : `nothing is sold: Stripe takes no payments for ${account_id} ${row.stopped_at ? `since ${row.stopped_at.toISOString()}` : 'yet'}; "merchants connect ${id}" gives the way to its questions`,
        }[seller];
        print(`${id} (${name}): ${who}`);
      }
    });
  merchants
    .command('connect')
    .argument('<id>', 'the merchant’s id in the catalog')
    .description('give a merchant an account of their own, and print the way to Stripe’s questions')
    .option('--country <code>', 'of the account, as DE; without it the platform’s', countryCode)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
The account is made once; run again, this prints a fresh link. Until Stripe takes payments for the account, nothing is
sold for the merchant: replies fill carts, which are paid later.

Examples:
  replycart merchants connect kiln
  replycart merchants connect nightowl --country GB`,
    )
    .action(async (id: string, { country, json }: { country?: string; json?: boolean }) => {
      await using context = await shell.openOutside();
      const { payee, url, expires_at, page } = await connectMerchant(context, id, country);
      await record(context.db, `${shell.user} (shell)`, 'connect merchant', id);
      const { account_id, charges_enabled, payouts_enabled } = payee;
      if (json)
        return print(
          JSON.stringify({ id, account_id, charges_enabled, payouts_enabled, url, expires_at, page }),
        );
      print(
        charges_enabled
          ? `Stripe takes payments for ${account_id}.`
          : `Stripe takes no payments for ${account_id} yet: until its questions are answered nothing is sold for ${id}.`,
      );
      print(`To them, once, until ${expires_at.toISOString()}: ${url}`);
      print(`For the merchant, for a month: ${page}`);
    });
  merchants
    .command('fee')
    .argument('<id>', 'the merchant’s id in the catalog')
    .argument('<percent>', 'as 7.5; "default": what PLATFORM_FEE_BPS says')
    .description('set what the platform keeps of what a merchant with an account of their own sells')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nOf the items, without shipping and tax. It holds for checkouts that begin from now on.\n\nExamples:\n  replycart merchants fee kiln 7.5\n  replycart merchants fee kiln default',
    )
    .action(async (id: string, percent: string, { json }: { json?: boolean }) => {
      const fee_bps = percent === 'default' ? null : basisPoints(percent);
      if (fee_bps === undefined)
        throw new PermanentError(`${percent} is no percentage: write 0 to 100, as 7.5`);
      await using context = await shell.openContext();
      const { db, config } = context;
      await requireMerchant(db, id);
      await setFee(db, id, fee_bps);
      await record(db, `${shell.user} (shell)`, `merchant’s fee: ${percent}`, id);
      const part = fee_bps ?? config.PLATFORM_FEE_BPS;
      const sells = sellerOf(await findPayee(db, id)).kind;
      if (json) return print(JSON.stringify({ id, fee_bps: part, own: fee_bps !== null, seller: sells }));
      print(
        `the platform keeps ${part / 100} % of what ${id} sells${sells === 'platform' ? ', once they have an account of their own' : ''}`,
      );
    });
}

/** @throws InvalidArgumentError */
function countryCode(text: string): string {
  if (!/^[A-Z]{2}$/.test(text)) throw new InvalidArgumentError('write two capital letters, as DE');
  return text;
}
