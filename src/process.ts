import { scrub } from './log.ts';

const HARD_STOP_MS = 25_000;
const ONE_SIGNAL_MS = 1_000;

/**
 * Runs a program until it ends by itself or is told to stop: the first SIGINT or SIGTERM aborts the signal
 * that `main` was given, the second one (or 25 seconds, less than the 30 that process managers grant)
 * ends the process at once. What `main` throws is told on stderr and becomes the exit code.
 */
export async function run(main: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  let toldAt = 0;
  const stop = (): void => {
    if (stopping.signal.aborted) {
      // Ctrl-C under npm arrives twice: from the terminal, and passed on by npm.
      if (Date.now() - toldAt > ONE_SIGNAL_MS) process.exit(130);
      return;
    }
    toldAt = Date.now();
    stopping.abort();
    setTimeout(() => {
      process.stderr.write('replycart: not everything stopped within 25 seconds; leaving now\n');
      process.exit(1);
    }, HARD_STOP_MS).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    await main(stopping.signal);
  } catch (error) {
    process.exitCode = report(error);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function report(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') {
    process.stderr.write(`replycart: ${scrub(error.message)}\n`);
    return error.exitCode;
  }
  process.stderr.write(
    `replycart: ${scrub(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  return 1;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Waits, but not longer than the signal allows. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
