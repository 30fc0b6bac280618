import type { Db } from '../db/database.ts';
import { readBodies } from '../db/replies.ts';
import { dependsOnAncestors, nearestUnknown } from '../domain/ancestors.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { KnownPost, KnownPosts } from '../domain/match.ts';
import type { Post } from '../domain/post.ts';
import { detailOf, type Reading, readReply } from '../domain/read-reply.ts';
import { compareIds } from '../domain/snowflake.ts';
import { storable } from '../domain/text.ts';
import { messageOf } from '../errors.ts';
import { readMessage } from '../x/payload.ts';
import { knownAbove } from './known-above.ts';

/** A reply, read, and who wrote it. */
export interface Read {
  post_id: string;
  /** Null: it is no post as we know them. */
  author_id: string | null;
  /** The author, where the reply is a reason to remember them. */
  shopper_id: string | null;
  reading: Reading;
}

/** Replies that X delivered, read as far as our own tables tell. */
export interface Delivered {
  /** The oldest first. */
  replies: Read[];
  /** Those for which X would have to be asked first: a post above them, of which nothing is known, may decide. */
  waiting: Array<{ post_id: string; read(): Read }>;
}

/** Reads replies that X delivered, by their ids. */
export async function readDelivered(db: Db, post_ids: string[], catalog: Catalog): Promise<Delivered> {
  return readAll(db, await readBodies(db, post_ids), catalog);
}

/** Reads replies. Only what was read stays in memory, and the posts that depend on others above them: those are few. */
export async function readAll(db: Db, bodies: Body[], catalog: Catalog): Promise<Delivered> {
  const replies: Read[] = [];
  const nested = nestedPosts(bodies, catalog, (post_id, post) => replies.push(read(post_id, post, catalog)));
  const waiting: Delivered['waiting'] = [];
  if (nested.length > 0) {
    const known = new Map<string, KnownPost>();
    await knownAbove(db, nested, catalog, known);
    for (const post of nested) {
      const readIt = (): Read => read(post.id, post, catalog, known);
      if (nearestUnknown(post, catalog, known) === undefined) replies.push(readIt());
      else waiting.push({ post_id: post.id, read: readIt });
    }
  }
  return { replies: replies.sort((a, b) => compareIds(a.post_id, b.post_id)), waiting };
}

/** A reply as it is stored. */
interface Body {
  post_id: string;
  body: string;
}

/** Those of the posts that depend on others above them. The rest, also what is no post, is handed over one by one. */
export function nestedPosts(
  bodies: Body[],
  catalog: Catalog,
  rest: (post_id: string, post: Post | Error) => void = () => {},
): Post[] {
  const nested: Post[] = [];
  for (const { post_id, body } of bodies) {
    const post = orError(() => readMessage(JSON.parse(body)));
    if (!(post instanceof Error) && dependsOnAncestors(post, catalog)) nested.push(post);
    else rest(post_id, post);
  }
  return nested;
}

function read(post_id: string, post: Post | Error, catalog: Catalog, known?: KnownPosts): Read {
  const reading = post instanceof Error ? post : orError(() => readReply(post, catalog, known));
  if (!(post instanceof Error) && !(reading instanceof Error)) {
    if (post.lang !== undefined && reading.kind !== 'noise') detailOf(reading).lang = post.lang;
    // What is nobody's order is no reason to remember who wrote it.
    const { author_id } = post;
    return { post_id, author_id, shopper_id: reading.kind === 'noise' ? null : author_id, reading };
  }
  // X delivered something that is no post as we know them. Staff see it; nobody else has to wait for it.
  const detail = { error: storable(messageOf(reading), 1000) };
  const reason = { kind: 'noise', decision: { outcome: 'failed', detail } } as const;
  return { post_id, author_id: null, shopper_id: null, reading: reason };
}

function orError<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(messageOf(error));
  }
}
