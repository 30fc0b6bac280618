import { expect, test } from '@jest/globals';
import { openPool } from '../src/db/database.ts';
import { openLog } from '../src/log.ts';
import { type Handlers, openQueues, postgresBackend, type Queues, redisBackend } from '../src/queue.ts';
import { skipped } from './global-setup.ts';
import { atEnd } from './harness/at-end.ts';
import { aDatabase } from './harness/context.ts';
import { eventually } from './harness/eventually.ts';
import { aRelay, type Relay } from './harness/relay.ts';

const { TEST_REDIS_URL } = process.env;
const log = openLog(process.env.TEST_LOG_LEVEL ?? 'silent');

const backends: Array<[string, () => Promise<{ queues: Queues; relay: Relay }>]> = [
  [
    'PostgreSQL',
    async () => {
      const relay = await aRelay(await aDatabase());
      const pool = openPool(relay.url, 20, () => {}, { options: '-c search_path=bullmq' });
      atEnd(() => pool.end());
      return { relay, queues: openQueues('postgres', () => postgresBackend(pool), log) };
    },
  ],
];
if (TEST_REDIS_URL)
  backends.push([
    'Redis',
    async () => {
      const relay = await aRelay(TEST_REDIS_URL);
      return { relay, queues: openQueues('redis', () => redisBackend(relay.url), log) };
    },
  ]);
else skipped('Redis', 'its queues are not tested while it is away');

test.each(backends)(
  'queues that are opened while %s is away work once it is back',
  async (_, aQueue) => {
    const { queues, relay } = await aQueue();
    atEnd(async () => queues[Symbol.asyncDispose]());
    const done: string[] = [];
    const nothing = async (): Promise<void> => {};
    const handlers: Handlers = {
      'read-replies': nothing,
      'move-up': nothing,
      'find-parents': nothing,
      'send-mails': nothing,
      'post-replies': nothing,
      'record-payment': nothing,
      'give-refund': nothing,
      'buy-now': nothing,
      'charge-card': nothing,
      'keep-customer': nothing,
      'send-webhooks': nothing,
      'check-payee': nothing,
      'read-stripe-event': async ({ event_id }) => void done.push(event_id),
    };
    atEnd(queues.work(['read-stripe-event'], handlers));
    await expect(queues.waiting('read-stripe-event')).rejects.toThrow();
    await queues.add('read-stripe-event', { event_id: 'evt_lost' });
    await relay.open();
    await eventually(async () => expect(await queues.waiting('read-stripe-event')).toBe(0));
    await queues.add('read-stripe-event', { event_id: 'evt_1' });
    await eventually(async () => expect(done).toContain('evt_1'));

    // And when it goes away and comes back later.
    await relay.close();
    await expect(queues.waiting('read-stripe-event')).rejects.toThrow();
    await relay.open();
    await eventually(async () => expect(await queues.waiting('read-stripe-event')).toBe(0));
    await queues.add('read-stripe-event', { event_id: 'evt_2' });
    await eventually(async () => expect(done).toContain('evt_2'));
  },
  60_000,
);
