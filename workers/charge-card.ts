import { chargeCard as charge } from '../src/actions/charge-card.ts';
import type { Context } from '../src/context.ts';
import type { JobData } from '../src/queue.ts';

/** Charges a kept card, or finds out what became of it. */
export async function chargeCard(context: Context, data: JobData<'charge-card'>): Promise<void> {
  await charge(context, data);
}
