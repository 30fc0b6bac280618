import type { Tx } from '../db/database.ts';
import { olderUnsettled } from '../db/progress.ts';
import { lockProducts, type Shelf, stockLeft } from '../db/stock.ts';
import type { Catalog, Product } from '../domain/catalog.ts';
import { compareIds } from '../domain/snowflake.ts';
import { MOST } from '../queue.ts';
import { type Read, readAll } from './read-delivered.ts';

/** Of a variant with so many left, nobody has to ask who came first. */
const PLENTIFUL = 1_000;

/** Replies whose turn it is, and what is left of the counted variants that they are about. */
export interface Turn {
  replies: Read[];
  shelves: Shelf[];
  /** They come after. */
  rest: Read[];
}

/**
 * Where stock is short, who replied first gets it: locks it, and puts older replies that are stored but not settled yet
 * before the given ones, whichever job they belong to. Stock that is not short stays unlocked, or everybody who
 * replies to the same post would wait for everybody else.
 *
 * @param replies the oldest first
 * @param lockAll whether to lock also what is not short
 */
export async function takeTurns(tx: Tx, replies: Read[], catalog: Catalog, lockAll: boolean): Promise<Turn> {
  const products = new Set(
    replies.flatMap(({ reading }) => (reading.kind === 'order' ? (reading.product as Product) : [])),
  );
  const counted = [...products].filter(({ stock_mode }) => stock_mode !== 'none');
  const turn = { replies, shelves: [] as Shelf[], rest: [] as Read[] };
  if (counted.length === 0) return turn;
  const shelves = await stockLeft(tx, keysOf(counted));
  const short = counted.filter(
    (product) => product.stock_mode === 'hold' && (lockAll || isShort(product, shelves)),
  );
  if (short.length === 0) return { ...turn, shelves };
  await lockProducts(tx, keysOf(short));
  const locked = await stockLeft(tx, keysOf(short));
  turn.shelves = [...shelves.filter((shelf) => !short.some((product) => isOf(product, shelf))), ...locked];
  const contested = short.filter((product) => locked.some((shelf) => shelf.left > 0 && isOf(product, shelf)));
  const last = replies.findLast(
    ({ reading }) => reading.kind === 'order' && contested.includes(reading.product),
  );
  if (!last) return turn;
  const older = await usableOlder(tx, catalog, contested, last.post_id);
  const given = new Set(replies.map(({ post_id }) => post_id));
  const others = older.filter(({ post_id }) => !given.has(post_id));
  // Where there are more than fit, the oldest of them have this turn.
  const end = older.length < MOST.post_ids ? undefined : older.at(-1)?.post_id;
  const isLater = ({ post_id }: Read): boolean => end !== undefined && compareIds(post_id, end) > 0;
  const all = [...replies, ...others].sort((a, b) => compareIds(a.post_id, b.post_id));
  return { ...turn, replies: all.filter((each) => !isLater(each)), rest: all.filter(isLater) };
}

/** Of the older replies those that order such a product, as far as that is known: others do not wait for X. */
async function usableOlder(tx: Tx, catalog: Catalog, products: Product[], before: string): Promise<Read[]> {
  const naming = products.flatMap((product) => idsOf(catalog, product));
  const usable: Read[] = [];
  for (let after = '0'; usable.length < MOST.post_ids; ) {
    const older = await olderUnsettled(tx, { naming, after, before, limit: MOST.post_ids });
    const { replies } = await readAll(tx, older, catalog);
    usable.push(
      ...replies.filter(({ reading }) => reading.kind === 'order' && products.includes(reading.product)),
    );
    if (older.length < MOST.post_ids) break;
    after = older.at(-1)?.post_id as string;
  }
  return usable.slice(0, MOST.post_ids);
}

const keysOf = (products: Product[]) => ({
  merchant_ids: products.map((product) => product.merchant_id),
  product_skus: products.map((product) => product.sku),
});

const isOf = (product: Product, shelf: Shelf): boolean =>
  shelf.merchant_id === product.merchant_id && shelf.product_sku === product.sku;

const isShort = (product: Product, shelves: Shelf[]): boolean =>
  shelves.some((shelf) => isOf(product, shelf) && shelf.left < PLENTIFUL);

const indexes = new WeakMap<Catalog, Map<Product, string[]>>();

/** The ids of posts and conversations under which a product is offered: one of them stands in each reply to it. */
function idsOf(catalog: Catalog, product: Product): string[] {
  let index = indexes.get(catalog);
  if (!index) {
    index = new Map();
    for (const [id, products] of [...catalog.offers, ...catalog.conversations])
      for (const each of products) index.set(each, [...(index.get(each) ?? []), id]);
    indexes.set(catalog, index);
  }
  return index.get(product) ?? [];
}
