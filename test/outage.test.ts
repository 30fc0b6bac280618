import type { ChildProcess } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { checkInvariants } from '../src/db/invariants.ts';
import { freePort, skipped } from './global-setup.ts';
import { atEnd } from './harness/at-end.ts';
import { POST } from './harness/builders.ts';
import { eventually } from './harness/eventually.ts';
import { aPostgres15, hasPostgres15 } from './harness/postgres15.ts';
import { spawnRedis } from './harness/redis-server.ts';
import { aService, peopleX, type Service } from './harness/service.ts';
import { stockPlenty } from './harness/stock.ts';

const SHOPPERS = 30;

async function running(env: Record<string, string>): Promise<Service> {
  const service = await aService(env);
  await service.run('migrate');
  await service.run('catalog', 'apply', service.env.CATALOG as string);
  await stockPlenty(service.db);
  await peopleX(service, [POST.mug, POST.ebook]);
  for (let n = 0; n < SHOPPERS; n++) {
    const x_user_id = String(6_400_000_000_000_000_000n + BigInt(n));
    await service.control(service.x, '/users', { id: x_user_id, username: `s_${n}`, name: 'S' });
    await service.db
      .insertInto('shoppers')
      .values({ x_user_id, username: `s_${n}`, email: `s${n}@mail.example` })
      .execute();
  }
  for (const kind of ['web', 'stream', 'worker'] as const) service.start(kind);
  await service.isReady('/livez');
  // A process that finds no database when it starts ends at once, for whoever runs it to start it again.
  await eventually(async () => {
    for (const words of ['"working"', '"connected to the stream"']) expect(service.output).toContain(words);
  });
  return service;
}

const write = async (service: Service, post: string, from = 0, to = SHOPPERS): Promise<void> => {
  for (let n = from; n < to; n++)
    await service.control(service.x, '/posts', { author: `s_${n}`, text: '#AddToCart', reply_to: post });
};

async function everythingArrived(service: Service, replies: number): Promise<void> {
  await eventually(async () => {
    const stored = await service.db.selectFrom('replies').select('post_id').execute();
    const outcomes = await service.db.selectFrom('outcomes').select(['outcome', 'revision']).execute();
    const added = outcomes.filter((row) => row.outcome === 'added' && row.revision === 0);
    if (outcomes.length !== replies || added.length !== replies)
      throw new Error(
        `of ${replies} replies ${stored.length} are stored, ${outcomes.length} have outcomes, ` +
          `${added.length} were added; the processes wrote:\n${service.output.slice(-20_000)}`,
      );
  }, 100_000);
  await eventually(async () => {
    for (const n of [0, SHOPPERS - 1])
      expect((await service.mails(`s${n}@mail.example`)).length).toBeGreaterThan(0);
  }, 60_000);
  // Nobody died of it.
  for (const child of service.processes.values()) expect(child.exitCode).toBeNull();
}

const { TEST_REDIS_URL } = process.env;

(TEST_REDIS_URL ? test : test.skip)(
  'Redis is not there yet, is killed, comes back empty, and is emptied once more: nothing is lost',
  async () => {
    const port = await freePort();
    let redis: ChildProcess | undefined;
    const startRedis = (): void => {
      redis = spawnRedis(port);
    };
    atEnd(async () => void redis?.kill('SIGKILL'));
    const service = await running({ REDIS_URL: `redis://127.0.0.1:${port}` });
    await write(service, POST.mug, 0, 5);
    startRedis();
    await write(service, POST.mug, 5, 10);
    redis?.kill('SIGKILL');
    await write(service, POST.mug, 10, 20);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    startRedis();
    await write(service, POST.mug, 20);
    await everythingArrived(service, SHOPPERS);
    const client = new Redis(port);
    const emptied = write(service, POST.ebook);
    await client.flushall();
    client.disconnect();
    await emptied;
    await everythingArrived(service, 2 * SHOPPERS);
  },
  240_000,
);

if (!hasPostgres15) skipped('PostgreSQL 15', 'its restart is not tested');
(hasPostgres15 ? test : test.skip)(
  'PostgreSQL is restarted, gently and by force, while replies come: nothing is lost, nothing happens twice',
  async () => {
    const server = await aPostgres15();
    const service = await running({ DATABASE_URL: server.url });
    await write(service, POST.mug, 0, 10);
    const restarting = server.restart('SIGINT');
    await write(service, POST.mug, 10, 20);
    await restarting;
    await write(service, POST.mug, 20);
    await everythingArrived(service, SHOPPERS);
    const killed = server.restart('SIGQUIT');
    await write(service, POST.ebook);
    await killed;
    await everythingArrived(service, 2 * SHOPPERS);
    const lines = await service.db.selectFrom('cart_lines').select(['quantity']).execute();
    expect(lines.map((line) => line.quantity)).toEqual(lines.map(() => 1));
    expect(lines).toHaveLength(2 * SHOPPERS);
    expect((await checkInvariants(service.db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
  },
  240_000,
);
