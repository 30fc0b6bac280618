import type { Db } from '../db/database.ts';
import { readBodies } from '../db/replies.ts';
import type { Catalog } from '../domain/catalog.ts';
import { type Reading, readReply } from '../domain/read-reply.ts';
import { compareIds } from '../domain/snowflake.ts';
import { storable } from '../domain/text.ts';
import { messageOf } from '../errors.ts';
import { readMessage } from '../x/payload.ts';

/** A reply, read, and who wrote it. */
export interface Read {
  post_id: string;
  shopper_id: string | null;
  reading: Reading;
}

/** Reads replies, the oldest first. Only what was read stays in memory, not the posts. */
export async function readBatch(db: Db, post_ids: string[], catalog: Catalog): Promise<Read[]> {
  return readAll(await readBodies(db, post_ids), catalog);
}

export function readAll(bodies: Array<{ post_id: string; body: string }>, catalog: Catalog): Read[] {
  return bodies
    .map(({ post_id, body }) => read(post_id, body, catalog))
    .sort((a, b) => compareIds(a.post_id, b.post_id));
}

function read(post_id: string, body: string, catalog: Catalog): Read {
  try {
    const post = readMessage(JSON.parse(body));
    const reading = readReply(post, catalog);
    // What is nobody's order is no reason to remember who wrote it.
    return { post_id, shopper_id: reading.kind === 'noise' ? null : post.author_id, reading };
  } catch (error) {
    // X delivered something that is no post as we know them. Staff see it; nobody else has to wait for it.
    const detail = { error: storable(messageOf(error), 1000) };
    return { post_id, shopper_id: null, reading: { kind: 'noise', decision: { outcome: 'failed', detail } } };
  }
}
