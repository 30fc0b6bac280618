import { sql } from 'kysely';
import type { Cart } from '../domain/cart.ts';
import type { MailContent } from '../domain/mail-content.ts';
import type { Db } from './database.ts';
import { variantTitle } from './stock.ts';

/** A line that was taken out lately. */
export interface TakenOut {
  sku: string;
  title: string;
  /** How many there were. */
  quantity: number;
}

/** What was taken out of a cart in the last hours, by a reply or on the page, and can be put back. */
export async function takenOutOf(db: Db, { id, merchant_id }: Cart, hours: number): Promise<TakenOut[]> {
  const { rows } = await sql<TakenOut>`
    select l.sku, l.quantity_before as quantity,
      ${variantTitle} as title
    from cart_lines l
    join variants v on v.merchant_id = ${merchant_id} and v.sku = l.sku and v.withdrawn_at is null
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku and p.withdrawn_at is null
    where l.cart_id = ${id} and l.quantity = 0 and l.quantity_before > 0
      and l.changed_at > now() - ${hours} * interval '1 hour'
    order by l.changed_at desc, l.sku limit 10`.execute(db);
  return rows;
}

/**
 * The product post below which each line was asked for, by the line's SKU: the one that the reply names, as long as it is
 * kept; else the newest of the product's that is older than the reply.
 */
export async function productPostsOf(db: Db, { id, merchant_id }: Cart): Promise<Map<string, string>> {
  const { rows } = await sql<{ sku: string; post_id: string }>`
    select distinct on (l.sku) l.sku, pp.post_id
    from cart_lines l
    join variants v on v.merchant_id = ${merchant_id} and v.sku = l.sku
    join post_products pp on pp.merchant_id = v.merchant_id and pp.product_sku = v.product_sku
    left join replies r on r.post_id = l.post_id
    where l.cart_id = ${id} and l.quantity > 0 and pp.post_id < l.post_id
    order by l.sku, coalesce(strpos(r.body, pp.post_id::text) > 0, false) desc, pp.post_id desc`.execute(db);
  return new Map(rows.map(({ sku, post_id }) => [sku, post_id]));
}

/** What a mail that was sent has said, and when. */
export async function sentMail(
  db: Db,
  mail_id: string,
): Promise<{ content: MailContent; sent_at: Date } | undefined> {
  const row = await db
    .selectFrom('mails')
    .select(['content', 'sent_at'])
    .where('id', '=', mail_id)
    .executeTakeFirst();
  if (!row?.sent_at || !row.content) return undefined;
  return { content: row.content, sent_at: row.sent_at };
}
