import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The processes that run in a folder or were told of it: the product's, and those of its database. */
export function processesIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const place = readlinkSync(`/proc/${pid}/cwd`);
        return command.includes(folder) || place.startsWith(folder) ? [`${pid} ${command}`] : [];
      } catch {
        return []; // it has ended since, or is none of ours to look at
      }
    });
}
