import { lastCheck } from '../db/comparison.ts';
import { compareWithStripe } from './compare-with-stripe.ts';

const HOUR_MS = 3_600_000;

/** Compares the books with Stripe's, where that was not done within the last hour. */
export async function compareHourly(context: Parameters<typeof compareWithStripe>[0]): Promise<void> {
  const last = await lastCheck(context.db);
  if (last && context.now().getTime() - last.finished_at.getTime() < HOUR_MS) return;
  await compareWithStripe(context);
}
