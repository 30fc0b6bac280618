import type { Keys } from '../crypto.ts';
import type { Db, Tx } from '../db/database.ts';
import { dropErased, noteErased, whenErased } from '../db/erased.ts';
import { compareIds, idAtTime } from '../domain/snowflake.ts';

/** Remembers that an account, and the addresses that nobody else uses, were erased. */
export async function leaveTraces(
  tx: Tx,
  keys: Keys,
  { account, addresses }: { account: string; addresses: string[] },
): Promise<void> {
  const all = [ofAccount(keys, account), ...addresses.map((address) => ofAddress(keys, address))];
  await noteErased(
    tx,
    all.flatMap((hashes) => hashes.slice(0, 1)),
  );
}

/** Of posts, with their authors, those that were written before their author was erased. @param last when anybody was */
export async function postsOfErased(
  tx: Tx,
  keys: Keys,
  last: Date | null,
  posts: Array<{ post_id: string; author_id: string | null }>,
): Promise<Set<string>> {
  // Nearly all posts are newer than the last erasure: nobody has to be looked up.
  const before = last && idAtTime(last);
  const old = before === null ? [] : posts.filter(({ post_id }) => compareIds(post_id, before) < 0);
  const authors = [...new Set(old.flatMap(({ author_id }) => author_id ?? []))];
  if (authors.length === 0) return new Set();
  const erased = await erasedAmong(tx, authors, (author) => ofAccount(keys, author));
  return new Set(
    old
      .filter(({ post_id, author_id }) => {
        const at = erased.get(author_id ?? '');
        return at !== undefined && compareIds(post_id, idAtTime(at)) < 0;
      })
      .map(({ post_id }) => post_id),
  );
}

/** Which of these e-mail addresses were erased. */
export async function erasedAddresses(db: Db, keys: Keys, addresses: string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  return new Set((await erasedAmong(db, addresses, (address) => ofAddress(keys, address))).keys());
}

/** Whoever gives an address anew wants mail there. */
export async function welcomeAddress(tx: Tx, keys: Keys, address: string): Promise<void> {
  await dropErased(tx, ofAddress(keys, address));
}

async function erasedAmong(
  db: Db,
  subjects: string[],
  hashesOf: (subject: string) => string[],
): Promise<Map<string, Date>> {
  const subjectOf = new Map(
    subjects.flatMap((subject) => hashesOf(subject).map((hash) => [hash, subject] as const)),
  );
  const found = await whenErased(db, [...subjectOf.keys()]);
  return new Map([...found].map(([hash, at]) => [subjectOf.get(hash) as string, at]));
}

/** Under each of the keys, the newest first. */
const ofAccount = (keys: Keys, account: string): string[] =>
  keys.tokensFor('erased account', account).map(hex);
const ofAddress = (keys: Keys, address: string): string[] =>
  keys.tokensFor('erased address', address.toLowerCase()).map(hex);

const hex = (token: string): string => Buffer.from(token, 'base64url').toString('hex');
