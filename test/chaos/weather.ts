import type { Random } from '../bench/workload/random.ts';
import type { ProcessName } from '../harness/service.ts';
import { atStripe } from './browse.ts';
import type { World } from './world.ts';

/** What goes wrong around shoppers, and what is nobody's fault but comes at a bad time. */

/** How requests to Stripe go wrong (see src/sandbox/stripe/faults.ts). */
const FAULTS = [
  'reset_before',
  'reset_after',
  '500',
  '409',
  '429',
  'stored_500',
  'stored_500_after',
] as const;
/** Where it may happen that nothing was done, and Stripe says so for a day: a refund, or a kept card, waits longer than we do. */
const STORED = ['/v1/checkout/sessions', '/v1/customers'];

const PRICES = [1500, 1800, 2100];

/** Something happens every now and then, until it is told to stop. */
export async function weather(world: World, random: Random, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await random.pick([changePrice, troubleStripe, troubleWebhooks, troubleWebhooks])(world, random);
    await new Promise((resolve) => setTimeout(resolve, 200 + random.below(800)));
  }
}

async function changePrice({ service, count }: World, random: Random): Promise<void> {
  count('price changes');
  await service.db
    .updateTable('products')
    .set({ price: random.pick(PRICES) })
    .where('merchant_id', '=', 'shop')
    .where('sku', '=', random.pick(['MUG', 'TEE']))
    .execute();
}

async function troubleStripe(world: World, random: Random): Promise<void> {
  const times = 1 + random.below(4);
  world.count('failing requests to Stripe', times);
  const kind = random.pick(FAULTS);
  const path = kind === 'stored_500' ? random.pick(STORED) : '/v1/';
  await atStripe(world, '/faults', { kind, times, path });
}

/** More than once, in reverse, late, by two events, or never. */
async function troubleWebhooks(world: World, random: Random): Promise<void> {
  const drop = random.happens(0.5) ? random.below(15) : 0;
  world.count('lost webhooks', drop);
  await atStripe(world, '/webhooks', {
    duplicate: random.below(3),
    twoEvents: random.happens(0.2),
    reorder: random.happens(0.3),
    hold: 1 + random.below(8),
    delay_ms: random.pick([0, 0, 300, 2_000]),
    drop,
    // What is lost stays lost for as long as a run takes.
    retry_delays_ms: [3_600_000],
  });
}

/** The weather turns fine. What was lost stays lost; what was held back arrives. */
export async function calm(world: World): Promise<void> {
  const { service } = world;
  await fetch(`${service.stripe}/control/faults`, { method: 'DELETE' });
  await atStripe(world, '/webhooks', {
    ...{ duplicate: 0, twoEvents: false, reorder: false, hold: 0, delay_ms: 0, drop: 0 },
  });
}

const PROCESSES: Array<[name: string, kind: ProcessName]> = [
  ['worker', 'worker'],
  ['web', 'web'],
  ['second worker', 'worker'],
  ['stream', 'stream'],
];

export function startAll({ service }: World): void {
  for (const [name, kind] of PROCESSES) service.start(kind, name);
}

/** Kills a process in the middle of what it does, one after the other in turn, and starts it again. */
export async function kill({ service, count }: World, turn: number): Promise<void> {
  const [name, kind] = PROCESSES[turn % PROCESSES.length] as (typeof PROCESSES)[number];
  count(`kills of ${name}`);
  await service.stop(name, 'SIGKILL');
  service.start(kind, name);
}
