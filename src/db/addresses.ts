import { sql } from 'kysely';
import type { ShipTo } from '../domain/order.ts';
import type { Db } from './database.ts';

/** Where a shopper has things sent, if they have told. */
export async function addressOf(db: Db, shopper_id: string): Promise<ShipTo | null> {
  const row = await db
    .selectFrom('addresses')
    .select('ship_to')
    .where('shopper_id', '=', shopper_id)
    .executeTakeFirst();
  return row?.ship_to ?? null;
}

export async function setAddress(db: Db, shopper_id: string, ship_to: ShipTo): Promise<void> {
  await sql`
    insert into addresses (shopper_id, ship_to) values (${shopper_id}, ${JSON.stringify(ship_to)})
    on conflict (shopper_id) do update set ship_to = excluded.ship_to, changed_at = now()`.execute(db);
}

/** Keeps the address of an order for the next one, where its shopper keeps a card and has told no other address. */
export async function keepAddressOfOrder(db: Db, shopper_id: string, ship_to: ShipTo): Promise<void> {
  await sql`
    insert into addresses (shopper_id, ship_to)
    select x_user_id, ${JSON.stringify(ship_to)} from shoppers
    where x_user_id = ${shopper_id} and exists (
      select from cards join customers c on c.id = cards.customer_id
      where c.shopper_id = ${shopper_id} and cards.leaving_at is null)
    for key share
    on conflict do nothing`.execute(db);
}

export async function removeAddressOf(db: Db, shopper_id: string): Promise<void> {
  await db.deleteFrom('addresses').where('shopper_id', '=', shopper_id).execute();
}
