import type { Report } from './catalog-faults.ts';
import {
  type CatalogFile,
  type MerchantEntry,
  offeredAt,
  postIdOf,
  readPostAddress,
} from './catalog-file.ts';
import { say } from './catalog-texts.ts';
import { foldTag } from './hashtags.ts';

/** An entry, by its number in the file. */
interface Numbered {
  entry: MerchantEntry;
  m: number;
}

/**
 * X accounts and their posts. An account may stand in several entries, one for each market, that offer something at
 * the same post: then the tag tells which of them is meant.
 */
export function checkAccounts({ merchants }: CatalogFile, report: Report): void {
  checkHandles(merchants, report);
  checkNames(merchants, report);
  const offers = new Map<string, Array<Numbered & { path: PropertyKey[] }>>();
  merchants.forEach((entry, m) => {
    entry.products.forEach((product, p) => {
      const own = new Map<string, PropertyKey[]>();
      product.posts.map(offeredAt).forEach(({ url: address }, n) => {
        const path = ['merchants', m, 'products', p, 'posts', n];
        const id = checkAddress(address, entry, path, report);
        if (id === undefined) return;
        const same = own.get(id);
        if (same) report.warning(path, say('second', { what: 'the post', name: id }), same);
        else own.set(id, path);
        const known = offers.get(id) ?? [];
        const first = known[0];
        if (first && first.entry.x.user_id !== entry.x.user_id)
          report.error(path, say('owned_post', { owner: first.entry.id }), first.path);
        else if (!known.some((other) => other.m === m)) known.push({ entry, m, path });
        offers.set(id, known);
      });
    });
  });
  checkSharedTags(offers, report);
}

/** An account has one handle, and a handle one account. */
function checkHandles(merchants: MerchantEntry[], report: Report): void {
  const byId = new Map<string, number>();
  const byHandle = new Map<string, number>();
  merchants.forEach(({ x: { username, user_id } }, m) => {
    const [same, namesake] = [byId.get(user_id), byHandle.get(username.toLowerCase())];
    const other = merchants[same ?? namesake ?? m]?.x;
    if (same !== undefined && other?.username.toLowerCase() !== username.toLowerCase())
      report.error(
        ['merchants', m, 'x', 'username'],
        say('other_handle', { user_id, other: other?.username ?? '' }),
        ['merchants', same, 'x', 'username'],
      );
    else if (same === undefined && namesake !== undefined)
      report.error(
        ['merchants', m, 'x', 'user_id'],
        say('other_account', { username, other: other?.user_id ?? '' }),
        ['merchants', namesake, 'x', 'user_id'],
      );
    byId.set(user_id, same ?? m);
    byHandle.set(username.toLowerCase(), namesake ?? m);
  });
}

/** Mails name a market by its entry's name. */
function checkNames(merchants: MerchantEntry[], report: Report): void {
  const seen = new Map<string, number>();
  merchants.forEach(({ id, name, x: { user_id } }, m) => {
    const key = `${user_id} ${name}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, m);
    else
      report.warning(
        ['merchants', m, 'name'],
        say('same_market', { name, id, other: merchants[first]?.id ?? '' }),
        ['merchants', first, 'name'],
      );
  });
}

/** A post's id, where the address is one of a post of the merchant. */
function checkAddress(
  address: string,
  { x: { username } }: MerchantEntry,
  path: PropertyKey[],
  report: Report,
): string | undefined {
  const post = readPostAddress(address);
  const id = postIdOf(address, username);
  if (!post) report.error(path, say('not_a_post', { username }));
  else if (id === undefined) report.error(path, say('foreign_post', { username, other: post.username }));
  return id;
}

/** A tag that two markets share says nothing where both offer something at one post. */
function checkSharedTags(offers: Map<string, Numbered[]>, report: Report): void {
  const told = new Set<string>();
  for (const [post, entries] of offers) {
    const seen = new Map<string, { entry: MerchantEntry; path: PropertyKey[] }>();
    for (const { entry, m } of entries.length > 1 ? entries : []) {
      for (const { tag, path } of tagsWithPaths(entry, m)) {
        const before = seen.get(foldTag(tag));
        seen.set(foldTag(tag), before ?? { entry, path });
        if (!before || before.entry === entry || told.has(path.join(' '))) continue;
        told.add(path.join(' '));
        report.error(path, say('shared_tag', { tag, other: before.entry.id, post }), before.path);
      }
    }
  }
}

const tagsWithPaths = ({ hashtags }: MerchantEntry, m: number): Array<{ tag: string; path: PropertyKey[] }> =>
  Object.entries(hashtags).flatMap(([action, tags]) =>
    tags.map((tag, n) => ({ tag, path: ['merchants', m, 'hashtags', action, n] })),
  );
