import { type Job, Worker } from 'bullmq';
import pg from 'pg';
import { readConfig } from '../../../src/config.ts';
import { loadCatalog } from '../../../src/db/catalog.ts';
import { openDatabase } from '../../../src/db/database.ts';
import type { Catalog } from '../../../src/domain/catalog.ts';
import { openX } from '../../../src/x/client.ts';
import { readMessage } from '../../../src/x/payload.ts';
import { postsAbove } from './look-up.ts';
import { PEER_PREFIX, PEER_QUEUE, type PeerJob, peerBackend } from './queue.ts';
import { settleOne } from './settle-one.ts';

const CONCURRENCY = 10;

/** The naive peer's worker: a request to X where it is needed and a transaction for each job, ten at a time. */
async function work(): Promise<void> {
  const config = readConfig(process.env);
  // Spared the plan cliff of empty tables, as the product is: it is not what is compared.
  const options = '-c enable_seqscan=off -c jit=off';
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: CONCURRENCY, options });
  const db = openDatabase(pool);
  const x = openX(config);
  const catalog = (await loadCatalog(db)) as Catalog;
  const backend = peerBackend(config);
  const worker = new Worker<PeerJob>(
    PEER_QUEUE,
    async ({ data }: Job<PeerJob>) => {
      const post = readMessage(data.post);
      const known = await postsAbove(db, x, post, catalog);
      await settleOne(pool, { post, body: data.post, known }, catalog, config.MAIL_QUIET_SECONDS);
    },
    { connection: backend.consumer as never, prefix: PEER_PREFIX, concurrency: CONCURRENCY },
    backend.factory as never,
  );
  worker.on('error', (error) => process.stderr.write(`${error.stack}\n`));
  worker.on('failed', (_job, error) => process.stderr.write(`${error.stack}\n`));
  await worker.waitUntilReady();
  process.stderr.write('working\n');
  await new Promise<void>((resolve) => process.once('SIGTERM', resolve));
  await worker.close();
  process.exit(0);
}

await work();
