import type { Catalog, Product } from './catalog.ts';
import type { FoundBy } from './outcome.ts';
import type { Post } from './post.ts';

/** Which products a reply may be about. */
export type Match =
  | { kind: 'product'; product: Product; found_by: FoundBy }
  | { kind: 'which_product'; among: Product[] }
  | { kind: 'not_a_product' };

/**
 * The product that a reply is about: what the post offers that it replies to; where that is no product post,
 * what the conversation offers. Where that leaves several, the one that the reply names.
 *
 * @param origin the post that is replied to (or quoted, where the merchant accepts that)
 */
export function findProduct(post: Post, origin: string, catalog: Catalog): Match {
  const { offers, found_by } = findOffers(post, origin, catalog);
  const [only] = offers;
  if (only === undefined) return { kind: 'not_a_product' };
  if (offers.length === 1) return { kind: 'product', product: only, found_by };
  const named = offers.filter((product) => names(post.text, product));
  if (named.length === 1) return { kind: 'product', product: named[0] as Product, found_by };
  return { kind: 'which_product', among: named.length > 1 ? named : offers };
}

function findOffers(post: Post, origin: string, catalog: Catalog): { offers: Product[]; found_by: FoundBy } {
  const direct = catalog.offers.get(origin);
  if (direct) return { offers: direct, found_by: origin === post.quoted_id ? 'quoted' : 'parent' };
  // A reply to somebody's comment. Where the thread offers more than its first post does, any of that is possible.
  const conversation = post.conversation_id ?? '';
  const root = catalog.offers.get(conversation);
  const all = catalog.conversations.get(conversation) ?? root ?? [];
  return root && all.length <= root.length
    ? { offers: root, found_by: 'conversation_root' }
    : { offers: all, found_by: 'conversation' };
}

function names(text: string, product: Product): boolean {
  const said = fold(text);
  return product.words.some((word) => contains(said, fold(word)));
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether a word stands in a text, not as a part of another word. */
function contains(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at);
    const after = text.slice(at + word.length);
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
