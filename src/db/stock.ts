import { sql } from 'kysely';
import type { Claim } from '../domain/settle.ts';
import type { Db, Tx } from './database.ts';
import { idArray } from './ids.ts';

/** A variant whose stock is counted. */
export interface Shelf {
  merchant_id: string;
  sku: string;
  product_sku: string;
  /** Pieces that nobody has bought or keeps; less than 0 where the merchant has taken some back. */
  free: number;
  /** The same, less those that somebody waits for: what is there for newcomers. */
  left: number;
}

/** Products, in two arrays of equal length. */
interface Products {
  merchant_ids: string[];
  product_skus: string[];
}

const wanted = ({ merchant_ids, product_skus }: Products) =>
  sql`unnest(${merchant_ids}::text[], ${product_skus}::text[]) as wanted (merchant_id, product_sku)`;

/** What is left of those of the products' variants whose stock is counted. */
export async function stockLeft(tx: Tx, given: Products): Promise<Shelf[]> {
  const { rows } = await sql<Shelf>`
    select v.merchant_id, v.sku, v.product_sku, v.stock - v.sold - v.held as free, v.stock - v.sold - v.held - v.waiting as left
    from ${wanted(given)}
    join variants v using (merchant_id, product_sku)
    where v.stock is not null`.execute(tx);
  return rows;
}

/**
 * The same, and nobody else changes it until the transaction ends. Whoever also locks shoppers or carts does so after
 * this: one order for all, so that nobody waits for each other in a circle.
 */
export async function lockStock(tx: Tx, given: Products): Promise<Shelf[]> {
  const { rows } = await sql<Shelf>`
    select merchant_id, sku, product_sku, stock - sold - held as free, stock - sold - held - waiting as left
    from variants v
    where (merchant_id, product_sku) in (select * from ${wanted(given)}) and stock is not null
    order by merchant_id, sku
    for no key update`.execute(tx);
  return rows;
}

/** Locks single variants, in the same order. */
export async function lockVariants(tx: Tx, merchant_id: string, skus: string[]): Promise<void> {
  await sql`
    select from variants where merchant_id = ${merchant_id} and sku = any(${skus}::text[])
    order by merchant_id, sku for no key update`.execute(tx);
}

/** What a shopper has of a variant; `post_id` is the reply by which they wait. */
export type KnownClaim = Claim & {
  shopper_id: string;
  merchant_id: string;
  sku: string;
  post_id: string | null;
};

/** What shoppers have of the variants of a merchant: pairs, in two arrays of equal length. */
export async function claimsOf(
  tx: Tx,
  { shopper_ids, merchant_ids }: { shopper_ids: string[]; merchant_ids: string[] },
): Promise<KnownClaim[]> {
  const { rows } = await sql<KnownClaim>`
    select shopper_id, merchant_id, sku, sum(held)::int as held, sum(waiting)::int as waiting,
      max(position) as position, max(post_id) as post_id
    from unnest(${idArray(shopper_ids)}, ${merchant_ids}::text[]) as pair (shopper_id, merchant_id)
    cross join lateral (
      select sku, quantity as held, 0 as waiting, 0 as position, null::bigint as post_id from holds h
      where h.shopper_id = pair.shopper_id and h.merchant_id = pair.merchant_id
      union all
      select sku, 0, quantity, position, post_id from waits w
      where w.shopper_id = pair.shopper_id and w.merchant_id = pair.merchant_id offset 0) claim
    group by 1, 2, 3`.execute(tx);
  return rows;
}

export interface GivenClaim extends Claim {
  merchant_id: string;
  sku: string;
  shopper_id: string;
  /** The reply that asked; none: the cart page, which puts nobody into a line. */
  post_id?: string | null;
  /** How long pieces are kept, from now on. */
  minutes: number;
  /** Shoppers who have not linked keep piece and place for that time only, however often they reply. */
  linked: boolean;
}

