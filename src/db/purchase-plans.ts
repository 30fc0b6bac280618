import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { idArray } from './ids.ts';
import type { Purchase } from './purchases.ts';

/** What is known of a shopper at a merchant when replies of theirs are to buy something there. */
export interface Past {
  shopper_id: string;
  merchant_id: string;
  /** Their open cart there. */
  cart_id: string | null;
  /** They have never bought anything there. */
  isFirst: boolean;
  /**
   * What was charged for purchases within the last 24 hours, and what is about to be, in minor units. It counts when it was
   * charged: a purchase may be confirmed long after its reply.
   */
  spent: number;
  /** The products that they have bought lately, or are about to buy. */
  lately: string[];
  /** Those of the replies that have their purchase. */
  noted: string[];
}

/** The past of everybody whose replies these are, at the merchants that they want to buy from. @param minutes how long "lately" is */
export async function pastOf(
  tx: Tx,
  buys: Array<{ post_id: string; shopper_id: string; merchant_id: string; currency: string }>,
  minutes: number,
): Promise<Past[]> {
  const own = sql`shopper_id = pair.shopper_id and merchant_id = pair.merchant_id`;
  const lately = sql`created_at > now() - ${minutes} * interval '1 minute'`;
  const post_ids = idArray(buys.map(({ post_id }) => post_id));
  const { rows } = await sql<Past>`
    select pair.shopper_id, pair.merchant_id,
      (select id from carts where ${own} and currency = pair.currency and status = 'open') as cart_id,
      not exists (select from orders where ${own}) as "isFirst",
      (
        select coalesce(sum(total), 0)::int from purchases
        where ${own}
          and (status in ('waiting', 'charging') or (status = 'bought' and settled_at > now() - interval '24 hours'))
      ) as spent,
      array(
        select product_sku from variants where merchant_id = pair.merchant_id and sku in (
          select l.sku from orders o join order_lines l on l.order_id = o.id where ${own} and ${lately}
          union all
          select l.sku from purchases p, jsonb_to_recordset(p.lines) as l (sku text)
          where ${own} and ${lately} and status in ('waiting', 'confirming', 'charging', 'bought'))
      ) as lately,
      array(select post_id::text from purchases where ${own} and post_id = any(${post_ids})) as noted
    from (
      select distinct shopper_id, merchant_id, currency
      from json_to_recordset(${JSON.stringify(buys)}) as given (shopper_id bigint, merchant_id text, currency text)) pair`.execute(
    tx,
  );
  return rows;
}

export type NewPurchase = Pick<
  Purchase,
  'post_id' | 'shopper_id' | 'merchant_id' | 'grant_id' | 'status' | 'doubt' | 'lines' | 'currency' | 'total'
>;

/** Notes what replies are to buy, each with the mail that announces it and tells of the reply. Returns the mails. */
export async function addPurchases(tx: Tx, purchases: NewPurchase[]): Promise<string[]> {
  if (purchases.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(purchases)}) as given (
        post_id bigint, shopper_id bigint, merchant_id text, grant_id bigint, status purchase_status, doubt purchase_doubt,
        lines jsonb, currency text, total int)
    ),
    mail as (
      insert into mails (kind, shopper_id, merchant_id, purchase_id)
      select 'buying', shopper_id, merchant_id, post_id from given
      on conflict do nothing returning id, purchase_id
    ),
    added as (
      insert into purchases (post_id, shopper_id, merchant_id, grant_id, status, doubt, lines, currency, total, mail_id)
      select given.*, mail.id from given join mail on mail.purchase_id = given.post_id
    ),
    told as (
      update outcomes set mail_id = mail.id from mail where outcomes.post_id = mail.purchase_id
    )
    select id from mail`.execute(tx);
  return rows.map(({ id }) => id);
}
