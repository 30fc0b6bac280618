import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Config } from '../../src/config.ts';
import { packageRoot } from '../../src/root.ts';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command as a process of its own, with the settings of a test. */
export function replycart(config: Config, ...args: string[]): Promise<Ended> {
  const { sandbox: _, testPayments: __, ...settings } = config;
  const given = Object.entries({ ...settings, ALLOW_TEST_PAYMENTS: '1', X_ENTERPRISE: '0' }).filter(
    ([, value]) => value !== '',
  );
  const env = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(packageRoot, 'dist/src/cli.js'), ...args],
      { env: { PATH: process.env.PATH, ...env } },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number((error as { code?: number }).code) : 0, stdout, stderr }),
    );
  });
}
