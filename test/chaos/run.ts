import { makeRandom } from '../bench/workload/random.ts';
import type { Options } from './options.ts';
import { type Proof, prove } from './proof.ts';
import { settle } from './settle.ts';
import { live } from './shopper.ts';
import { calm, kill, startAll, weather } from './weather.ts';
import { connect, makeWorld, type Tally, type World } from './world.ts';

export interface Report {
  tally: Tally;
  proofs: Proof[];
  /** The same again, of the same run. */
  proveAgain(): Promise<Proof[]>;
  world: World;
  /** How long the shoppers were at it, and until everything was settled then. */
  seconds: { shopping: number; settling: number };
}

/**
 * Lets shoppers loose on the product as it runs in production, while prices change, processes are killed and Stripe's
 * webhooks and answers get lost; waits until everything is settled, and proves that the books are right.
 *
 * @throws Error where a shopper gets nowhere, or it does not settle
 */
export async function run(options: Options, env: Record<string, string> = {}): Promise<Report> {
  const { shoppers, seed, kills, together } = options;
  const say = (text: string): void => void (options.talk && process.stderr.write(`${text}\n`));
  say('bringing everything up');
  const world = await makeWorld(options, env);
  startAll(world);
  await world.service.isReady();
  await connect(world);
  const began = new Date();
  const stop = new AbortController();
  const outside = weather(world, makeRandom(seed), stop.signal);
  const due = Array.from({ length: kills }, (_, n) => Math.ceil(((n + 1) * shoppers) / (kills + 1)));
  let [next, done, turn] = [0, 0, 0];
  const one = async (): Promise<void> => {
    while (next < shoppers) {
      const n = next++;
      await live(world, n, makeRandom(seed * 1_000_003 + n));
      done += 1;
      if (done % Math.ceil(shoppers / 20) === 0) say(`${done} of ${shoppers} shoppers are done`);
      if (due.includes(done)) await kill(world, turn++);
    }
  };
  try {
    await Promise.all(Array.from({ length: together }, one));
    stop.abort();
    await outside;
    await calm(world);
    const shopped = new Date();
    say('waiting until everything is settled');
    await settle(world, options);
    const settled = new Date();
    world.count('shoppers', shoppers);
    await countPurchases(world);
    const seconds = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
    return {
      tally: world.tally,
      proofs: await prove(world, began),
      proveAgain: () => prove(world, began),
      world,
      seconds: { shopping: seconds(began, shopped), settling: seconds(shopped, settled) },
    };
  } catch (error) {
    throw new Error(`${String(error)}; the processes wrote at last:\n${world.service.output.slice(-5_000)}`, {
      cause: error,
    });
  } finally {
    stop.abort();
    await outside;
  }
}

/** How what replies were to buy has ended. */
async function countPurchases({ service, count }: World): Promise<void> {
  const rows = await service.db.selectFrom('purchases').select(['status', 'declined']).execute();
  for (const { status, declined } of rows) count(`purchases ${status}${declined ? `, ${declined}` : ''}`);
}
