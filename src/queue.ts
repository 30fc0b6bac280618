import {
  createPostgresBackend,
  createRedisBackend,
  type Job,
  Queue,
  runMigrations,
  UnrecoverableError,
  Worker,
} from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type pg from 'pg';
import { z } from 'zod';
import { inBatches } from './domain/batches.ts';
import { PermanentError } from './errors.ts';
import { type Log, rarely } from './log.ts';
import { sleep } from './process.ts';

const id = z.string().regex(/^\d{1,19}$/);

/** The most ids that a job carries. */
export const MOST = { post_ids: 800, mail_ids: 100 };

/**
 * Every job that there is. Jobs carry ids and nothing else: what they are about is in the database, which alone
 * says what is done. A job that is lost is added again by the sweep, one that runs twice changes nothing.
 */
export const jobs = {
  'read-replies': { data: z.object({ post_ids: z.array(id).min(1).max(MOST.post_ids) }), concurrency: 12 },
  'move-up': {
    data: z.object({ merchant_id: z.string().max(40), product_sku: z.string().max(64) }),
    concurrency: 2,
  },
  'find-parents': { data: z.object({ post_ids: z.array(id).min(1).max(MOST.post_ids) }), concurrency: 12 },
  'send-mails': { data: z.object({ mail_ids: z.array(id).min(1).max(MOST.mail_ids) }), concurrency: 4 },
  'post-replies': { data: z.object({ account_id: id }), concurrency: 2 },
  'read-stripe-event': { data: z.object({ event_id: z.string().max(255) }), concurrency: 4 },
  'record-payment': { data: z.object({ session_id: z.string().max(255) }), concurrency: 4 },
  'check-payee': { data: z.object({ merchant_id: z.string().max(40) }), concurrency: 1 },
  'give-refund': { data: z.object({ refund_id: id }), concurrency: 2 },
  'buy-now': { data: z.object({ post_id: id }), concurrency: 4 },
  'charge-card': { data: z.object({ checkout_id: id }), concurrency: 4 },
  'keep-customer': { data: z.object({ customer_id: id }), concurrency: 2 },
  'send-webhooks': { data: z.object({ merchant_id: z.string().max(40) }), concurrency: 8 },
} satisfies Record<string, { data: z.ZodType; concurrency: number }>;

export type JobName = keyof typeof jobs;
export type JobData<N extends JobName> = z.infer<(typeof jobs)[N]['data']>;
/** `last`: it will not be tried again. */
export interface Attempt {
  last: boolean;
}
export type Handlers = { [N in JobName]: (data: JobData<N>, attempt: Attempt) => Promise<void> };
type Handler = (data: unknown, attempt: Attempt) => Promise<void>;
export const jobNames = Object.keys(jobs) as JobName[];

export interface Queues extends AsyncDisposable {
  backend: 'redis' | 'postgres';
  /** Adds jobs, or logs that it could not: the sweep does it later. Never throws and never takes longer than some seconds. */
  add<N extends JobName>(name: N, ...data: JobData<N>[]): Promise<void>;
  /** How many jobs wait. @throws when the queue does not answer */
  waiting(name: JobName): Promise<number>;
  /** Works on jobs of these names until the returned function is called, which waits for those under way. */
  work(names: JobName[], handlers: Handlers): () => Promise<void>;
}

/** Has mails of the outbox sent. */
export const queueMails = ({ queues }: { queues: Queues }, mail_ids: string[]): Promise<void> =>
  queues.add('send-mails', ...inBatches(mail_ids, MOST.mail_ids).map((batch) => ({ mail_ids: batch })));

/** Of the keys in Redis. */
const PREFIX = 'replycart';
const ADD_TIMEOUT_MS = 5_000;
const ATTEMPTS = 5;
/** A dead worker's jobs are taken over after this. The handlers may run twice at once, so it may be short. */
const LOCK_MS = 15_000;
/** After which a worker whose server is away asks again. */
const RETRY_MS = 1_000;

export interface QueueBackend {
  factory: typeof createPostgresBackend | typeof createRedisBackend;
  /** For adding jobs. */
  producer: Redis | pg.Pool;
  /** For working on them. */
  consumer: Redis | pg.Pool;
  close(): Promise<unknown>;
}

/**
 * Queues in Redis. While it is away, adding a job fails and workers wait for its return. Connects at once, and again
 * and again: a connection that waits to be asked for gives up for good when its first attempt fails.
 */
