import { sql } from 'kysely';
import type { Claim } from '../domain/shopper-state.ts';
import { asTable } from './as-table.ts';
import type { Tx } from './database.ts';
import { lockVariants } from './stock.ts';

/** What a shopper has of a variant; `post_id` is the reply by which they wait. */
export type KnownClaim = Claim & { post_id: string | null };

/** What a shopper has of a variant, if anything. */
export async function claimOf(
  tx: Tx,
  { shopper_id, merchant_id, sku }: { shopper_id: string; merchant_id: string; sku: string },
): Promise<KnownClaim | undefined> {
  const own = sql`shopper_id = ${shopper_id} and merchant_id = ${merchant_id} and sku = ${sku}`;
  const { rows } = await sql<KnownClaim>`
    select coalesce(h.quantity, 0) as held, coalesce(w.quantity, 0) as waiting, coalesce(w.position, 0) as position, w.post_id
    from (select * from holds where ${own}) h
    full join (select * from waits where ${own}) w using (sku)`.execute(tx);
  return rows[0];
}

export interface GivenClaim extends Claim {
  merchant_id: string;
  sku: string;
  shopper_id: string;
  /** The reply that asked; none: a page. Who comes into a line by a page stands there under a number that is no post's. */
  post_id?: string | null;
  /** How long pieces are kept, from now on. */
  minutes: number;
  /** Shoppers who have not linked keep piece and place for that time only, however often they reply. */
  linked: boolean;
}

const CLAIM = {
  merchant_id: 'text',
  sku: 'text',
  shopper_id: 'int8',
  held: 'int4',
  waiting: 'int4',
  position: 'int8',
  post_id: 'int8',
  minutes: 'int4',
  linked: 'bool',
} as const;

/** Writes what shoppers have of variants from now on, instead of what they had. */
export async function writeClaims(tx: Tx, claims: GivenClaim[]): Promise<void> {
  if (claims.length === 0) return;
  // The triggers that count claims go through the variants once for what is new, once for what changes and once for what
  // ends: only in order each time.
  await lockVariants(tx, claims);
  await sql`
    with given as (
      select *, now() + minutes * interval '1 minute' as until
      from ${asTable(claims, CLAIM)} as c
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
    select merchant_id, sku, shopper_id, waiting, position, coalesce(post_id, nobody()), case when not linked then until end
    from given where waiting > 0
    on conflict (shopper_id, merchant_id, sku) do update set
      quantity = excluded.quantity, position = excluded.position,
      post_id = case when excluded.post_id > 0 then excluded.post_id else waits.post_id end,
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
    join ${asTable(claims, { merchant_id: 'text', sku: 'text' })} as c using (merchant_id, sku)
    where stock < sold + held limit 1`.execute(tx);
  return rows.length > 0;
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

interface KeptLines {
  merchant_id: string;
  shopper_id: string;
  lines: Array<{ sku: string }>;
}

const keptOf = ({ merchant_id, shopper_id, lines }: KeptLines) => sql`
  h.merchant_id = ${merchant_id} and h.shopper_id = ${shopper_id} and h.sku = any(${lines.map(({ sku }) => sku)}::text[])`;

/** Keeps what is kept of a cart's lines for so many days from now. Their variants are locked. */
export async function keepLonger(tx: Tx, kept: KeptLines, days: number): Promise<void> {
  await sql`
    update holds h set until = greatest(h.until, now() + ${days} * interval '1 day') where ${keptOf(kept)}`.execute(
    tx,
  );
}

/** Keeps what is kept of a cart's lines no longer than if it had just been put into it. Their variants are locked. */
export async function keepAsNew(tx: Tx, kept: KeptLines): Promise<void> {
  await sql`
    update holds h set until = least(h.until, now() + p.hold_minutes * interval '1 minute')
    from variants v join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where ${keptOf(kept)} and v.merchant_id = h.merchant_id and v.sku = h.sku`.execute(tx);
}
