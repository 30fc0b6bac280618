import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { givenBack } from './refund-lines.ts';

/** What of an order can be downloaded, and what it has come to. */
export interface Download {
  id: string;
  order_id: string;
  sku: string;
  title: string;
  allowed: number;
  expires_at: Date;
  /** When it was downloaded, the first time first. */
  uses: Date[];
  /** Its payment was given back, or all pieces of its line, or is about to be. */
  void: boolean;
}

/** The same with what it brings. Neither a file nor an address: the catalog does not say any more. */
export interface OpenDownload extends Download {
  merchant_id: string;
  shopper_id: string;
  delivery_file: string | null;
  delivery_url: string | null;
}

/** Lets what of an order is digital be downloaded, as often and as long as the catalog says now. */
export async function addDownloads(tx: Tx, order_id: string): Promise<void> {
  await sql`
    insert into downloads (order_id, sku, allowed, expires_at)
    select l.order_id, l.sku, l.quantity * p.delivery_times, now() + p.delivery_days * interval '1 day'
    from orders o
    join order_lines l on l.order_id = o.id and l.kind = 'digital'
    join variants v on v.merchant_id = o.merchant_id and v.sku = l.sku
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where o.id = ${order_id} and p.delivery_times is not null
    order by l.sku`.execute(tx);
}

/** The same anew, as if it was just paid: what was there before ends. */
export async function renewDownloads(tx: Tx, order_id: string): Promise<void> {
  await sql`
    update downloads set expires_at = now() where order_id = ${order_id} and expires_at > now()`.execute(tx);
  await addDownloads(tx, order_id);
}

const SELECTED = sql`
  d.id, d.order_id, d.sku, l.title, d.allowed, d.expires_at, pay.status <> 'ordered' or ${givenBack} >= l.quantity as void,
  array(select at from download_uses where download_id = d.id order by id) as uses`;
const FROM = sql`
  from downloads d
  join orders o on o.id = d.order_id
  join payments pay on pay.id = o.payment_id
  join order_lines l on l.order_id = d.order_id and l.sku = d.sku`;

/** What of an order can or could be downloaded, the oldest first. */
export async function downloadsOf(db: Db, order_id: string): Promise<Download[]> {
  const { rows } = await sql<Download>`
    select ${SELECTED} ${FROM} where d.order_id = ${order_id} order by d.id`.execute(db);
  return rows;
}

export async function findDownload(db: Db, id: string): Promise<OpenDownload | undefined> {
  const { rows } = await sql<OpenDownload>`
    select ${SELECTED}, o.merchant_id, o.shopper_id, p.delivery_file, p.delivery_url
    ${FROM}
    join variants v on v.merchant_id = o.merchant_id and v.sku = d.sku
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where d.id = ${id}`.execute(db);
  return rows[0];
}

/**
 * The same, and until the transaction ends nobody else counts a use of it, and no refund of it begins: what is downloaded is
 * not given back as unused in the same moment.
 */
export async function lockDownload(tx: Tx, id: string): Promise<OpenDownload | undefined> {
  await sql`
    select from downloads d join orders o on o.id = d.order_id join payments p on p.id = o.payment_id
    where d.id = ${id} for update of d for share of p`.execute(tx);
  return findDownload(tx, id);
}

/** Counts that something is downloaded. Returns the use's id. */
export async function addUse(tx: Tx, download_id: string): Promise<string> {
  const { id } = await tx
    .insertInto('download_uses')
    .values({ download_id })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The newest use of a download. */
export async function newestUse(db: Db, download_id: string): Promise<{ id: string; at: Date } | undefined> {
  return db
    .selectFrom('download_uses')
    .select(['id', 'at'])
    .where('download_id', '=', download_id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
