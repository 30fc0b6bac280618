import type { Merchant } from '../domain/catalog.ts';
import { PermanentError } from '../errors.ts';
import type { Db } from './database.ts';

/** Whose cart, order or product it is. Merchants are withdrawn, never deleted. */
export function merchantOf(db: Db, { merchant_id }: { merchant_id: string }): Promise<Merchant> {
  return db.selectFrom('merchants').selectAll().where('id', '=', merchant_id).executeTakeFirstOrThrow();
}

/**
 * @param selling whether the catalog must name them now; else those that it named once are known, too
 * @throws PermanentError where there is none of this id
 */
export async function requireMerchant(
  db: Db,
  merchant_id: string,
  { selling = false }: { selling?: boolean } = {},
): Promise<void> {
  const known = await db
    .selectFrom('merchants')
    .select('withdrawn_at')
    .where('id', '=', merchant_id)
    .executeTakeFirst();
  if (!known) throw new PermanentError(`there is no merchant ${merchant_id}`);
  if (selling && known.withdrawn_at)
    throw new PermanentError(`the catalog does not name the merchant ${merchant_id} any more`);
}
