import { userInfo } from 'node:os';
import { type Config, reachesOutside, readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { UnavailableError } from '../errors.ts';
import { type Log, openLog } from '../log.ts';

/** What commands get from the process that they run in. */
export interface Shell {
  /** Who runs the command, for the records. */
  user: string;
  /** Told to stop. */
  signal: AbortSignal;
  /** The settings; read when a command needs them, because not every command does. */
  config(): Config;
  log(): Log;
  /** Opens what the settings name. The database has to answer. */
  openContext(): Promise<Context>;
  /** The same, to talk to X or Stripe. In the sandbox its stand-ins have to run. */
  openOutside(): Promise<Context>;
}

/** @param env the environment, read here and nowhere else */
export function makeShell(env: NodeJS.ProcessEnv, signal: AbortSignal): Shell {
  let log: Log | undefined;
  const config = (): Config => readConfig(env);
  const shell: Shell = {
    user: userName(),
    signal,
    config,
    log: () => (log ??= openLog(config().LOG_LEVEL)),
    // Loaded when a command needs it: most of what the product is hangs on it.
    openContext: async () => {
      const { openContext } = await import('../context.ts');
      if (!config().sandbox) return openContext(config(), shell.log());
      const { findStandIns } = await import('../sandbox/whereabouts.ts');
      return openContext(config(), shell.log(), findStandIns);
    },
    openOutside: async () => {
      const context = await shell.openContext();
      if (reachesOutside(context.config)) return context;
      await context[Symbol.asyncDispose]();
      throw new UnavailableError(
        'the sandbox’s stand-ins for X and Stripe do not run: run "replycart start" (npm start) beside this',
      );
    },
  };
  return shell;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`; // containers often run as a number without a name
  }
}

/** Data goes to stdout, everything else to stderr. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
