import { sql } from 'kysely';
import type { Asked } from '../domain/price.ts';
import type { Db, Tx } from './database.ts';
import { offerRepliedTo } from './offers.ts';
import { lockVariants } from './stock.ts';

/** Of "variants v" and "products p": there is something to give to those who wait. What is not counted any more is plenty. */
const IN_TURN = sql`(v.stock is null or v.stock - v.sold - v.held > 0)
  and v.withdrawn_at is null and p.withdrawn_at is null and not coalesce(v.paused, p.paused)
  and coalesce(v.starts_at, p.starts_at, '-infinity') <= now() and coalesce(v.ends_at, p.ends_at, 'infinity') > now()`;
/** Of the same: nobody will ever get it. */
const OVER = sql`(coalesce(v.withdrawn_at, p.withdrawn_at) is not null or coalesce(v.ends_at, p.ends_at) <= now())`;
/** What is free of a variant that is not counted: more than anybody may have. */
const UNCOUNTED = 1_000_000;

/** Products whose waiting lines move: pieces have come back, or there is nothing more to wait for. */
export async function productsToMoveUp(db: Db): Promise<Array<{ merchant_id: string; product_sku: string }>> {
  const { rows } = await sql<{ merchant_id: string; product_sku: string }>`
    select distinct v.merchant_id, v.product_sku
    from variants v
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where v.waiting > 0 and (${IN_TURN} or ${OVER})`.execute(db);
  return rows;
}

/** Ends what was kept for a time that is over: pieces of carts, and pieces and places of shoppers who did not link. */
export async function endOverdueClaims(tx: Tx, limit: number): Promise<void> {
  const overdue = sql`
    select merchant_id, sku, shopper_id from holds where until < now()
    union
    select merchant_id, sku, shopper_id from waits where until < now()
    limit ${limit}`;
  const { rows } = await sql<{ merchant_id: string; sku: string }>`
    select distinct merchant_id, sku from (${overdue}) as overdue order by 1, 2`.execute(tx);
  for (const { merchant_id, sku } of rows) {
    await lockVariants(tx, [{ merchant_id, sku }]);
    const of = sql`merchant_id = ${merchant_id} and sku = ${sku} and until < now()`;
    await sql`delete from holds where ${of}`.execute(tx);
    await sql`delete from waits where ${of}`.execute(tx);
  }
}

/** A place in a waiting line. */
export interface WaitingPlace {
  sku: string;
  shopper_id: string;
  quantity: number;
  post_id: string;
  /** Null: for as long as it takes. */
  until: Date | null;
  /** Pieces of the variant that nobody has bought or keeps. */
  free: number;
  /** What one costs them. */
  asked: Asked;
}

/** Who waits for a product, first come first; at most so many of each variant. */
export async function waitingLine(
  tx: Tx,
  merchant_id: string,
  product_sku: string,
  limit: number,
): Promise<WaitingPlace[]> {
  const { rows } = await sql<WaitingPlace>`
    select w.sku, w.shopper_id, w.quantity, w.post_id, w.until, coalesce(v.stock - v.sold - v.held, ${UNCOUNTED}::int) as free,
      json_build_object('price', coalesce(offer.price, p.price), 'offer_post_id', offer.offer_post_id::text) as asked
    from variants v
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    cross join lateral (
      select * from waits where (waits.merchant_id, waits.sku) = (v.merchant_id, v.sku)
      order by position, post_id limit ${limit}) w
    left join lateral (${offerRepliedTo(sql`w.shopper_id`, sql`v.merchant_id`, sql`v.product_sku`)}) offer on true
    where v.merchant_id = ${merchant_id} and v.product_sku = ${product_sku} and ${IN_TURN}
      and (w.until is null or w.until > now())
    order by w.position, w.post_id, w.sku`.execute(tx);
  return rows;
}

/** A place in the waiting line of what is not for sale any more. */
export type PlaceInVain = Pick<WaitingPlace, 'sku' | 'shopper_id' | 'quantity' | 'post_id'> & {
  choice: string[];
};

/** Who waits for what of a product is not for sale any more; at most so many. */
export async function placesInVain(
  tx: Tx,
  merchant_id: string,
  product_sku: string,
  limit: number,
): Promise<PlaceInVain[]> {
  const { rows } = await sql<PlaceInVain>`
    select w.sku, w.shopper_id, w.quantity, w.post_id, v.choice
    from variants v
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    join waits w on w.merchant_id = v.merchant_id and w.sku = v.sku
    where v.merchant_id = ${merchant_id} and v.product_sku = ${product_sku} and ${OVER}
    order by w.position, w.post_id, w.sku limit ${limit}`.execute(tx);
  return rows;
}

/** Takes shoppers out of waiting lines. */
export async function leaveLine(
  tx: Tx,
  merchant_id: string,
  places: Array<{ sku: string; shopper_id: string }>,
): Promise<void> {
  await sql`
    delete from waits using json_to_recordset(${JSON.stringify(places)}) as p (sku text, shopper_id bigint)
    where waits.merchant_id = ${merchant_id} and waits.sku = p.sku and waits.shopper_id = p.shopper_id`.execute(
    tx,
  );
}
