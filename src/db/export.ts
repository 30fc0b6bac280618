import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { postsBy } from './erasure.ts';
import { idArray } from './ids.ts';

/** Everything that is held of somebody: the rows of each table that are about them, under its name. */
export type HeldRows = Record<string, Array<Record<string, unknown>>>;

/**
 * Gathers everything that is held of somebody. To find posts that were no orders, all that X has delivered is read: one
 * does that at a time. `undefined`: somebody else is at it.
 */
export async function readHeld(tx: Tx, shopper_id: string): Promise<HeldRows | undefined> {
  const { rows } = await sql<{
    free: boolean;
  }>`select pg_try_advisory_xact_lock(hashtext('export')) as free`.execute(tx);
  if (!rows[0]?.free) return undefined;
  const held: HeldRows = {};
  for (const [table, query] of Object.entries(queries(shopper_id, await postsBy(tx, shopper_id))))
    held[table] = await rowsOf(tx, query);
  return held;
}

async function rowsOf(db: Db, query: RawBuilder<unknown>): Promise<Array<Record<string, unknown>>> {
  const { rows } = await sql<Record<string, unknown>>`${query}`.execute(db);
  return rows;
}

/** By table. Hashes of keys are left out: they say nothing. */
function queries(id: string, post_ids: string[]): Record<string, RawBuilder<unknown>> {
  const carts = sql`select id from carts where shopper_id = ${id}`;
  const orders = sql`select id from orders where shopper_id = ${id}`;
  const checkouts = sql`select id from checkouts where cart_id in (${carts})`;
  const payments = sql`select id from payments where checkout_id in (${checkouts})`;
  const refunds = sql`select id from refunds where payment_id in (${payments})`;
  const posts = sql`
    select post_id from outcomes where shopper_id = ${id} union select unnest(${idArray(post_ids)})`;
  return {
    shoppers: sql`select * from shoppers where x_user_id = ${id}`,
    consents: sql`select * from consents where shopper_id = ${id} order by given_at`,
    email_codes: sql`select email, expires_at from email_codes where shopper_id = ${id}`,
    shopper_sessions: sql`select expires_at from shopper_sessions where shopper_id = ${id} order by 1`,
    replies: sql`
      select post_id, received_at, source, body from replies where post_id in (${posts}) order by post_id`,
    outcomes: sql`select * from outcomes where post_id in (${posts}) order by post_id, revision`,
    kept_replies: sql`select * from kept_replies where post_id in (${posts}) order by post_id`,
    known_posts: sql`select * from known_posts where author_id = ${id} or id in (${posts}) order by id`,
    public_replies: sql`select * from public_replies where shopper_id = ${id} order by post_id`,
    customers: sql`select * from customers where shopper_id = ${id}`,
    cards: sql`
      select cards.* from cards join customers c on c.id = cards.customer_id where c.shopper_id = ${id} order by kept_at`,
    addresses: sql`select * from addresses where shopper_id = ${id}`,
    grants: sql`select * from grants where shopper_id = ${id} order by id`,
    purchases: sql`select * from purchases where shopper_id = ${id} order by post_id`,
    carts: sql`select * from carts where shopper_id = ${id} order by id`,
    cart_lines: sql`select * from cart_lines where cart_id in (${carts}) order by cart_id, position`,
    cart_links: sql`select cart_id, mail_id, expires_at from cart_links where cart_id in (${carts}) order by 3`,
    holds: sql`select * from holds where shopper_id = ${id} order by merchant_id, sku`,
    waits: sql`select * from waits where shopper_id = ${id} order by merchant_id, sku`,
    mails: sql`
      select * from mails
      where shopper_id = ${id} or order_id in (${orders}) or refund_id in (${refunds}) order by id`,
    orders: sql`select * from orders where shopper_id = ${id} order by id`,
    order_lines: sql`select * from order_lines where order_id in (${orders}) order by order_id, sku`,
    downloads: sql`select * from downloads where order_id in (${orders}) order by id`,
    download_uses: sql`
      select u.* from downloads d join download_uses u on u.download_id = d.id
      where d.order_id in (${orders}) order by u.id`,
    vouchers: sql`
      select id, order_id, sku, piece, used_at from vouchers where order_id in (${orders}) order by id`,
    order_links: sql`select order_id, mail_id, expires_at from order_links where order_id in (${orders}) order by 3`,
    order_swaps: sql`select * from order_swaps where order_id in (${orders}) order by id`,
    disputes: sql`select * from disputes where payment_id in (${payments}) order by opened_at`,
    fraud_warnings: sql`select * from fraud_warnings where payment_id in (${payments}) order by warned_at`,
    webhook_messages: sql`
      select order_id, merchant_id, event, status, created_at, delivered_at from webhook_messages
      where order_id in (${orders}) order by id`,
    checkouts: sql`select * from checkouts where cart_id in (${carts}) order by id`,
    payments: sql`select * from payments where checkout_id in (${checkouts}) order by received_at`,
    refunds: sql`select * from refunds where payment_id in (${payments}) order by id`,
    refund_lines: sql`select * from refund_lines where refund_id in (${refunds}) order by refund_id, sku`,
    stripe_events: sql`
      select id, type, object_id, received_at, payload from stripe_events
      where object_id in (
        select session_id from checkouts where cart_id in (${carts}) union ${payments}
        union select stripe_id from refunds where payment_id in (${payments}))
      order by received_at`,
    audit: sql`select at, action, subject, reason from audit where subject = ${`shopper ${id}`} order by at`,
  };
}
