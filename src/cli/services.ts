import type { Command } from 'commander';
import { cartCommands } from './carts.ts';
import { doctorCommand } from './doctor.ts';
import { ledgerCommands } from './ledger.ts';
import { merchantCommands } from './merchants.ts';
import { neverToldCommand } from './never-told.ts';
import { orderCommands } from './orders.ts';
import { processCommands } from './processes.ts';
import { publicCommands } from './public.ts';
import { replyCommands } from './replies.ts';
import { sandboxCommand } from './sandbox.ts';
import type { Shell } from './shell.ts';
import { shopperCommands } from './shoppers.ts';
import { staffCommands } from './staff.ts';
import { startCommand } from './start.ts';
import { suppressCommand } from './suppress.ts';
import { voucherCommands } from './vouchers.ts';

/** The commands that bring web server, queues and stand-ins with them: to load those takes most of a second. */
export function serviceCommands(program: Command, shell: Shell): void {
  startCommand(program, shell);
  processCommands(program, shell);
  replyCommands(program, shell);
  cartCommands(program, shell);
  orderCommands(program, shell);
  voucherCommands(program, shell);
  ledgerCommands(program, shell);
  const shoppers = program.command('shoppers').description('what shoppers want, and have a right to');
  shopperCommands(shoppers, shell);
  suppressCommand(shoppers, shell);
  merchantCommands(program, shell);
  staffCommands(program, shell);
  neverToldCommand(program, shell);
  publicCommands(program, shell);
  doctorCommand(program, shell);
  sandboxCommand(program, shell);
}
