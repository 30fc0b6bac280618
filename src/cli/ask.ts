import { createInterface } from 'node:readline/promises';
import { PermanentError } from '../errors.ts';

/** Asks before something that cannot be undone. @throws PermanentError where the answer is no, or nobody is there to ask */
export async function ask(question: string, { yes }: { yes?: boolean }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new PermanentError(`${question} Nobody is there to answer: add --yes`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} Type “yes”: `).finally(() => terminal.close());
  if (answer.trim().toLowerCase() !== 'yes') throw new PermanentError('nothing was done');
}
