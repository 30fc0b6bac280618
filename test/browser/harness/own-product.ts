import { atEnd } from '../../harness/at-end.ts';
import { startProduct } from '../product.ts';

/** Has the walks of this file meet a product of their own, instead of the one that all others share. */
export async function aProductOfItsOwn(): Promise<void> {
  if (!process.env.BROWSER_URL) return; // no browser was found
  const { url, dataDir, stop } = await startProduct();
  atEnd(stop);
  process.env.BROWSER_URL = url;
  process.env.BROWSER_DATA_DIR = dataDir;
}
