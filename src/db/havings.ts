import { sql } from 'kysely';
import type { Having } from '../domain/still-news.ts';
import type { Db } from './database.ts';
import { idArray } from './ids.ts';
import type { MailRow } from './mails.ts';

/** What shoppers have at the merchants that mails are about, removed lines and places in line too; by the mails' ids. */
export async function havingsOf(db: Db, mails: MailRow[]): Promise<Map<string, Having[]>> {
  const of = sql`unnest(
    ${idArray(mails.map(({ id }) => id))},
    ${idArray(mails.map(({ shopper_id }) => shopper_id as string))},
    ${mails.map(({ merchant_id }) => merchant_id)}::text[]) as m (id, shopper_id, merchant_id)`;
  const product = sql`
    lateral (select product_sku from variants where merchant_id = m.merchant_id and sku = h.sku offset 0) v`;
  // One by one, by their indexes: see src/db/settle.ts.
  const { rows } = await sql<Having & { mail_id: string }>`
    select m.id as mail_id, h.sku, v.product_sku, h.quantity, h.post_id, h.position, h.price, 0 as waiting
    from ${of},
    lateral (
      select id from carts
      where shopper_id = m.shopper_id and merchant_id = m.merchant_id and status = 'open' offset 0) c,
    lateral (select * from cart_lines where cart_id = c.id offset 0) h,
    ${product}
    union all
    select m.id, h.sku, v.product_sku, 0, null, h.position, 0, h.quantity
    from ${of},
    lateral (select * from waits where shopper_id = m.shopper_id and merchant_id = m.merchant_id offset 0) h,
    ${product}`.execute(db);
  const havings = new Map<string, Having[]>();
  for (const { mail_id, ...having } of rows) {
    const known = havings.get(mail_id) ?? [];
    const line = known.find(({ sku }) => sku === having.sku);
    if (line) line.waiting = having.waiting;
    else known.push(having);
    havings.set(mail_id, known);
  }
  return havings;
}
