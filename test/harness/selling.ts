import { readFileSync } from 'node:fs';
import { readCatalog } from '../../src/catalog/read.ts';
import type { Context } from '../../src/context.ts';
import { applyCatalog } from '../../src/db/catalog.ts';
import type { CatalogFile } from '../../src/domain/catalog-file.ts';
import { CAMPAIGN } from './context.ts';
import { stockPlenty } from './stock.ts';

/** The tests' catalog with some of its text replaced, each at its first place. */
export function campaignWith(...changes: Array<[what: string, by: string]>): string {
  return changes.reduce(
    (text, [what, by]) => {
      if (!text.includes(what)) throw new Error(`the campaign does not say ${what}`);
      return text.replace(what, by);
    },
    readFileSync(CAMPAIGN, 'utf8'),
  );
}

export function catalogOf(text: string): CatalogFile {
  const { file, faults } = readCatalog(text);
  if (!file) throw new Error(JSON.stringify(faults));
  return file;
}

/** Applies the tests' catalog with some of its text replaced, as a merchant does who edits the file. */
export async function sells(context: Context, ...changes: Array<[what: string, by: string]>): Promise<void> {
  await applyCatalog(context.db, catalogOf(campaignWith(...changes)), 'test', ['MUG', 'TEE', 'STICKER']);
  await stockPlenty(context.db);
}

/** What the mug costs: another price, other lines of the file below it, an offer at its first post. */
export function mugAt(price: string, { policy = '', offer }: { policy?: string; offer?: string } = {}) {
  const post = '- https://x.com/shop/status/2080761390596595240';
  const changes: Array<[string, string]> = [
    ['price: "18.00"', `price: "${price}"${policy && `\n        ${policy}`}`],
  ];
  if (offer) changes.push([post, post.replace(/- (.*)/, `- { url: $1, price: "${offer}" }`)]);
  return changes;
}