/** Writes what shoppers have of variants from now on, instead of what they had. */
export async function writeClaims(tx: Tx, claims: GivenClaim[]): Promise<void> {
  if (claims.length === 0) return;
  await sql`
    with given as (
      select *, now() + minutes * interval '1 minute' as until
      from json_to_recordset(${JSON.stringify(claims)}) as c (
        merchant_id text, sku text, shopper_id bigint, held int, waiting int, position bigint, post_id bigint,
        minutes int, linked boolean)
      order by merchant_id, sku, shopper_id
    ),
    given_back as (
      delete from holds using given g
      where g.held = 0 and (holds.merchant_id, holds.sku, holds.shopper_id) = (g.merchant_id, g.sku, g.shopper_id)
    ),
    kept as (
      insert into holds (merchant_id, sku, shopper_id, quantity, until)
      select merchant_id, sku, shopper_id, held, until from given where held > 0
      on conflict (shopper_id, merchant_id, sku) do update set
        quantity = excluded.quantity,
        until = case
          when (select linked from given g where (g.merchant_id, g.sku, g.shopper_id) = (holds.merchant_id, holds.sku, holds.shopper_id))
            then greatest(holds.until, excluded.until)
          else holds.until
        end
    ),
    left_line as (
      delete from waits using given g
      where g.waiting = 0 and (waits.merchant_id, waits.sku, waits.shopper_id) = (g.merchant_id, g.sku, g.shopper_id)
    )
    insert into waits (merchant_id, sku, shopper_id, quantity, position, post_id, until)
    select merchant_id, sku, shopper_id, waiting, position, post_id, case when not linked then until end
    from given where waiting > 0
    on conflict (shopper_id, merchant_id, sku) do update set
      quantity = excluded.quantity, position = excluded.position, post_id = coalesce(excluded.post_id, waits.post_id),
      until = case when excluded.until is not null then coalesce(waits.until, excluded.until) end`.execute(
    tx,
  );
}

/** Whether more of any of these was promised than there is. */
export async function isOversold(
  tx: Tx,
  claims: Array<{ merchant_id: string; sku: string }>,
): Promise<boolean> {
  if (claims.length === 0) return false;
  const { rows } = await sql`
    select from variants
    join json_to_recordset(${JSON.stringify(claims.map(({ merchant_id, sku }) => ({ merchant_id, sku })))})
      as c (merchant_id text, sku text) using (merchant_id, sku)
    where stock < sold + held limit 1`.execute(tx);
  return rows.length > 0;
}

/**
 * Replies between two posts that are not settled yet, or were kept until the catalog names their post, and in which, as
 * X delivered them, one of these ids stands. The oldest first.
 */
export async function olderUnsettled(
  tx: Tx,
  given: { naming: string[]; after: string; before: string; limit: number },
): Promise<Array<{ post_id: string; body: string }>> {
  const { naming, after, before, limit } = given;
  const ids = idArray(naming);
  const { rows } = await sql<{ post_id: string; body: string }>`
    select r.post_id, r.body
    from (
      select post_id, body from replies
      where received_at >= coalesce((select swept_until - interval '1 minute' from progress), '-infinity')
        and post_id > ${after} and post_id < ${before}
        and not exists (select from outcomes where outcomes.post_id = replies.post_id)
        and body ~ ${naming.join('|')}
      union
      select post_id, body from kept_replies join replies using (post_id) where parent_id = any(${ids})
      union
      select post_id, body from kept_replies join replies using (post_id) where conversation_id = any(${ids})
    ) r
    where r.post_id > ${after} and r.post_id < ${before}
    order by r.post_id limit ${limit}`.execute(tx);
  return rows;
}

/** Of "variants v" and "products p": there is something to give to those who wait. What is not counted any more is plenty. */
const IN_TURN = sql`v.waiting > 0 and (v.stock is null or v.stock - v.sold - v.held > 0)
  and v.withdrawn_at is null and p.withdrawn_at is null and not coalesce(v.paused, p.paused)
  and coalesce(v.starts_at, p.starts_at, '-infinity') <= now() and coalesce(v.ends_at, p.ends_at, 'infinity') > now()`;
const PLENTY = 1_000_000;

