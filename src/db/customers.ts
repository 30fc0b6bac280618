import { type Selectable, sql } from 'kysely';
import type { KeptCard } from '../domain/kept-card.ts';
import type { Db, Tx } from './database.ts';
import type { Card as Cards, Customer as Customers } from './schema.ts';

export type Customer = Selectable<Customers>;
export type Card = Selectable<Cards>;

/** Notes that a shopper is to be a customer at Stripe, or finds that they are. `undefined`: they have left, maybe just now. */
export async function customerOf(db: Db, shopper_id: string): Promise<Customer | undefined> {
  const { rows } = await sql<Customer>`
    insert into customers (shopper_id)
    select x_user_id from shoppers where x_user_id = ${shopper_id} for key share
    on conflict (shopper_id) where leaving_at is null do update set shopper_id = excluded.shopper_id
    returning *`.execute(db);
  return rows[0];
}

/** A shopper as Stripe's customer, if they are to be one. */
export async function customerOfShopper(db: Db, shopper_id: string): Promise<Customer | undefined> {
  return db
    .selectFrom('customers')
    .selectAll()
    .where('shopper_id', '=', shopper_id)
    .where('leaving_at', 'is', null)
    .executeTakeFirst();
}

export async function findCustomer(db: Db, id: string): Promise<Customer | undefined> {
  return db.selectFrom('customers').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function customerAtStripe(db: Db, stripe_id: string): Promise<Customer | undefined> {
  return db.selectFrom('customers').selectAll().where('stripe_id', '=', stripe_id).executeTakeFirst();
}

/** Notes what Stripe has of a customer. One who left meanwhile has no address any more. */
export async function noteCustomer(
  db: Db,
  id: string,
  { stripe_id, email }: { stripe_id: string; email: string | null },
): Promise<void> {
  await sql`
    update customers set stripe_id = ${stripe_id}, email = case when leaving_at is null then ${email}::text end
    where id = ${id}`.execute(db);
}

/** The cards that can be charged for a shopper, the one that was kept last first. */
export async function cardsOf(db: Db, shopper_id: string): Promise<Array<Card & { payer: string }>> {
  return db
    .selectFrom('cards')
    .innerJoin('customers as c', 'c.id', 'cards.customer_id')
    .selectAll('cards')
    .select('c.stripe_id as payer')
    .where('c.shopper_id', '=', shopper_id)
    .where('cards.leaving_at', 'is', null)
    .orderBy('kept_at', 'desc')
    .orderBy('cards.id')
    .$narrowType<{ payer: string }>()
    .execute();
}

/** Whose card it is, if it is one of ours. */
export async function customerOfCard(db: Db, card_id: string): Promise<string | undefined> {
  const row = await db.selectFrom('cards').select('customer_id').where('id', '=', card_id).executeTakeFirst();
  return row?.customer_id;
}

/** Notes the cards that Stripe keeps for a customer: those and no others. One that is to go stays so until it is gone. */
export async function noteCards(tx: Tx, customer_id: string, cards: KeptCard[]): Promise<void> {
  await sql`
    delete from cards where customer_id = ${customer_id} and id <> all(${cards.map(({ id }) => id)}::text[])`.execute(
    tx,
  );
  await sql`
    insert into cards (id, customer_id, brand, last4, exp_month, exp_year)
    select id, ${customer_id}::bigint, brand, last4, exp_month, exp_year
    from json_to_recordset(${JSON.stringify(cards)}) as c (id text, brand text, last4 text, exp_month int, exp_year int)
    on conflict (id) do update set brand = excluded.brand, last4 = excluded.last4, exp_month = excluded.exp_month,
      exp_year = excluded.exp_year`.execute(tx);
}

/** Notes that a shopper gives a card up. Returns the customer whose it was; `undefined`: it is not theirs. */
export async function giveUpCard(tx: Tx, shopper_id: string, card_id: string): Promise<string | undefined> {
  const { rows } = await sql<{ customer_id: string }>`
    update cards set leaving_at = coalesce(cards.leaving_at, now())
    from customers c where cards.id = ${card_id} and c.id = cards.customer_id and c.shopper_id = ${shopper_id}
    returning customer_id`.execute(tx);
  return rows[0]?.customer_id;
}

/** The cards of a customer that are to go. */
export async function leavingCards(db: Db, customer_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cards')
    .select('id')
    .where('customer_id', '=', customer_id)
    .where('leaving_at', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** Customers of whom Stripe still has what they gave up, for a while already: the job of that was lost. In any order. */
export async function customersToTidy(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id from customers where leaving_at < now() - interval '20 seconds'
      union
      select customer_id from cards where leaving_at < now() - interval '20 seconds') leaving
    order by random() limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Whether a card of theirs is being charged: Stripe must know the customer until that is decided. */
export async function isCharging(db: Db, customer_id: string): Promise<boolean> {
  const { rows } = await sql`
    select from checkouts k join customers c on c.stripe_id = k.payer
    where c.id = ${customer_id} and k.status = 'creating' limit 1`.execute(db);
  return rows.length > 0;
}

export async function dropCustomer(db: Db, id: string): Promise<void> {
  await db.deleteFrom('customers').where('id', '=', id).execute();
}
