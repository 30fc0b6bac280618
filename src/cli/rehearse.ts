import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { rehearser } from '../actions/rehearse.ts';
import { PermanentError } from '../errors.ts';
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
    .addHelpText('after', '\nExample:\n  replycart rehearse --catalog catalog.yaml replies.ndjson')
    .action(async (path: string, options: { catalog: string; now?: Date }) => {
      const file = await readSoundCatalog(options.catalog);
      const lines = (await readText(path)).split('\n');
      const rehearse = rehearser(file, options.now);
      let different = 0;
      for (const [n, line] of lines.entries()) {
        if (line.trim() === '') continue;
        const { result, differences } = attempt(`${path}:${n + 1}`, () => rehearse(JSON.parse(line)));
        print(JSON.stringify(result));
        if (differences.length > 0) different += 1;
        for (const difference of differences) process.stderr.write(`${path}:${n + 1}: ${difference}\n`);
      }
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

function attempt<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new PermanentError(`${place}: this is no reply: ${(error as Error).message}`);
  }
}
