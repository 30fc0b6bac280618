import { sql } from 'kysely';
import type { Db } from './database.ts';

/** What somebody looked for may lead to a shopper, or to a reply that is nobody's. */
export type Hit = { kind: 'shopper'; shopper_id: string; why: string } | { kind: 'reply'; post_id: string };

/**
 * Finds whom a support question is about: by @handle, e-mail address, the id or address of a post, a cart's or an
 * order's number, an X user id, or an id of Stripe's.
 */
export async function searchSupport(db: Db, query: string): Promise<Hit[]> {
  const text = query.trim();
  const post = /(?:^|\/status\/)(\d{15,19})(?:\D|$)/.exec(text)?.[1];
  if (post) return byPostOrUser(db, post);
  if (/^(?:cs|pi|evt|re|dp|du|issfr)_\w+$/.test(text)) return shoppersBy(db, 'Stripe id', byStripeId(text));
  if (/^[^\s@]+@[^\s@]+$/.test(text)) {
    return shoppersBy(
      db,
      'e-mail',
      sql`select x_user_id as shopper_id from shoppers where lower(email) = ${text.toLowerCase()}`,
    );
  }
  const number = /^(?:(cart|order)\s*(?:#\s*)?)?(\d{1,14})$/i.exec(text);
  if (number) return byNumber(db, number[1]?.toLowerCase(), number[2] as string);
  const handle = /^@?(\w{1,15})$/.exec(text)?.[1];
  if (!handle) return [];
  return shoppersBy(
    db,
    'handle',
    sql`select x_user_id as shopper_id from shoppers where lower(username) = ${handle.toLowerCase()}`,
  );
}

type Rows = ReturnType<typeof sql>;

async function shoppersBy(db: Db, why: string, query: Rows): Promise<Hit[]> {
  const { rows } = await sql<{
    shopper_id: string;
  }>`select distinct shopper_id from (${query}) found where shopper_id is not null limit 50`.execute(db);
  return rows.map(({ shopper_id }) => ({ kind: 'shopper', shopper_id, why }));
}

function byStripeId(id: string): Rows {
  return sql`
    select c.shopper_id from checkouts k join carts c on c.id = k.cart_id
    where k.session_id = ${id} or k.id in (
      select p.checkout_id from payments p left join refunds r on r.payment_id = p.id
      where p.id = ${id} or r.stripe_id = ${id}
        or p.id in (select payment_id from disputes where id = ${id} union select payment_id from fraud_warnings where id = ${id}))
    union
    select c.shopper_id from stripe_events e
    join checkouts k on k.session_id = e.object_id join carts c on c.id = k.cart_id
    where e.id = ${id}`;
}

async function byPostOrUser(db: Db, id: string): Promise<Hit[]> {
  const hits = [
    ...(await shoppersBy(db, 'post', sql`select shopper_id from outcomes where post_id = ${id}`)),
    ...(await shoppersBy(
      db,
      'X user id',
      sql`select shopper_id from outcomes where shopper_id = ${id} union select x_user_id from shoppers where x_user_id = ${id}`,
    )),
  ];
  if (hits.length > 0) return hits;
  const { rows } = await sql`select from replies where post_id = ${id}`.execute(db);
  return rows.length > 0 ? [{ kind: 'reply', post_id: id }] : [];
}

async function byNumber(db: Db, kind: string | undefined, id: string): Promise<Hit[]> {
  const orders = sql`select shopper_id from orders where id = ${id}`;
  const carts = sql`select shopper_id from carts where id = ${id}`;
  return [
    ...(kind === 'cart' ? [] : await shoppersBy(db, `order ${id}`, orders)),
    ...(kind === 'order' ? [] : await shoppersBy(db, `cart ${id}`, carts)),
    ...(kind
      ? []
      : await shoppersBy(
          db,
          'X user id',
          sql`select x_user_id as shopper_id from shoppers where x_user_id = ${id}`,
        )),
  ];
}
