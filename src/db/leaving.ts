import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { anyId, idArray } from './ids.ts';
import { lockVariants } from './stock.ts';

/** What of a shopper's is locked. */
export interface Leaving {
  shopper_id: string;
  /** All of theirs, also those that were ordered. */
  cart_ids: string[];
  /** Null: they have not linked. */
  username: string | null;
  email: string | null;
}

/**
 * Locks everything of a shopper's, in the order that all keep, and against whoever would add something to their account
 * meanwhile.
 */
export async function lockToLeave(tx: Tx, shopper_id: string): Promise<Leaving> {
  const { rows: claimed } = await sql<{ merchant_id: string; sku: string }>`
    select merchant_id, sku from holds where shopper_id = ${shopper_id}
    union
    select merchant_id, sku from waits where shopper_id = ${shopper_id}`.execute(tx);
  await lockVariants(tx, claimed);
  const shopper = await tx
    .selectFrom('shoppers')
    .select(['username', 'email'])
    .where('x_user_id', '=', shopper_id)
    .forUpdate()
    .executeTakeFirst();
  const carts = await tx
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .orderBy('id')
    .forUpdate()
    .execute();
  const { username = null, email = null } = shopper ?? {};
  return { shopper_id, cart_ids: carts.map(({ id }) => id), username, email };
}

/** Of "checkouts k": money has come by it, or could still come. */
const MONEY = sql`(k.status not in ('expired', 'failed') or k.expires_at > now() - interval '1 day'
  or exists (select from payments p where p.checkout_id = k.id))`;

/**
 * Ends a shopper's open carts. Of one for which money may still come only the empty cart stays: what is paid for stands
 * in the checkout.
 *
 * @returns Stripe's sessions in which somebody could still pay
 */
export async function endCarts(tx: Tx, { cart_ids }: Leaving): Promise<string[]> {
  const open = sql`select id from carts where ${anyId('id', cart_ids)} and status <> 'ordered'`;
  // Whoever is at Stripe for a page of these finds on coming back that nobody may have it.
  await sql`
    update checkouts set status = 'expired'
    where ${anyId('cart_id', cart_ids)} and status = 'creating' and session_id is null and card_id is null`.execute(
    tx,
  );
  const { rows } = await sql<{ session_id: string }>`
    select session_id from checkouts
    where ${anyId('cart_id', cart_ids)} and status in ('creating', 'open') and session_id is not null`.execute(
    tx,
  );
  await sql`delete from cart_links where ${anyId('cart_id', cart_ids)}`.execute(tx);
  await sql`delete from cart_lines where cart_id in (${open})`.execute(tx);
  await sql`delete from checkouts k where cart_id in (${open}) and not ${MONEY}`.execute(tx);
  await sql`
    delete from carts where id in (${open})
      and not exists (select from checkouts k where k.cart_id = carts.id)`.execute(tx);
  await sql`update carts set status = 'expired', updated_at = now() where id in (${open})`.execute(tx);
  return rows.map((row) => row.session_id);
}

/** Deletes a shopper's account: address, consents, codes, sessions, and what is kept for them of short stock. */
export async function dropAccount(tx: Tx, { shopper_id }: Leaving): Promise<void> {
  await tx.deleteFrom('holds').where('shopper_id', '=', shopper_id).execute();
  await tx.deleteFrom('waits').where('shopper_id', '=', shopper_id).execute();
  await tx.deleteFrom('shopper_sessions').where('shopper_id', '=', shopper_id).execute();
  await tx.deleteFrom('email_codes').where('shopper_id', '=', shopper_id).execute();
  await leaveStripe(tx, shopper_id);
  await tx.deleteFrom('consents').where('shopper_id', '=', shopper_id).execute();
  await tx.deleteFrom('shoppers').where('x_user_id', '=', shopper_id).execute();
}

/**
 * Takes back every leave to charge a card, and has Stripe delete its customer with the cards. What is being charged goes
 * on under a number that says nothing.
 */
async function leaveStripe(tx: Tx, shopper_id: string): Promise<void> {
  await sql`delete from purchases where shopper_id = ${shopper_id} and status <> 'charging'`.execute(tx);
  await sql`update purchases set shopper_id = nobody() where shopper_id = ${shopper_id}`.execute(tx);
  await sql`
    update grants set shopper_id = nobody(), card_id = '', ended_at = coalesce(ended_at, now()), ended_why = 'shopper'
    where shopper_id = ${shopper_id} and id in (select grant_id from purchases)`.execute(tx);
  await tx.deleteFrom('grants').where('shopper_id', '=', shopper_id).execute();
  await tx.deleteFrom('addresses').where('shopper_id', '=', shopper_id).execute();
  await sql`
    delete from cards where customer_id in (select id from customers where shopper_id = ${shopper_id})`.execute(
    tx,
  );
  await sql`
    update customers set shopper_id = null, email = null, leaving_at = now()
    where shopper_id = ${shopper_id}`.execute(tx);
}

/** Deletes mails about carts, sent or not, and forgets who wrote the replies: as with somebody who never linked. */
export async function forgetReplies(tx: Tx, { shopper_id }: Leaving): Promise<void> {
  await sql`
    delete from mails where shopper_id = ${shopper_id} and num_nonnulls(order_id, refund_id, swap_id) = 0`.execute(
    tx,
  );
  await sql`update outcomes set shopper_id = null where shopper_id = ${shopper_id}`.execute(tx);
  await forgetHandles(tx, [shopper_id]);
}

/** Takes shoppers' handles out of what merchants were mailed about their orders. */
export async function forgetHandles(db: Db, shopper_ids: string[]): Promise<void> {
  await sql`
    update mails set content = content || '{"shopper": null}'
    where kind = 'order' and content ->> 'shopper' is not null
      and order_id in (select id from orders where shopper_id = any(${idArray(shopper_ids)}))`.execute(db);
}

/** Whether anybody else has mail sent to an address. */
export async function isShared(tx: Tx, email: string): Promise<boolean> {
  const { rows } =
    await sql`select from shoppers where lower(email) = ${email.toLowerCase()} limit 1`.execute(tx);
  return rows.length > 0;
}

/** The sessions of a shopper's browsers. */
export async function closeAllSessions(db: Db, shopper_id: string): Promise<void> {
  await db.deleteFrom('shopper_sessions').where('shopper_id', '=', shopper_id).execute();
}

/** Deletes posts that X delivered. */
export async function deleteReplies(tx: Tx, post_ids: string[]): Promise<void> {
  if (post_ids.length === 0) return;
  await tx.deleteFrom('kept_replies').where(anyId('post_id', post_ids)).execute();
  await tx.deleteFrom('replies').where(anyId('post_id', post_ids)).execute();
}
