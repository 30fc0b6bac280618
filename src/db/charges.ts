import { sql } from 'kysely';
import type { Checkout } from './checkouts.ts';
import type { Db } from './database.ts';
import type { Purchase } from './purchases.ts';

/** A checkout that a kept card pays, with what else there is to know. */
export interface Charge {
  checkout: Checkout;
  /** The reply that buys it; `undefined`: its shopper pressed a button. */
  purchase: Pick<Purchase, 'post_id' | 'shopper_id' | 'merchant_id'> | undefined;
  /** Where the receipt goes. */
  email: string | null;
}

/** @returns `undefined` where no kept card pays it */
export async function findCharge(db: Db, checkout_id: string): Promise<Charge | undefined> {
  const checkout = await db
    .selectFrom('checkouts')
    .selectAll()
    .where('id', '=', checkout_id)
    .where('card_id', 'is not', null)
    .executeTakeFirst();
  if (!checkout) return undefined;
  const purchase = await db
    .selectFrom('purchases')
    .select(['post_id', 'shopper_id', 'merchant_id'])
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirst();
  const shopper = await db
    .selectFrom('carts')
    .innerJoin('shoppers', 'shoppers.x_user_id', 'carts.shopper_id')
    .select('shoppers.email')
    .where('carts.id', '=', checkout.cart_id)
    .executeTakeFirst();
  return { checkout, email: shopper?.email ?? null, purchase };
}

/** The checkout that a payment was made for, if a kept card pays it. */
export async function chargeOfIntent(
  db: Db,
  intent: { id: string; checkout_id: string | null },
): Promise<string | undefined> {
  const given = /^\d{1,18}$/.test(intent.checkout_id ?? '') ? intent.checkout_id : null;
  const { rows } = await sql<{ id: string }>`
    select id from checkouts
    where card_id is not null and (intent_id = ${intent.id} or id = ${given}::bigint)`.execute(db);
  return rows[0]?.id;
}

export async function noteIntent(db: Db, checkout_id: string, intent_id: string): Promise<void> {
  await db.updateTable('checkouts').set({ intent_id }).where('id', '=', checkout_id).execute();
}

/** Charges whose job was lost, or of which Stripe has not told the end. */
export async function openCharges(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from checkouts
    where status = 'creating' and card_id is not null and created_at < now() - interval '20 seconds'
    order by random() limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}
