import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { catalogFileNames } from './files.ts';

/** Some file systems tell nobody of changes: there we look by ourselves. */
const LOOK_MS = 1000;
/** Editors write in several steps. */
const SETTLE_MS = 50;

/** Calls `check` now, and again whenever a catalog's files have changed, until the signal aborts. */
export async function watchCatalog(
  given: string,
  check: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let told = new AbortController();
  const close = watchFolder(given, () => told.abort());
  let seen: string | undefined;
  while (!signal.aborted) {
    told = new AbortController();
    const state = await stateOf(given);
    if (state !== seen) await check();
    seen = state;
    await wait(LOOK_MS, undefined, { signal: AbortSignal.any([signal, told.signal]) }).catch(() => {});
    if (told.signal.aborted) await wait(SETTLE_MS);
  }
  close();
}

/** Watches the folder that the files are in: editors replace files, and what is watched would be the old one. */
function watchFolder(given: string, tell: () => void): () => void {
  const watchers = [given, path.dirname(given)].flatMap((each) => {
    try {
      return [watch(each, tell).on('error', () => {})];
    } catch {
      return []; // it is gone, or nothing can be watched here: we look by ourselves
    }
  });
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}

/** Differs whenever the files do. */
async function stateOf(given: string): Promise<string> {
  const names = await catalogFileNames(given).catch(() => []);
  const states = names.map(async (name) => {
    const found = await stat(name).catch(() => undefined);
    return `${name} ${found?.mtimeMs} ${found?.size} ${found?.ino}`;
  });
  return (await Promise.all(states)).join('\n');
}
