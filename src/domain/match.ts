import type { Catalog, Product } from './catalog.ts';
import { vocabularyOf } from './options.ts';
import type { FoundBy } from './outcome.ts';
import type { Post } from './post.ts';
import { prepare } from './prepare.ts';
import type { Token } from './tokens.ts';

/** The products that a reply may be about, and how they were found. */
export interface Offers {
  products: Product[];
  /** The ids of the one product post that the reply is to; none where only the conversation is known. */
  posts: string[];
  found_by: FoundBy;
}

/** What is known of another post. */
export type KnownPost = Pick<Post, 'parent_id' | 'edit_history'>;

/** What is known of posts, by their ids. */
export type KnownPosts = ReadonlyMap<string, KnownPost>;

/** Replies nest deeper than that only where somebody plays. */
export const DEEPEST = 100;

/**
 * What the nearest product post above a reply offers, by any id that the post has had; where there is none, or the
 * way up is broken, what the conversation offers.
 *
 * @param origin the post that is replied to (or quoted, where the merchant accepts that)
 */
export function findOffers(post: Post, origin: string, catalog: Catalog, known: KnownPosts): Offers {
  const versionsOf = (id: string): string[] => [id, ...(known.get(id)?.edit_history ?? [])];
  const offeredBy = (posts: string[]): Product[] => {
    if (posts.length === 1) return catalog.offers.get(posts[0] as string) ?? [];
    return [...new Set(posts.flatMap((id) => catalog.offers.get(id) ?? []))];
  };
  let above: string | undefined = origin;
  for (let depth = 0; above !== undefined && depth < DEEPEST; depth++) {
    const posts = versionsOf(above);
    const products = offeredBy(posts);
    const nearest = origin === post.quoted_id ? 'quoted' : 'parent';
    if (products.length > 0) return { products, posts, found_by: depth === 0 ? nearest : 'ancestor' };
    above = known.get(above)?.parent_id;
  }
  const conversations = versionsOf(post.conversation_id ?? '');
  const root = offeredBy(conversations);
  if (root.length > 0) return { products: root, posts: conversations, found_by: 'conversation_root' };
  const products = conversations.flatMap((id) => catalog.conversations.get(id) ?? []);
  return { products: [...new Set(products)], posts: [], found_by: 'conversation' };
}

/** Those of several products that a text names; all of them where it names none. */
export function namedProducts(text: string, products: Product[]): Product[] {
  if (products.length < 2) return products;
  const words = prepare(text, () => false);
  const named = products.filter((product) => names(words, product));
  return named.length > 0 ? named : products;
}

const names = (words: Token[], product: Product): boolean =>
  words.some((_, at) => vocabularyOf(product).product.find(words, at));
