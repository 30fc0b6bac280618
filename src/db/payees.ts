import { type Payee, type Seller, sellerOf } from '../domain/payee.ts';
import type { Db } from './database.ts';

export async function findPayee(db: Db, merchant_id: string): Promise<Payee | undefined> {
  return db.selectFrom('payees').selectAll().where('merchant_id', '=', merchant_id).executeTakeFirst();
}

/** Who sells for a merchant at this moment. */
export const currentSeller = async (db: Db, merchant_id: string): Promise<Seller> =>
  sellerOf(await findPayee(db, merchant_id));

/** The merchants for whom nothing can be sold at this moment. */
export async function merchantsWithoutSeller(db: Db): Promise<Set<string>> {
  const payees = await db.selectFrom('payees').selectAll().execute();
  return new Set(
    payees.filter((payee) => sellerOf(payee).kind === 'nobody').map(({ merchant_id }) => merchant_id),
  );
}
