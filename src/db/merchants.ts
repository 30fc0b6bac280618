import type { Merchant } from '../domain/catalog.ts';
import type { Db } from './database.ts';

/** Whose cart, order or product it is. Merchants are withdrawn, never deleted. */
export function merchantOf(db: Db, { merchant_id }: { merchant_id: string }): Promise<Merchant> {
  return db.selectFrom('merchants').selectAll().where('id', '=', merchant_id).executeTakeFirstOrThrow();
}
