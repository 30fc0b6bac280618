import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { anyId, idArray } from './ids.ts';
import { deleteReplies, type Leaving } from './leaving.ts';

/**
 * The posts of an author among all that X has delivered since a time: where they were no orders, nothing but their body
 * says whose they are.
 */
export async function postsBy(db: Db, author_id: string, since = new Date(0)): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from replies
    where received_at >= ${since} and body ~ ${`"author_id"\\s*:\\s*"${author_id}"`}`.execute(db);
  return rows.map((row) => row.post_id);
}

/** A number for somebody who must not be known any more. */
export async function aNobody(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`select nobody() as id`.execute(tx);
  return rows[0]?.id as string;
}

/**
 * Erases what was said in public: the posts' text, how they were read, what X told of posts of theirs. That a post had an
 * outcome stays, because outcomes are counted, under a number that is not the post's.
 *
 * @param post_ids posts of theirs besides those that their outcomes name
 */
export async function erasePosts(tx: Tx, { shopper_id }: Leaving, post_ids: string[]): Promise<void> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from outcomes where shopper_id = ${shopper_id}
    union select unnest(${idArray(post_ids)})`.execute(tx);
  const all = rows.map((row) => row.post_id);
  await sql`
    with renamed as materialized (
      select post_id, nobody() as number from unnest(${idArray(all)}) as given (post_id))
    update outcomes set post_id = renamed.number, shopper_id = null, mail_id = null, detail = '{}'
    from renamed where outcomes.post_id = renamed.post_id`.execute(tx);
  await deleteReplies(tx, all);
  await tx.deleteFrom('public_replies').where('shopper_id', '=', shopper_id).execute();
  await sql`delete from known_posts where author_id = ${shopper_id} or id = any(${idArray(all)})`.execute(tx);
}

/** Erases every mail about a shopper. What the merchant is still to hear of an order is written anew, without a name. */
export async function eraseMails(tx: Tx, { shopper_id, cart_ids }: Leaving): Promise<void> {
  const orders = sql`select id from orders where shopper_id = ${shopper_id}`;
  const refunds = sql`
    select r.id from checkouts k
    join payments p on p.checkout_id = k.id join refunds r on r.payment_id = p.id
    where ${anyId('k.cart_id', cart_ids)}`;
  await sql`
    delete from mails where kind not in ('order', 'cancelled')
      and (shopper_id = ${shopper_id} or order_id in (${orders}) or refund_id in (${refunds}))`.execute(tx);
  await sql`
    update mails set shopper_id = null, content = null where kind in ('order', 'cancelled') and order_id in (${orders})`.execute(
    tx,
  );
}

/**
 * Takes a shopper out of the books: a random number stands in their place, and what Stripe has sent is deleted. Name and
 * address stay with orders that are on their way.
 *
 * @param delivery_days so long are orders on their way
 */
export async function erasePurchases(
  tx: Tx,
  { shopper_id, cart_ids }: Leaving,
  nobody: string,
  delivery_days: number,
): Promise<void> {
  const own = anyId('k.cart_id', cart_ids);
  await sql`
    update stripe_events set payload = null
    where payload is not null and object_id in (
      select k.session_id from checkouts k where ${own}
      union select p.id from checkouts k join payments p on p.checkout_id = k.id where ${own}
      union select r.stripe_id from checkouts k join payments p on p.checkout_id = k.id
        join refunds r on r.payment_id = p.id where ${own})`.execute(tx);
  await sql`delete from cart_lines where ${anyId('cart_id', cart_ids)}`.execute(tx);
  await sql`
    delete from order_links where order_id in (select id from orders where shopper_id = ${shopper_id})`.execute(
    tx,
  );
  await sql`
    update checkouts set url = null,
      lines = (select coalesce(jsonb_agg(line || '{"post_id": null}'), '[]') from jsonb_array_elements(lines) line)
    where ${anyId('cart_id', cart_ids)}`.execute(tx);
  await sql`
    update order_lines set post_id = null
    where order_id in (select id from orders where shopper_id = ${shopper_id})`.execute(tx);
  await endDownloads(tx, shopper_id);
  await sql`
    update orders set shopper_id = ${nobody}, email = null, tracking = null,
      ship_to = case
        when status = 'paid' and shipped_at is null and created_at > now() - ${delivery_days} * interval '1 day'
          then ship_to
        end
    where shopper_id = ${shopper_id}`.execute(tx);
  await sql`update carts set shopper_id = ${nobody}, country = null where ${anyId('id', cart_ids)}`.execute(
    tx,
  );
}

/** What was bought cannot be downloaded any more, nor is it known when it was. Codes stay good: they say nothing of anybody. */
async function endDownloads(tx: Tx, shopper_id: string): Promise<void> {
  const own = sql`select d.id from orders o join downloads d on d.order_id = o.id where o.shopper_id = ${shopper_id}`;
  await sql`delete from download_uses where download_id in (${own})`.execute(tx);
  await sql`update downloads set expires_at = least(expires_at, now()) where id in (${own})`.execute(tx);
}

/** Ends what is kept of the orders of shoppers who were erased: where they went. */
export async function forgetAddresses(db: Db, delivery_days: number): Promise<void> {
  await sql`
    update orders set ship_to = null, tracking = null
    where shopper_id < 0 and num_nonnulls(ship_to, tracking) > 0
      and (status <> 'paid' or shipped_at is not null or created_at < now() - ${delivery_days} * interval '1 day')`.execute(
    db,
  );
}

/**
 * That staff looked stays on record; whom it was about does not, nor a reason that names them. An address that is nobody's
 * of the staff was tried at their sign-in.
 */
export async function eraseAudit(tx: Tx, nobody: string, names: string[]): Promise<void> {
  const named = `\\m(?:${names.map((name) => name.replace(/[^\w]/g, '\\$&')).join('|')})\\M`;
  const stranger = sql`staff_email ~* ${named} and not exists (select from staff where email = staff_email)`;
  await sql`
    update audit set
      staff_email = case when ${stranger} then ${`shopper ${nobody}`} else staff_email end,
      subject = case when subject ~* ${named} then ${`shopper ${nobody}`} else subject end,
      reason = case when reason ~* ${named} then null else reason end
    where subject ~* ${named} or reason ~* ${named} or ${stranger}`.execute(tx);
}
