#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { config as readEnvFile } from 'dotenv';
import { cartCommands } from './cli/carts.ts';
import { catalogCommands } from './cli/catalog.ts';
import { doctorCommand } from './cli/doctor.ts';
import { orderCommands } from './cli/orders.ts';
import { processCommands } from './cli/processes.ts';
import { rehearseCommand } from './cli/rehearse.ts';
import { replyCommands } from './cli/replies.ts';
import { sandboxCommand } from './cli/sandbox.ts';
import { makeShell } from './cli/shell.ts';
import { staffCommands } from './cli/staff.ts';
import { startCommand } from './cli/start.ts';
import { run } from './process.ts';

readEnvFile({ quiet: true });

await run(async (signal) => {
  const program = new Command('replycart')
    .description(
      'Reply #AddToCart to a product post on X: it waits in your cart, and an e-mailed link buys it later.',
    )
    .showHelpAfterError()
    .exitOverride();
  const shell = makeShell(process.env, signal);
  startCommand(program, shell);
  processCommands(program, shell);
  catalogCommands(program, shell);
  rehearseCommand(program);
  replyCommands(program, shell);
  cartCommands(program, shell);
  orderCommands(program, shell);
  staffCommands(program, shell);
  doctorCommand(program, shell);
  sandboxCommand(program, shell);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
});
