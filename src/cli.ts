#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { config as readEnvFile } from 'dotenv';
import { catalogCommands } from './cli/catalog.ts';
import { rehearseCommand } from './cli/rehearse.ts';
import { makeShell } from './cli/shell.ts';
import { run } from './process.ts';

const PROCESSES = ['web', 'stream', 'worker', 'migrate'];

readEnvFile({ quiet: true });

await run(async (signal) => {
  const program = new Command('replycart')
    .description(
      'Reply #AddToCart to a product post on X: it waits in your cart, and an e-mailed link buys it later.',
    )
    .showHelpAfterError()
    .exitOverride();
  const shell = makeShell(process.env, signal);
  const command = process.argv[2] ?? '';
  // Who checks a catalog or rehearses replies need not wait for what serves shoppers, and a process holds only what it runs.
  if (PROCESSES.includes(command)) {
    const { processCommands } = await import('./cli/processes.ts');
    processCommands(program, shell);
  } else if (!['catalog', 'rehearse'].includes(command)) {
    const { serviceCommands } = await import('./cli/services.ts');
    serviceCommands(program, shell);
  }
  catalogCommands(program, shell);
  rehearseCommand(program);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
});
