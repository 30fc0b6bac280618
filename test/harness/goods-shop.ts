import path from 'node:path';
import { useCatalog } from './context.ts';
import { aFolder } from './folder.ts';
import { aShop, type Shop } from './shop.ts';

/** The posts of test/goods.yaml. */
export const GOODS_POST = {
  mug: '2080761390596595240',
  ebook: '2080761421030288936',
  film: '2080761425377959464',
  class: '2080761429725629992',
  fund: '2080761434073300520',
};

/** What the e-book brings. */
export const BOOK = 'Chapter one: clay. Chapter two: fire.';

/** A shop that sells every kind of good, with the folder that its downloads come from. */
export async function aGoodsShop(): Promise<{ shop: Shop; folder: string }> {
  const folder = aFolder({ 'books/pottery at home.txt': BOOK });
  const shop = await aShop({ DOWNLOADS: folder });
  await useCatalog(shop.context, path.join(import.meta.dirname, '../goods.yaml'));
  return { shop, folder };
}
