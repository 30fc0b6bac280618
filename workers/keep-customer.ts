import { keepCustomer as keep } from '../src/actions/keep-customer.ts';
import type { Context } from '../src/context.ts';
import type { JobData } from '../src/queue.ts';

/** Brings a customer's cards in line with Stripe's, and has Stripe let go of what they gave up. */
export const keepCustomer = (
  context: Pick<Context, 'db' | 'stripe'>,
  data: JobData<'keep-customer'>,
): Promise<void> => keep(context, data);
