import { type CatalogFile, type MerchantEntry, postIdOf, readPostAddress } from './catalog-file.ts';
import { checkShipping, checkTags } from './catalog-merchant.ts';
import { checkProduct, variantsOf } from './catalog-product.ts';
import { say } from './catalog-texts.ts';

/** A fault, and where it is: keys and numbers that lead to the place in the file. */
export interface Fault {
  path: PropertyKey[];
  message: string;
  /** The other place, where two do not go together. */
  see?: PropertyKey[];
}

/** Takes down faults. */
export type Report = (path: PropertyKey[], message: string, see?: PropertyKey[]) => void;

/** What is wrong between parts that are each right by themselves. */
export function faultsBetween(file: CatalogFile): Fault[] {
  const faults: Fault[] = [];
  const report: Report = (path, message, see) => void faults.push({ path, message, ...(see ? { see } : {}) });
  const ids = uniqueness(report);
  const checkPosts = ownership(report);
  file.merchants.forEach((entry, m) => {
    const at = ['merchants', m];
    ids('the merchant id', entry.id, [...at, 'id']);
    checkTags(entry, at, report);
    checkShipping(entry, at, report);
    const skus = uniqueness(report);
    entry.products.forEach((product, p) => {
      const path = [...at, 'products', p];
      checkProduct(product, entry, path, report);
      const variants = product.options.length > 0 ? variantsOf(product) : [];
      for (const { sku } of [product, ...variants]) skus('the SKU', sku, [...path, 'sku']);
      const posts = uniqueness(report);
      product.posts.forEach((address, n) => {
        const where = [...path, 'posts', n];
        const id = postIdOf(address, entry.x.username);
        if (id) posts('the post', id, where);
        checkPosts(address, entry, where);
      });
    });
  });
  return faults;
}

/** Tells of names that stand a second time. */
function uniqueness(report: Report): (what: string, name: string, path: PropertyKey[]) => void {
  const seen = new Map<string, PropertyKey[]>();
  return (what, name, path) => {
    const first = seen.get(name);
    if (first) report(path, say('second', { what, name }), first);
    else seen.set(name, path);
  };
}

/** Tells of posts that are not the merchant's. */
function ownership(report: Report): (address: string, entry: MerchantEntry, path: PropertyKey[]) => void {
  const owners = new Map<string, { owner: string; path: PropertyKey[] }>();
  return (address, { id: owner, x: { username } }, path) => {
    const post = readPostAddress(address);
    if (!post) return report(path, say('not_a_post', { username }));
    if (postIdOf(address, username) === undefined)
      return report(path, say('foreign_post', { username, other: post.username }));
    const before = owners.get(post.id);
    if (!before) owners.set(post.id, { owner, path });
    else if (before.owner !== owner) report(path, say('owned_post', { owner: before.owner }), before.path);
  };
}
