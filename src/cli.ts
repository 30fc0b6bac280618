#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { config as readEnvFile } from 'dotenv';
import { catalogCommands } from './cli/catalog.ts';
import { rehearseCommand } from './cli/rehearse.ts';
import { makeShell } from './cli/shell.ts';
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
  // Who checks a catalog or rehearses replies need not wait for what serves shoppers.
  if (!['catalog', 'rehearse'].includes(process.argv[2] ?? '')) {
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
