/** What is going on, for whoever waits: figures alone go to stdout. */
export function talk(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}
