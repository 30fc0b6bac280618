import type { Command } from 'commander';
import { takeVoucher, voucherOfCode } from '../actions/use-voucher.ts';
import type { Context } from '../context.ts';
import type { Voucher } from '../db/vouchers.ts';
import { voucherState } from '../domain/voucher-state.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

export function voucherCommands(program: Command, shell: Shell): void {
  const vouchers = program.command('vouchers').description('codes for services: look them up, and take them');
  vouchers
    .command('show')
    .argument('<code>', 'as it was mailed; case, spaces and dashes make no difference')
    .description('what a code is for, and whether it is good')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart vouchers show 0017-9XQ2M-P4R7T')
    .action(async (code: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const voucher = await known(context, code);
      print(json ? JSON.stringify(voucher) : said(voucher));
    });
  vouchers
    .command('use')
    .argument('<code>', 'as it was mailed')
    .description('take a code: it is good once')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart vouchers use 0017-9XQ2M-P4R7T')
    .action(async (code: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const { taken, voucher } = await takeVoucher(
        context,
        await known(context, code),
        `${shell.user} (shell)`,
      );
      if (!taken) throw new PermanentError(said(voucher));
      print(json ? JSON.stringify(voucher) : said(voucher));
    });
}

async function known(context: Context, code: string): Promise<Voucher> {
  const voucher = await voucherOfCode(context, code);
  if (!voucher) throw new PermanentError(`${code} is no code of ours`);
  return voucher;
}

const said = (voucher: Voucher): string =>
  `voucher ${voucher.id} for ${voucher.title}, order ${voucher.order_id} at ${voucher.merchant_id}: ${voucherState(voucher).text}`;
