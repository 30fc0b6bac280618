import { sql } from 'kysely';
import type { ShipTo } from '../domain/order.ts';
import type { Tx } from './database.ts';

/** Somebody who has agreed that a card of theirs is charged at a merchant, and who can be told of it. */
export interface Enrolled {
  shopper_id: string;
  merchant_id: string;
  grant_id: string;
  per_order: number;
  per_day: number;
  exp_month: number;
  exp_year: number;
  ship_to: ShipTo | null;
}

/** Those of the shoppers who have agreed, by merchant. Their rows are locked. */
export async function enrolledAmong(
  tx: Tx,
  given: Array<{ shopper_id: string; merchant_id: string }>,
): Promise<Enrolled[]> {
  const { rows } = await sql<Enrolled>`
    select g.shopper_id, g.merchant_id, g.id as grant_id, g.per_order, g.per_day, c.exp_month, c.exp_year, a.ship_to
    from (
      select distinct shopper_id, merchant_id
      from json_to_recordset(${JSON.stringify(given)}) as p (shopper_id bigint, merchant_id text)) pair
    join grants g using (shopper_id, merchant_id)
    join merchants m on m.id = g.merchant_id and m.currency = g.currency
    join cards c on c.id = g.card_id and c.brand = g.card_brand and c.leaving_at is null
    join shoppers s on s.x_user_id = g.shopper_id and s.email is not null and s.email_refused_at is null
    left join addresses a on a.shopper_id = g.shopper_id
    where g.ended_at is null and g.expires_at > now()`.execute(tx);
  return rows;
}
