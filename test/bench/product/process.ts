import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface Running {
  name: string;
  pid: number;
  /** Waits until the process has written this. @throws Error when it ends before */
  says(text: string): Promise<void>;
  /** Asks the process to end and waits for it. @throws Error when it ends in failure */
  stop(): Promise<void>;
}

const STARTS_WITHIN_MS = 30_000;

/** Starts a program with nothing in its environment but what it is given. */
export function startProcess(name: string, args: string[], env: Record<string, string>): Running {
  const child = spawn(process.execPath, args, {
    // Away from the repository: a developer's .env has no say in a benchmark.
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const changed = new Set<() => void>();
  const note = (chunk: Buffer): void => {
    output = (output + chunk).slice(-100_000);
    for (const notify of changed) notify();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  let failed: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      if (code !== 0) failed = `${name} ended with ${code ?? signal}:\n${output}`;
      for (const notify of changed) notify();
      resolve();
    });
  });
  return {
    name,
    pid: child.pid as number,
    says: (text) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${name} does not start:\n${output}`)),
          STARTS_WITHIN_MS,
        );
        const look = (): void => {
          if (!output.includes(text) && failed === undefined && child.exitCode === null) return;
          changed.delete(look);
          clearTimeout(timer);
          if (output.includes(text)) resolve();
          else reject(new Error(failed ?? `${name} has ended:\n${output}`));
        };
        changed.add(look);
        look();
      }),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      if (failed !== undefined) throw new Error(failed);
    },
  };
}
