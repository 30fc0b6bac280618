import { z } from 'zod';
import type { Context } from '../src/context.ts';
import { type Delivered, storeReplies } from '../src/db/replies.ts';
import type { ReplySource } from '../src/db/schema.ts';
import { byHalves, inBatches } from '../src/domain/batches.ts';
import { sleep } from '../src/process.ts';
import { MOST } from '../src/queue.ts';
import { payloadOf } from '../src/x/payload.ts';

type Needs = Pick<Context, 'batchDb' | 'queues' | 'log'>;

const BATCH_MS = 20;
const LANES = 2;
/** Batches that are being stored while the next one fills. */
const IN_FLIGHT = 2;
const RETRY_MS = 1_000;

/** What a message is that holds no post as we know them, as far as storing it needs to know. */
const id = z.string().regex(/^[1-9]\d{0,18}$/);
const envelope = z.object({
  data: z.object({ id, author_id: id.optional().catch(undefined) }).optional(),
  errors: z.array(z.looseObject({ title: z.string().optional(), detail: z.string().optional() })).optional(),
});

export interface Intake {
  /**
   * Takes messages as X wrote them. Resolves when there is room for more: a caller that waits for it holds only
   * so many messages in memory.
   */
  take(source: ReplySource, lines: Buffer[]): Promise<void>;
  /** Resolves when everything taken is stored, or given up: whether it is stored. */
  stored(): Promise<boolean>;
}

/**
 * Stores what X delivers, before anything else happens to it: in batches of up to 800 posts or 20 ms, each one row
 * per post and one job. Posts that come faster than they can be stored are dealt out by their authors: batches
 * that are settled at the same time then do not wait for each other's shoppers. While the database is away it keeps
 * what it holds and tries again, until told to give up.
 */
export function openIntake(context: Needs, giveUp: AbortSignal): Intake {
  const lanes = Array.from({ length: LANES }, () => new Map<string, Delivered>());
  const storing = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  /** Posts have waited long enough, but there was no room. */
  let overdue = false;

  const send = (delivered: Delivered[]): void => {
    const work = store(context, delivered, giveUp).finally(() => {
      storing.delete(work);
      if (overdue) flush();
    });
    storing.add(work);
  };
  const empty = (lane: Map<string, Delivered>): Delivered[] => {
    const delivered = [...lane.values()];
    lane.clear();
    return delivered;
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    overdue = storing.size >= IN_FLIGHT;
    if (overdue) return;
    for (const batch of inBatches(lanes.flatMap(empty), MOST.post_ids)) send(batch);
  };

  return {
    async take(source, lines) {
      for (const line of lines) {
        const read = readEnvelope(line, context);
        if (!read) continue;
        const lane = lanes[read.lane] as Map<string, Delivered>;
        lane.set(read.post_id, { post_id: read.post_id, source, body: read.body });
        if (lane.size < MOST.post_ids) continue;
        while (storing.size >= IN_FLIGHT) await Promise.race(storing);
        for (const batch of inBatches(empty(lane), MOST.post_ids)) send(batch);
      }
      if (lanes.some((lane) => lane.size > 0)) timer ??= setTimeout(flush, BATCH_MS);
    },
    async stored() {
      for (flush(); storing.size > 0; flush()) await Promise.all(storing);
      return !giveUp.aborted;
    },
  };
}

/** The post in a message; `undefined` where there is none, which is logged. */
function readEnvelope(
  line: Buffer,
  { log }: Needs,
): (Omit<Delivered, 'source'> & { lane: number }) | undefined {
  try {
    const text = line.toString();
    const message: unknown = JSON.parse(text);
    const payload = payloadOf(message);
    if (payload) return { ...placeOf(payload), body: Buffer.from(JSON.stringify({ data: payload })) };
    const { data, errors } = envelope.parse(message);
    // Errors beside a post say that something about it is not visible to us; alone they announce the end.
    if (errors && !data)
      log.warn(
        { errors: errors.map(({ title, detail }) => detail ?? title) },
        'X announces a problem in the stream',
      );
    // Staff see what nobody could read, as it came.
    return data && { ...placeOf(data), body: Buffer.from(text) };
  } catch (error) {
    log.error({ err: error, bytes: line.length }, 'X delivered something that is no message; it is left out');
    return undefined;
  }
}

/** Many ids of X are multiples of a power of two: a prime spreads them. */
const placeOf = ({ id: post_id, author_id = post_id }: { id: string; author_id?: string | undefined }) => ({
  post_id,
  lane: (Number(author_id.slice(-9)) % 997) % LANES,
});

async function store(context: Needs, delivered: Delivered[], giveUp: AbortSignal): Promise<void> {
  await byHalves(
    delivered,
    (half) => storePatiently(context, half, giveUp),
    isAboutTheData,
    async ({ post_id }, error) =>
      context.log.error({ err: error, post_id }, 'a post cannot be stored; it is left out'),
  );
}

async function storePatiently(context: Needs, delivered: Delivered[], giveUp: AbortSignal): Promise<never[]> {
  while (!giveUp.aborted) {
    try {
      const post_ids = await storeReplies(context.batchDb, delivered);
      if (post_ids.length > 0) await context.queues.add('read-replies', { post_ids });
      break;
    } catch (error) {
      if (isAboutTheData(error)) throw error;
      context.log.warn({ err: error, posts: delivered.length }, 'posts cannot be stored yet; trying again');
      await sleep(RETRY_MS, giveUp);
    }
  }
  return [];
}

/** PostgreSQL's classes for values that it does not take: data exceptions, and JSON nested too deeply. */
const isAboutTheData = (error: unknown): boolean => /^22|^54/.test((error as { code?: string }).code ?? '');