export function redisBackend(url: string): QueueBackend {
  // BullMQ hears of errors too, and reports them.
  const open = (options: RedisOptions): Redis => new Redis(url, options).on('error', () => {});
  const producer = open({ maxRetriesPerRequest: 1, enableOfflineQueue: false });
  const consumer = open({ maxRetriesPerRequest: null });
  const close = async (): Promise<void> => {
    for (const redis of [producer, consumer]) redis.disconnect();
  };
  return { factory: createRedisBackend, producer, consumer, close };
}

/** Queues in PostgreSQL. @param pool its connections have BullMQ's schema as their search path; the caller closes it */
export function postgresBackend(pool: pg.Pool): QueueBackend {
  pool.setMaxListeners(0); // each queue and each worker listens to its errors
  return {
    factory: createPostgresBackend,
    producer: pool,
    consumer: pool,
    close: async () => {},
  };
}

/** The schema that BullMQ's PostgreSQL backend keeps, tuned for tables that are filled and emptied all day. */
export async function migrateQueues(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, 'bullmq');
    for (const table of ['job', 'event']) {
      await client.query(`alter table bullmq.${table} set (
        autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0)`);
    }
  } finally {
    client.release();
  }
}

/** @param open opens the connections; called when the first queue is used, because many commands use none */
export function openQueues(kind: Queues['backend'], open: () => QueueBackend, log: Log): Queues {
  let opened: QueueBackend | undefined;
  const backend = (): QueueBackend => (opened ??= open());
  const onError = rarely((error: Error) => log.warn({ err: error }, 'the queue is in trouble'));
  const queues = new Map<JobName, Queue>();
  const queueOf = (name: JobName): Queue => {
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue(
      name,
      { connection: backend().producer as never, prefix: PREFIX },
      backend().factory as never,
    );
    queue.on('error', onError);
    queues.set(name, queue);
    // BullMQ remembers for ever that it could not get ready: whoever asks next opens another.
    queue.waitUntilReady().catch(() => {
      if (queues.get(name) === queue) queues.delete(name);
      queue.close().catch(() => {});
    });
    return queue;
  };
  const openWorker = (name: JobName, handler: Handler): Worker => {
    const process = async (job: Job): Promise<void> => {
      try {
        const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
        await handler(jobs[name].data.parse(job.data), { last });
      } catch (error) {
        if (error instanceof PermanentError || error instanceof z.ZodError)
          throw new UnrecoverableError(error.message);
        throw error;
      }
    };
    const worker = new Worker(
      name,
      process,
      {
        connection: backend().consumer as never,
        prefix: PREFIX,
        concurrency: jobs[name].concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: LOCK_MS / 3,
        maxStalledCount: 10,
        runRetryDelay: RETRY_MS,
      },
      backend().factory as never,
    );
    worker.on('error', onError);
    worker.on('failed', (job, error) => {
      const last = (job?.attemptsMade ?? 0) >= ATTEMPTS;
      log[last ? 'error' : 'warn'](
        { err: error, job: name, id: job?.id },
        last ? 'a job failed for good' : 'a job failed and will be tried again',
      );
    });
    return worker;
  };
  return {
    backend: kind,
    async add(name, ...data) {
      const opts = {
        attempts: ATTEMPTS,
        backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
        removeOnComplete: true,
        removeOnFail: { age: 24 * 3600 },
      };
      try {
        const queue = queueOf(name);
        // Not addBulk: in PostgreSQL it makes temporary tables for each call, and every plan is made anew after that.
        const adding = data.map((each) => queue.add(name, jobs[name].data.parse(each), opts));
        await within(ADD_TIMEOUT_MS, Promise.all(adding));
      } catch (error) {
        log.warn({ err: error, job: name }, 'jobs could not be queued; the sweep will');
      }
    },
    waiting: (name) =>
      within(ADD_TIMEOUT_MS, queueOf(name).getJobCountByTypes('waiting', 'active', 'delayed')),
    work(names, handlers) {
      const stopped = new AbortController();
      const workers = new Map<JobName, Worker>();
      const open = async (name: JobName): Promise<void> => {
        while (!stopped.signal.aborted) {
          const worker = openWorker(name, handlers[name] as Handler);
          workers.set(name, worker);
          try {
            await worker.waitUntilReady();
            return;
          } catch {
            // It would never get ready: see above.
            worker.close().catch(() => {});
            await sleep(RETRY_MS, stopped.signal);
          }
        }
      };
      for (const name of names) void open(name);
      return async () => {
        stopped.abort();
        await Promise.all([...workers.values()].map((worker) => worker.close()));
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await opened?.close();
    },
  };
}

/** @throws an Error when the promise takes longer: BullMQ waits for ever for a Redis that it never reached. */
function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
