import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from '@jest/globals';

/** Where the companies' own descriptions of their APIs are; they are not part of this repository. */
const folder = path.resolve(
  process.env.CONTRACTS_DIR ?? path.join(import.meta.dirname, '../../../shared/contracts'),
);
const present = existsSync(folder);

/** A suite that needs the contracts. Without them it is left out, aloud; under CI that fails. */
export function withContracts(name: string, suite: (read: (file: string) => string) => void): void {
  if (present) {
    describe(name, () => suite((file) => readFileSync(path.join(folder, file), 'utf8')));
    return;
  }
  if (process.env.CI === 'true') throw new Error(`there are no contracts in ${folder}: set CONTRACTS_DIR`);
  process.stderr.write(`no contracts in ${folder}: "${name}" is left out\n`);
  describe.skip(name, () => suite(() => ''));
}
