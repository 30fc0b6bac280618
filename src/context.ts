import type Stripe from 'stripe';
import type { Config } from './config.ts';
import { type Keys, makeKeys } from './crypto.ts';
import { followCatalog } from './db/catalog.ts';
import { type Db, openDatabase, openPool, requireDatabase, STEADY_PLANS } from './db/database.ts';
import { openEmbedded } from './db/embedded.ts';
import type { Catalog } from './domain/catalog.ts';
import { type Log, rarely } from './log.ts';
import { type Mailer, openMailer } from './mail/transport.ts';
import { openQueues, postgresBackend, type Queues, redisBackend } from './queue.ts';
import { openStripe } from './stripe/client.ts';
import { openX, type XClient } from './x/client.ts';

/** Everything that is opened once and passed on. Functions ask for the parts that they use. */
export interface Context extends AsyncDisposable {
  config: Config;
  log: Log;
  now: () => Date;
  databaseUrl: string;
  db: Db;
  /** For statements about batches, prepared, with plans that stay right while empty tables fill. */
  batchDb: Db;
  queues: Queues;
  keys: Keys;
  x: XClient;
  stripe: Stripe;
  mailer: Mailer;
  /** The newest catalog; `undefined` before the first was applied. */
  catalog: () => Promise<Catalog | undefined>;
}

/**
 * @param reach settings that only the database tells: where the sandbox's stand-ins are
 * @throws UnavailableError when the database does not answer, ConfigError when its folder cannot be used
 */
export async function openContext(
  given: Config,
  log: Log,
  reach?: (databaseUrl: string) => Promise<Partial<Config> | undefined>,
): Promise<Context> {
  await using opening = closeAll();
  const embedded = given.DATABASE_URL
    ? undefined
    : opening.add(await openEmbedded(given.DATA_DIR, { say: (message) => log.info(message) }));
  const databaseUrl = embedded?.url ?? given.DATABASE_URL;
  const onError = rarely((error: Error) => log.warn({ err: error }, 'a database connection broke'));
  const poolOf = (max: number, options?: Parameters<typeof openPool>[3]) => {
    const pool = openPool(databaseUrl, max, onError, options);
    opening.add({ [Symbol.asyncDispose]: () => pool.end() });
    return pool;
  };
  const pool = poolOf(10);
  await requireDatabase(pool, databaseUrl);
  const config = { ...given, ...(await reach?.(databaseUrl)) };
  const db = openDatabase(pool);
  const batchDb = openDatabase(poolOf(8, { options: STEADY_PLANS, prepare: true }));
  const queuePool = config.REDIS_URL
    ? undefined
    : poolOf(20, { options: `-c search_path=bullmq ${STEADY_PLANS}` });
  const queues = opening.add(
    queuePool
      ? openQueues('postgres', () => postgresBackend(queuePool), log)
      : openQueues('redis', () => redisBackend(config.REDIS_URL), log),
  );
  const mailer = opening.add(openMailer(config.SMTP_URL, config.MAIL_FROM));
  const opened = opening.release();
  return {
    config,
    log,
    now: () => new Date(),
    databaseUrl,
    db,
    batchDb,
    queues,
    keys: makeKeys(config.SECRET_KEY),
    x: openX(config),
    stripe: openStripe(config),
    mailer,
    catalog: followCatalog(db),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

/** Closes what was added, the last first. Node 20 has no AsyncDisposableStack. */
function closeAll(parts: AsyncDisposable[] = []) {
  return {
    add<T extends AsyncDisposable>(part: T): T {
      parts.push(part);
      return part;
    },
    /** Hands the parts over to somebody else. */
    release: () => closeAll(parts.splice(0)),
    async [Symbol.asyncDispose]() {
      for (const part of parts.reverse()) await part[Symbol.asyncDispose]();
    },
  };
}
