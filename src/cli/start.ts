import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { work } from '../../workers/main.ts';
import { listenToX } from '../../workers/stream.ts';
import { prepareDatabase } from '../actions/prepare-database.ts';
import type { Config } from '../config.ts';
import { type Context, openContext } from '../context.ts';
import { applyCatalog } from '../db/catalog.ts';
import { openEmbedded } from '../db/embedded.ts';
import { ConfigError, PermanentError, UnavailableError } from '../errors.ts';
import { packageRoot } from '../root.ts';
import { serveWeb, webApp } from '../web/server.ts';
import type { StandIns } from '../web/stand-ins.ts';
import { readSoundCatalog } from './catalog-faults.ts';
import { openSandbox, seedSandbox } from './sandbox.ts';
import { print, type Shell } from './shell.ts';

export function startCommand(program: Command, shell: Shell): void {
  program
    .command('start')
    .description('run everything in one process: migrate, apply the catalog, then web, listener and worker')
    .addHelpText(
      'after',
      '\nWithout credentials of X and Stripe this is the sandbox: stand-ins take their places.',
    )
    .action(() => start(shell));
}

async function start(shell: Shell): Promise<void> {
  const config = shell.config();
  const log = shell.log();
  await using embedded = config.DATABASE_URL
    ? undefined
    : await openEmbedded(config.DATA_DIR, { say: (message) => log.info(message) });
  const DATABASE_URL = embedded?.url ?? config.DATABASE_URL;
  await using sandbox = config.sandbox ? await openSandbox(config, DATABASE_URL) : undefined;
  if (sandbox) log.warn('SANDBOX: no credentials of X and Stripe are set, so nothing here is real');
  await using context = await openContext({ ...config, DATABASE_URL, ...sandbox?.settings }, log);
  await prepareDatabase(context);
  const catalog = catalogPath(config);
  const version = await applyFirst(context, catalog, shell.user);
  if (version) log.info({ catalog, version }, 'catalog applied');
  if (sandbox) await seedSandbox(context, sandbox);
  const gone = embedded?.gone ?? new AbortController().signal;
  await runAll(context, AbortSignal.any([shell.signal, gone]), sandbox?.urls);
  if (gone.aborted && !shell.signal.aborted)
    throw new UnavailableError('the embedded PostgreSQL has gone; start again');
}

/** @throws ConfigError that says what to do about a catalog that cannot be applied */
async function applyFirst({ db }: Context, catalog: string, by: string): Promise<string | undefined> {
  try {
    return await applyCatalog(db, await readSoundCatalog(catalog), by);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    throw new ConfigError(
      `${error.message}\nNothing was started. See to it that this works: replycart catalog apply ${catalog}`,
    );
  }
}

function catalogPath({ CATALOG, sandbox }: Config): string {
  const example = path.join(packageRoot, 'catalog.example.yaml');
  return sandbox && !existsSync(CATALOG) ? example : CATALOG;
}

/** Runs the three processes until told to stop, or until one of them fails: then the others stop, too. */
async function runAll(context: Context, signal: AbortSignal, standIns: StandIns | undefined): Promise<void> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const orStop = (process: Promise<void>): Promise<void> =>
    process.catch((error) => {
      failed.abort();
      throw error;
    });
  const ready = (): void => print(`ready ${context.config.PUBLIC_URL}`);
  const results = await Promise.allSettled([
    orStop(serveWeb(context, webApp(context, standIns), stop, ready)),
    orStop(listenToX(context, stop)),
    orStop(work(context, stop)),
  ]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  context.log.info('stopped');
}
