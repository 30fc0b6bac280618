import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { work } from '../../workers/main.ts';
import { listenToX } from '../../workers/stream.ts';
import { prepareDatabase } from '../actions/prepare-database.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { packageRoot } from '../root.ts';
import { serveWeb, webApp } from '../web/server.ts';
import { applyCatalogFile } from './catalog.ts';
import { print, type Shell } from './shell.ts';

export function startCommand(program: Command, shell: Shell): void {
  program
    .command('start')
    .description('run everything in one process: migrate, apply the catalog, then web, listener and worker')
    .addHelpText(
      'after',
      '\nWithout credentials of X and Stripe this is the sandbox: stand-ins take their places.',
    )
    .action(async () => {
      const config = shell.config();
      await using context = await shell.openContext();
      await prepareDatabase(context);
      const catalog = catalogPath(config);
      const version = await applyCatalogFile(context.db, catalog, shell.user);
      if (version) context.log.info({ catalog, version }, 'catalog applied');
      await runAll(context, shell.signal);
    });
}

function catalogPath({ CATALOG, sandbox }: Config): string {
  const example = path.join(packageRoot, 'catalog.example.yaml');
  return sandbox && !existsSync(CATALOG) ? example : CATALOG;
}

/** Runs the three processes until told to stop, or until one of them fails: then the others stop, too. */
async function runAll(context: Context, signal: AbortSignal): Promise<void> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const orStop = (process: Promise<void>): Promise<void> =>
    process.catch((error) => {
      failed.abort();
      throw error;
    });
  const results = await Promise.allSettled([
    orStop(serveWeb(context, webApp(context), stop, () => print(`ready ${context.config.PUBLIC_URL}`))),
    orStop(listenToX(context, stop)),
    orStop(work(context, stop)),
  ]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  context.log.info('stopped');
}
