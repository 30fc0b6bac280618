import type { Context } from '../context.ts';
import type { Product } from '../domain/catalog.ts';
import { pictureFile } from '../domain/picture.ts';
import type { Answer } from './examine.ts';
import { openFileBelow } from './file-below.ts';

/** Whether the files are there that digital products bring. */
export async function examineDownloads(context: Context): Promise<Answer> {
  const folder = context.config.DOWNLOADS;
  const { files, missing } = await filesOf(context, folder, ({ delivery_file }) => delivery_file);
  if (missing.length > 0) return { state: 'fail', message: `not in ${folder}: ${missing.join(', ')}` };
  return { state: 'ok', message: files > 0 ? `${files} file(s) in ${folder}` : 'no product brings a file' };
}

/** Whether the pictures are there that the catalog names here. Without one a product can still be bought. */
export async function examinePictures(context: Context): Promise<Answer> {
  const folder = context.config.PICTURES;
  const { files, missing } = await filesOf(context, folder, ({ image }) => image && pictureFile(image));
  if (missing.length > 0) return { state: 'warn', message: `not in ${folder}: ${missing.join(', ')}` };
  return {
    state: 'ok',
    message: files > 0 ? `${files} picture(s) in ${folder}` : 'no picture is served here',
  };
}

/** How many files products name, and which of them are not in their folder. */
async function filesOf(
  { catalog: current }: Context,
  folder: string,
  named: (product: Product) => string | null | undefined,
): Promise<{ files: number; missing: string[] }> {
  const products = [...((await current())?.products.values() ?? [])].flatMap((own) => [...own.values()]);
  const files = [...new Set(products.flatMap((product) => named(product) ?? []))];
  const missing: string[] = [];
  for (const name of files) {
    const file = await openFileBelow(folder, name);
    if (file) await file.handle.close();
    else missing.push(name);
  }
  return { files: files.length, missing };
}
