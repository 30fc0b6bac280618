import { sql } from 'kysely';
import { openDifferences } from '../../src/db/comparison.ts';
import { eventually } from '../harness/eventually.ts';
import type { Options } from './options.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 400_000;

/** What the database says is still to be done. Mails that a killed process was sending are tried again minutes later. */
async function open({ service }: World): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::int from stripe_events where processed_at is null) as events,
      (select count(*)::int from refunds where status in ('due', 'pending')) as refunds,
      (select count(*)::int from replies r where not exists (select from outcomes o where o.post_id = r.post_id)) as replies,
      (select count(*)::int from purchases where status in ('waiting', 'charging')) as purchases,
      (select count(*)::int from checkouts where status = 'creating' and card_id is not null) as charges,
      (select count(*)::int from mails where status = 'pending' and due_at < now()) as mails`.execute(
    service.db,
  );
  return rows[0] ?? {};
}

/** Adds the jobs of what is open, as the sweep does in its own time. */
async function hint({ service, context }: World): Promise<void> {
  const events = await service.db
    .selectFrom('stripe_events')
    .select('id as event_id')
    .where('processed_at', 'is', null)
    .execute();
  const refunds = await service.db
    .selectFrom('refunds')
    .select('id as refund_id')
    .where('status', 'in', ['due', 'pending'])
    .execute();
  await context.queues.add('read-stripe-event', ...events);
  await context.queues.add('give-refund', ...refunds);
  const charges = await service.db
    .selectFrom('checkouts')
    .select('id as checkout_id')
    .where('status', '=', 'creating')
    .where('card_id', 'is not', null)
    .execute();
  await context.queues.add('charge-card', ...charges);
}

/**
 * Waits until nothing is left to be done, by what the product does by itself and the comparison with Stripe, which finds
 * what was lost. Refunds that were made past us are noted, as whoever reads the comparison would do.
 */
export async function settle(world: World, { hurry }: Pick<Options, 'hurry'>): Promise<void> {
  const { service, count } = world;
  await eventually(async () => {
    if (hurry) await hint(world);
    const left = await open(world);
    if (Object.values(left).some((number) => number > 0))
      throw new Error(`still to be done: ${JSON.stringify(left)}`);
    count('comparisons');
    const { stdout, stderr } = await service.run('ledger', 'check', '--up-to-now', '--json');
    const check = JSON.parse(stdout || '{}') as { late?: number; differences?: number };
    if (check.late === undefined) throw new Error(`ledger check: ${stderr}`);
    count('found late', check.late);
    for (const { about, what, ours } of await openDifferences(service.db)) {
      if (what !== 'refund' || ours !== null) continue;
      count('refunds adopted');
      const { code, stderr: problem } = await service.run('ledger', 'adopt', about);
      if (code !== 0) throw new Error(`ledger adopt: ${problem}`);
    }
    if (check.late > 0 || check.differences !== 0)
      throw new Error(`the comparison found ${stdout.slice(0, 2_000)}`);
  }, PATIENCE_MS);
}
