import type { Db } from '../db/database.ts';
import { readBodies } from '../db/replies.ts';
import { dependsOnAncestors, nearestUnknown } from '../domain/ancestors.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Lookup } from '../domain/match.ts';
import type { Post } from '../domain/post.ts';
import { type Reading, readReply } from '../domain/read-reply.ts';
import { compareIds } from '../domain/snowflake.ts';
import { storable } from '../domain/text.ts';
import { messageOf } from '../errors.ts';
import { readMessage } from '../x/payload.ts';
import { knownAbove } from './known-above.ts';

/** A reply, read, and who wrote it. */
export interface Read {
  post_id: string;
  shopper_id: string | null;
  reading: Reading;
  /** A post above it of which nothing is known, and which could make it another reading. */
  unknown?: string;
}

/** Reads replies that X delivered, by their ids, the oldest first. */
export async function readDelivered(db: Db, post_ids: string[], catalog: Catalog): Promise<Read[]> {
  return readAll(db, await readBodies(db, post_ids), catalog);
}

/**
 * Reads replies, the oldest first. Only what was read stays in memory; the posts do while other posts
 * above them are looked for, which few need.
 */
export async function readAll(
  db: Db,
  bodies: Array<{ post_id: string; body: string }>,
  catalog: Catalog,
): Promise<Read[]> {
  const replies: Read[] = [];
  const nested: Post[] = [];
  for (const { post_id, body } of bodies) {
    const post = orError(() => readMessage(JSON.parse(body)));
    if (post instanceof Error || !dependsOnAncestors(post, catalog))
      replies.push(read(post_id, post, catalog));
    else nested.push(post);
  }
  if (nested.length > 0) {
    const lookup = await knownAbove(db, nested, catalog);
    for (const post of nested)
      replies.push({
        ...read(post.id, post, catalog, lookup),
        unknown: nearestUnknown(post, catalog, lookup),
      });
  }
  return replies.sort((a, b) => compareIds(a.post_id, b.post_id));
}

function read(post_id: string, post: Post | Error, catalog: Catalog, lookup?: Lookup): Read {
  const reading = post instanceof Error ? post : orError(() => readReply(post, catalog, lookup));
  if (!(post instanceof Error) && !(reading instanceof Error)) {
    // What is nobody's order is no reason to remember who wrote it.
    return { post_id, shopper_id: reading.kind === 'noise' ? null : post.author_id, reading };
  }
  // X delivered something that is no post as we know them. Staff see it; nobody else has to wait for it.
  const detail = { error: storable(messageOf(reading), 1000) };
  return { post_id, shopper_id: null, reading: { kind: 'noise', decision: { outcome: 'failed', detail } } };
}

function orError<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(messageOf(error));
  }
}