/** Products of which pieces have come back that somebody waits for, and that are for sale. */
export async function productsToMoveUp(db: Db): Promise<Array<{ merchant_id: string; product_sku: string }>> {
  const { rows } = await sql<{ merchant_id: string; product_sku: string }>`
    select distinct v.merchant_id, v.product_sku
    from variants v
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where ${IN_TURN}`.execute(db);
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
    await lockVariants(tx, merchant_id, [sku]);
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
}

/** Locks all variants of a product. */
export async function lockProduct(tx: Tx, merchant_id: string, product_sku: string): Promise<void> {
  await sql`
    select from variants where merchant_id = ${merchant_id} and product_sku = ${product_sku}
    order by merchant_id, sku for no key update`.execute(tx);
}

/** Who waits for a product, first come first; at most so many of each variant. */
export async function waitingLine(
  tx: Tx,
  merchant_id: string,
  product_sku: string,
  limit: number,
): Promise<WaitingPlace[]> {
  const { rows } = await sql<WaitingPlace>`
    select w.sku, w.shopper_id, w.quantity, w.post_id, w.until, coalesce(v.stock - v.sold - v.held, ${PLENTY}::int) as free
    from variants v
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    cross join lateral (
      select * from waits where (waits.merchant_id, waits.sku) = (v.merchant_id, v.sku)
      order by position, post_id limit ${limit}) w
    where v.merchant_id = ${merchant_id} and v.product_sku = ${product_sku} and ${IN_TURN}
      and (w.until is null or w.until > now())
    order by w.position, w.post_id, w.sku`.execute(tx);
  return rows;
}

/** Keeps the counted pieces of a cart, all of them, at least for so long. Their variants are locked. */
export async function keepLines(
  tx: Tx,
  {
    merchant_id,
    shopper_id,
    lines,
  }: { merchant_id: string; shopper_id: string; lines: Array<{ sku: string; quantity: number }> },
  minutes: number,
): Promise<void> {
  await sql`
    insert into holds (merchant_id, sku, shopper_id, quantity, until)
    select v.merchant_id, v.sku, ${shopper_id}::bigint, l.quantity, now() + ${minutes} * interval '1 minute'
    from json_to_recordset(${JSON.stringify(lines)}) as l (sku text, quantity int)
    join variants v on v.merchant_id = ${merchant_id} and v.sku = l.sku
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where p.stock_mode = 'hold' and v.stock is not null
    order by v.sku
    on conflict (shopper_id, merchant_id, sku) do update set
      quantity = excluded.quantity, until = greatest(holds.until, excluded.until)`.execute(tx);
}

/**
 * Takes what is sold out of the stock: all of it, or nothing where one thing is short. What was kept for the shopper is
 * what they get. The variants are locked.
 */
export async function takeStock(
  tx: Tx,
  { merchant_id, shopper_id }: { merchant_id: string; shopper_id: string },
  lines: Array<{ sku: string; quantity: number }>,
): Promise<boolean> {
  const sold = sql`json_to_recordset(${JSON.stringify(lines)}) as l (sku text, quantity int)`;
  const own = sql`h.merchant_id = ${merchant_id} and h.shopper_id = ${shopper_id} and h.sku = l.sku`;
  const { rows } = await sql<{ short: boolean }>`
    select v.stock is not null and l.quantity > least(
      v.stock - v.sold, greatest(v.stock - v.sold - v.held, 0) + coalesce(h.quantity, 0)) as short
    from ${sold}
    join variants v on v.merchant_id = ${merchant_id} and v.sku = l.sku
    left join holds h on ${own}`.execute(tx);
  if (rows.length < lines.length || rows.some((row) => row.short)) return false;
  await sql`
    update variants set sold = sold + l.quantity
    from ${sold} where variants.merchant_id = ${merchant_id} and variants.sku = l.sku`.execute(tx);
  await sql`delete from holds h using ${sold} where ${own} and h.quantity <= l.quantity`.execute(tx);
  await sql`update holds h set quantity = h.quantity - l.quantity from ${sold} where ${own}`.execute(tx);
  return true;
}
