import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { PurchaseStatus, Purchase as Purchases } from './schema.ts';
import { variantTitle } from './stock.ts';

export type Purchase = Selectable<Purchases>;

/** Writes a mail about a purchase, once of each kind. */
export async function addPurchaseMail(
  tx: Tx,
  { post_id, shopper_id, merchant_id }: Pick<Purchase, 'post_id' | 'shopper_id' | 'merchant_id'>,
  kind: 'buying' | 'unbought',
): Promise<string | undefined> {
  const row = await tx
    .insertInto('mails')
    .values({ kind, shopper_id, merchant_id, purchase_id: post_id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function findPurchase(db: Db, post_id: string): Promise<Purchase | undefined> {
  return db.selectFrom('purchases').selectAll().where('post_id', '=', post_id).executeTakeFirst();
}

/**
 * Moves a purchase on, from one of these states. `false`: it was in none of them, somebody else was quicker.
 */
export async function movePurchase(
  tx: Tx,
  post_id: string,
  from: PurchaseStatus[],
  to: PurchaseStatus,
  more: Partial<Pick<Purchase, 'checkout_id' | 'declined' | 'confirmed_at'>> = {},
): Promise<boolean> {
  const settled = to === 'waiting' || to === 'charging' ? {} : { settled_at: sql<Date>`now()` };
  const { numUpdatedRows } = await tx
    .updateTable('purchases')
    .set({ status: to, ...settled, ...more })
    .where('post_id', '=', post_id)
    .where('status', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that an order was made of a purchase's checkout, if it is one's, and that its reply has bought something. */
export async function noteBought(tx: Tx, checkout_id: string): Promise<void> {
  await sql`
    with bought as (
      update purchases set status = 'bought', settled_at = now()
      where checkout_id = ${checkout_id} and status <> 'bought' returning post_id, lines
    )
    insert into outcomes (post_id, revision, shopper_id, merchant_id, outcome, detail, mail_id)
    select o.post_id, o.revision + 1, o.shopper_id, o.merchant_id, 'bought',
      o.detail || jsonb_build_object('lines', bought.lines), o.mail_id
    from bought, lateral (
      select * from outcomes where post_id = bought.post_id order by revision desc limit 1) o
    on conflict do nothing`.execute(tx);
}

/** Notes that what a purchase has taken goes back: somebody else had the last piece, or it was paid otherwise. */
export async function noteGivenBack(tx: Tx, checkout_id: string): Promise<void> {
  await sql`
    update purchases set status = 'lapsed', settled_at = now()
    where checkout_id = ${checkout_id} and status = 'charging'`.execute(tx);
}

/** When the time to undo a purchase ends; null: it has not begun, because its mail was not sent yet. */
export async function undoEndsAt(db: Db, post_id: string, seconds: number): Promise<Date | null> {
  const { rows } = await sql<{ ends: Date | null }>`
    select m.sent_at + ${seconds} * interval '1 second' as ends
    from purchases p join mails m on m.id = p.mail_id where p.post_id = ${post_id}`.execute(db);
  return rows[0]?.ends ?? null;
}

/**
 * Purchases whose time has come: the shopper has had their time to undo it since they were told, or has confirmed it.
 * Those of whom nobody could be told come too, to be ended. In any order, so that each gets its turn.
 */
export async function duePurchases(db: Db, seconds: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select p.post_id from purchases p left join mails m on m.id = p.mail_id
    where p.status = 'waiting' and (
      p.confirmed_at is not null or m.id is null or m.status in ('skipped', 'failed')
      or (m.status = 'sent' and m.sent_at + ${seconds} * interval '1 second' <= now()))
    order by random() limit ${limit}`.execute(db);
  return rows.map((row) => row.post_id);
}

/**
 * Whether a purchase may be charged now. due: it was confirmed, or the time to undo it is over. untold: nobody could tell
 * its shopper.
 */
export async function timeOf(db: Db, post_id: string, seconds: number): Promise<'due' | 'early' | 'untold'> {
  const { rows } = await sql<{ time: 'due' | 'early' | 'untold' }>`
    select case
        when p.confirmed_at is not null then 'due'
        when m.id is null or m.status in ('skipped', 'failed') then 'untold'
        when m.status = 'sent' and m.sent_at + ${seconds} * interval '1 second' <= now() then 'due'
        else 'early'
      end as time
    from purchases p left join mails m on m.id = p.mail_id where p.post_id = ${post_id}`.execute(db);
  return rows[0]?.time ?? 'early';
}

/** The posts of a shopper's replies that buy, or have bought, something at a merchant. */
export async function buyingPosts(db: Db, shopper_id: string, merchant_id: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('purchases')
    .select('post_id')
    .where('shopper_id', '=', shopper_id)
    .where('merchant_id', '=', merchant_id)
    .execute();
  return new Set(rows.map(({ post_id }) => post_id));
}

/** Ends what a shopper was about to buy. What Stripe was asked for already goes on. */
export async function undoAll(tx: Tx, shopper_ids: string[], merchant_id?: string): Promise<void> {
  if (shopper_ids.length === 0) return;
  const only = merchant_id === undefined ? sql`true` : sql`merchant_id = ${merchant_id}`;
  await sql`
    update purchases set status = 'undone', settled_at = now()
    where shopper_id = any(${shopper_ids}::bigint[]) and status in ('waiting', 'confirming') and ${only}`.execute(
    tx,
  );
}

/** What is about to be bought of a cart, or waits to be confirmed. */
export async function openPurchases(
  db: Db,
  { shopper_id, merchant_id }: { shopper_id: string; merchant_id: string },
): Promise<Purchase[]> {
  return db
    .selectFrom('purchases')
    .selectAll()
    .where('shopper_id', '=', shopper_id)
    .where('merchant_id', '=', merchant_id)
    .where('status', 'in', ['waiting', 'confirming'])
    .where('created_at', '>', sql<Date>`now() - interval '24 hours'`)
    .orderBy('post_id')
    .execute();
}

/** What a purchase is about, for people to read. */
export async function titlesOf(
  db: Db,
  { merchant_id, lines }: Pick<Purchase, 'merchant_id' | 'lines'>,
): Promise<Array<{ quantity: number; title: string }>> {
  const { rows } = await sql<{ quantity: number; title: string }>`
    select l.quantity, ${variantTitle} as title
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l (sku text, quantity int)
    join variants v on v.merchant_id = ${merchant_id} and v.sku = l.sku
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku order by v.sku`.execute(db);
  return rows;
}
