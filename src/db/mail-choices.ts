import type { ToldReply } from '../domain/mail-content.ts';
import type { Db } from './database.ts';
import { type Choice, choicesOf } from './questions.ts';

type Told = Pick<ToldReply, 'outcome' | 'reason' | 'detail'> & { merchant_id: string | null };

/** What questions can be answered with, by merchant. */
export async function choicesToTell(db: Db, told: Told[]): Promise<Map<string, Choice[]>> {
  const asked = told.filter(({ outcome, reason }) => outcome === 'asked' || reason === 'amount_bounds');
  const products = new Map<string, Set<string>>();
  for (const { merchant_id, detail } of asked) {
    if (merchant_id === null) continue;
    const skus = products.get(merchant_id) ?? new Set();
    for (const sku of [detail.product, ...(detail.among ?? [])]) if (sku) skus.add(sku);
    products.set(merchant_id, skus);
  }
  const found = new Map<string, Choice[]>();
  for (const [merchant_id, skus] of products)
    found.set(merchant_id, await choicesOf(db, { merchant_id, shopper_id: null }, [...skus]));
  return found;
}
