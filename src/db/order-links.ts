import { sql } from 'kysely';
import type { Db } from './database.ts';

/** Lets tokens open the pages of orders. The same token may be given again. */
export async function storeOrderLinks(
  db: Db,
  links: Array<{ token_hash: Buffer; order_id: string; mail_id?: string; expires_at: Date }>,
): Promise<void> {
  if (links.length === 0) return;
  await db
    .insertInto('order_links')
    .values(links)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The order whose page a token opens, if it opens one. */
export async function orderOfLink(db: Db, token_hash: Buffer, now: Date): Promise<string | undefined> {
  const link = await db
    .selectFrom('order_links')
    .select('order_id')
    .where('token_hash', '=', token_hash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return link?.order_id;
}

/** Whether an order is a shopper's. */
export async function isOrderOf(db: Db, order_id: string, shopper_id: string): Promise<boolean> {
  const { rows } = await sql`
    select from orders where id = ${order_id} and shopper_id = ${shopper_id}`.execute(db);
  return rows.length > 0;
}
