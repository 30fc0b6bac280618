import { buyNow as buy } from '../src/actions/buy-now.ts';
import type { Context } from '../src/context.ts';
import type { JobData } from '../src/queue.ts';

/** Buys what a reply asked to buy, when its time has come. */
export const buyNow = (context: Context, data: JobData<'buy-now'>): Promise<void> => buy(context, data);
