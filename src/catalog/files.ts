import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { say } from '../domain/catalog-texts.ts';
import { ConfigError } from '../errors.ts';

/** All files of a catalog together: some ten times what 10,000 products need. */
const MOST_MEGABYTES = 32;
const MOST_FILES = 1000;

/** A file of a catalog: its text, or why it cannot be one. */
export type CatalogText = { name: string; text: string } | { name: string; fault: string };

/**
 * The names of the files that a catalog's path stands for: the file itself or, for a folder, the files in it whose
 * names end in .yaml or .yml, in the order of their names.
 *
 * @throws ConfigError when there is none
 */
export async function catalogFileNames(given: string): Promise<string[]> {
  try {
    if (!(await stat(given)).isDirectory()) return [given];
    const names = (await readdir(given)).filter((name) => /^[^.].*\.ya?ml$/i.test(name)).sort();
    if (names.length > 0) return names.map((name) => path.join(given, name));
  } catch (error) {
    throw unreadable(given, error);
  }
  throw new ConfigError(`the catalog folder ${given} holds no file whose name ends in .yaml or .yml`);
}

/** Reads the files of a catalog, of which no more is taken in than a catalog may have. @throws ConfigError */
export async function readCatalogTexts(given: string): Promise<CatalogText[]> {
  const names = await catalogFileNames(given);
  const texts: CatalogText[] = [];
  let room = MOST_MEGABYTES * 2 ** 20;
  for (const [n, name] of names.entries()) {
    if (n === MOST_FILES) return [...texts, { name, fault: say('too_many_files', { most: MOST_FILES }) }];
    const bytes = await readBytes(name, room);
    if (typeof bytes === 'string') return [...texts, { name, fault: bytes }];
    room -= bytes.length;
    texts.push(decode(name, bytes));
  }
  return texts;
}

async function readBytes(name: string, room: number): Promise<Buffer | string> {
  try {
    await using file = await open(name);
    const { size } = await file.stat().then((found) => (found.isFile() ? found : { size: -1 }));
    if (size < 0) return say('no_file');
    return size > room ? say('too_large', { most: MOST_MEGABYTES }) : await file.readFile();
  } catch (error) {
    throw unreadable(name, error);
  }
}

function decode(name: string, bytes: Buffer): CatalogText {
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { name, fault: say('not_utf8') };
  }
}

function unreadable(name: string, error: unknown): ConfigError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new ConfigError(`the catalog ${name} cannot be read (${code ?? message})`, { cause: error });
}
