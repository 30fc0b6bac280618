import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { loadCatalog } from '../../../src/db/catalog.ts';
import { writeClaims } from '../../../src/db/claims.ts';
import { type Db, inTransaction, openDatabase, openPool, STEADY_PLANS } from '../../../src/db/database.ts';
import { storeReplies } from '../../../src/db/replies.ts';
import { holdingsOf, lockShoppers, newestOutcomes, writeSettled } from '../../../src/db/settle.ts';
import { stockLeft } from '../../../src/db/stock.ts';
import type { Catalog } from '../../../src/domain/catalog.ts';
import { writeWorkload } from '../workload/workload.ts';
import { decider, type Prepared } from './decide.ts';

const LANES = 2;
const BATCH = 500;
const QUIET_SECONDS = 60;

const given = z.object({ url: z.string(), posts: z.number(), seed: z.number(), warmUp: z.number() });
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

/** Drives what the product writes straight at PostgreSQL: two connections, each with half of the shoppers. */
async function drive(): Promise<void> {
  const { url, posts, seed, warmUp } = given.parse(JSON.parse(process.argv[2] ?? ''));
  const lanes = Array.from({ length: LANES }, () =>
    openDatabase(openPool(url, 1, () => {}, { options: STEADY_PLANS, prepare: true })),
  );
  const catalog = (await loadCatalog(lanes[0] as Db)) as Catalog;
  const work = prepare(catalog, writeWorkload(posts, seed), warmUp);
  await runLanes(lanes, work.early);
  say({ ready: true });
  await text(process.stdin); // until told to go
  await runLanes(lanes, work.rest);
  const measured = once(process, 'SIGTERM');
  say({ done: true });
  await measured;
  await Promise.all(lanes.map((lane) => lane.destroy()));
}

function prepare(catalog: Catalog, { posts, delivery }: ReturnType<typeof writeWorkload>, warmUp: number) {
  const laneOf = (author: string): number => Number(BigInt(author) % BigInt(LANES));
  const deciders = Array.from({ length: LANES }, () => decider(catalog));
  const inLanes = (ids: Iterable<string>): Prepared[][] =>
    deciders.map((decide, lane) => {
      const own = [...ids].map((id) => posts.get(id)).filter((post) => post && laneOf(post.author) === lane);
      const batches = Array.from({ length: Math.ceil(own.length / BATCH) }, (_, n) =>
        own.slice(n * BATCH, (n + 1) * BATCH),
      );
      return batches.map((batch) => decide(batch.filter((post) => post !== undefined)));
    });
  const early = new Set(delivery.ids.slice(0, warmUp));
  const rest = new Set(delivery.ids.slice(warmUp).filter((id) => !early.has(id)));
  return { early: inLanes(early), rest: inLanes(rest) };
}

async function runLanes(lanes: Db[], work: Prepared[][]): Promise<void> {
  await Promise.all(
    lanes.map(async (lane, n) => {
      for (const batch of work[n] ?? []) await write(lane, batch);
    }),
  );
}

async function write(
  lane: Db,
  { delivered, authors, pairs, wanted, settled, claimants, claims }: Prepared,
): Promise<void> {
  await storeReplies(lane, delivered);
  await inTransaction(lane, async (tx) => {
    await stockLeft(tx, wanted);
    await lockShoppers(tx, authors);
    await newestOutcomes(
      tx,
      delivered.map(({ post_id }) => post_id),
    );
    await holdingsOf(tx, pairs, claimants);
    await writeSettled(tx, settled, QUIET_SECONDS);
    await writeClaims(tx, claims);
  });
}

await drive();
