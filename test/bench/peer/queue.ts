import pg from 'pg';
import { postgresBackend, type QueueBackend, redisBackend } from '../../../src/queue.ts';

/** A job of the naive peer: one post, whole. */
export interface PeerJob {
  post: unknown;
}

export const PEER_QUEUE = 'naive-replies';
export const PEER_PREFIX = 'naive';

/** BullMQ's connections as the product opens them: what differs is the unit of work. */
export function peerBackend({
  DATABASE_URL,
  REDIS_URL,
}: {
  DATABASE_URL: string;
  REDIS_URL: string;
}): QueueBackend {
  if (REDIS_URL) return redisBackend(REDIS_URL);
  const options = '-c search_path=bullmq -c enable_seqscan=off -c jit=off';
  return postgresBackend(new pg.Pool({ connectionString: DATABASE_URL, max: 20, options }));
}
