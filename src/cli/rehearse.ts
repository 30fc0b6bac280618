import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { rehearser } from '../actions/rehearse.ts';
import { messageOf, PermanentError } from '../errors.ts';
import { readSoundCatalog } from './catalog-faults.ts';
import { print } from './shell.ts';

export function rehearseCommand(program: Command): void {
  program
    .command('rehearse')
    .argument('<replies>', 'a file with a reply on each line, as JSON')
    .requiredOption('--catalog <file>', 'the catalog to read them against: a file, or a folder of files')
    .option('--now <time>', 'the time that schedules are judged by, as 2026-11-22T12:00:00Z', readTime)
    .description(
      'print what would become of replies, without database and network; fail where one expects otherwise',
    )
    .addHelpText(
      'after',
      `
A line is a reply in short, or in full with "post": the post as X delivers it:
  {"to": "https://x.com/shop/status/2080761390596595240", "text": "two #AddToCart", "expect": "added MUG x2"}
Besides it may have "from" (a handle), "cart" ([{"sku", "quantity"}]), "linked" (false: not yet) and "id".
"expect" is an outcome with, where they matter, its reason and lines: "added", "asked: missing_option",
"added MUG x2, TEE-RED-M"; or an object with outcome, reason, lines, missing, among, limit.
Without --now, schedules are judged by the time of the reply: in short, right after the post that it replies to.

Example:
  replycart rehearse --catalog catalog.yaml replies.ndjson`,
    )
    .action(async (path: string, options: { catalog: string; now?: Date }) => {
      const file = await readSoundCatalog(options.catalog);
      const lines = (await readText(path)).split('\n');
      const rehearse = rehearser(file, options.now);
      let [different, faulty] = [0, 0];
      for (const [n, line] of lines.entries()) {
        if (line.trim() === '') continue;
        const tell = (message: string): void => void process.stderr.write(`${path}:${n + 1}: ${message}\n`);
        const reply = attempt(() => rehearse(readJson(line)), tell);
        if (!reply) {
          faulty += 1;
          continue;
        }
        print(JSON.stringify(reply.result));
        if (reply.differences.length > 0) different += 1;
        for (const difference of reply.differences) tell(difference);
      }
      if (faulty > 0) throw new PermanentError(`${faulty} of the lines are no replies`);
      if (different > 0)
        throw new PermanentError(`${different} of the replies became something else than expected`);
    });
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('write a time as 2026-11-22T12:00:00Z');
  return time;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new PermanentError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function attempt<T>(work: () => T, tell: (message: string) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    tell(`this is no reply: ${messageOf(error)}`);
    return undefined;
  }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error(
      `${messageOf(error)}; write each reply on a line of its own, as {"to": "https://x.com/…/status/…", "text": "#AddToCart"}`,
    );
  }
}
