import type { Catalog, Product } from './catalog.ts';
import { vocabularyOf } from './options.ts';
import type { FoundBy } from './outcome.ts';
import type { Post } from './post.ts';
import { prepare } from './prepare.ts';
import type { Token } from './tokens.ts';

/** Which products a reply may be about. */
export type Match =
  | { kind: 'product'; product: Product; found_by: FoundBy }
  | { kind: 'which_product'; among: Product[] }
  | { kind: 'not_a_product' };

/** What is known of another post. */
export type KnownPost = Pick<Post, 'parent_id' | 'edit_history'>;

/** What is known of a post by its id; `undefined`: nothing, or it is deleted or protected. */
export type Lookup = (id: string) => KnownPost | undefined;

/** Replies nest deeper than that only where somebody plays. */
export const DEEPEST = 100;

/**
 * The product that a reply is about: what the nearest product post above it offers, by any id that the post has had;
 * where there is none, or the way up is broken, what the conversation offers. Where that leaves several, the one
 * that the reply names.
 *
 * @param origin the post that is replied to (or quoted, where the merchant accepts that)
 */
export function findProduct(post: Post, origin: string, catalog: Catalog, lookup: Lookup): Match {
  const { offers, found_by } = findOffers(post, origin, catalog, lookup);
  const [only] = offers;
  if (only === undefined) return { kind: 'not_a_product' };
  if (offers.length === 1) return { kind: 'product', product: only, found_by };
  const words = prepare(post.text, () => false);
  const named = offers.filter((product) => names(words, product));
  if (named.length === 1) return { kind: 'product', product: named[0] as Product, found_by };
  return { kind: 'which_product', among: named.length > 1 ? named : offers };
}

function findOffers(
  post: Post,
  origin: string,
  catalog: Catalog,
  lookup: Lookup,
): { offers: Product[]; found_by: FoundBy } {
  let above: string | undefined = origin;
  for (let depth = 0; above !== undefined && depth < DEEPEST; depth++) {
    const known = lookup(above);
    const offers = [above, ...(known?.edit_history ?? [])].flatMap((id) => catalog.offers.get(id) ?? []);
    const nearest = origin === post.quoted_id ? 'quoted' : 'parent';
    if (offers.length > 0)
      return { offers: [...new Set(offers)], found_by: depth === 0 ? nearest : 'ancestor' };
    above = known?.parent_id;
  }
  const conversation = post.conversation_id ?? '';
  const root = catalog.offers.get(conversation);
  return root
    ? { offers: root, found_by: 'conversation_root' }
    : { offers: catalog.conversations.get(conversation) ?? [], found_by: 'conversation' };
}

const names = (words: Token[], product: Product): boolean =>
  words.some((_, at) => vocabularyOf(product).product.find(words, at));
