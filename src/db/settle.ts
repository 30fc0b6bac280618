import { sql } from 'kysely';
import type { Decision } from '../domain/outcome.ts';
import type { LineChange } from '../domain/shopper-state.ts';
import { storable } from '../domain/text.ts';
import { asTable } from './as-table.ts';
import type { Tx } from './database.ts';
import { anyId, idArray } from './ids.ts';
import { givenBack } from './refund-lines.ts';
import type { OutcomeKind, OutcomeReason } from './schema.ts';
import { untold } from './waiting.ts';

/**
 * Locks the rows of those of the shoppers who have linked, always in the same order, and returns them. Whoever
 * changes a shopper's cart holds this lock.
 */
export function lockShoppers(
  tx: Tx,
  shopper_ids: string[],
): Promise<Array<{ x_user_id: string; opted_out_at: Date | null }>> {
  return tx
    .selectFrom('shoppers')
    .select(['x_user_id', 'opted_out_at'])
    .where(anyId('x_user_id', shopper_ids))
    .orderBy('x_user_id')
    .forNoKeyUpdate()
    .execute();
}

/** The newest outcome of each of the replies that has one. */
export async function newestOutcomes(
  tx: Tx,
  post_ids: string[],
): Promise<
  Map<string, { revision: number; outcome: OutcomeKind; reason: OutcomeReason | null; untold: boolean }>
> {
  const rows = await tx
    .selectFrom('outcomes as o')
    .select(['post_id', 'revision', 'outcome', 'reason', untold.as('untold')])
    .where(anyId('post_id', post_ids))
    .orderBy('revision')
    .execute();
  return new Map(rows.map((row) => [row.post_id, row]));
}

/** A shopper at a merchant, in two arrays of equal length. */
interface Pairs {
  shopper_ids: string[];
  merchant_ids: string[];
}

/**
 * What belongs to each of them is looked up in a `lateral` query with `offset 0`, one by one, by its index. Left free,
 * the planner reads whole tables as long as they are small, and keeps that plan while they grow.
 */
const pairs = ({ shopper_ids, merchant_ids }: Pairs) =>
  sql`unnest(${idArray(shopper_ids)}, ${merchant_ids}::text[]) as pair (shopper_id, merchant_id)`;

/** Something of a shopper's at a merchant. */
export interface Holding {
  /**
   * line: of the open cart, a removed one with the quantity 0. ordered: how many paid orders hold. claim: what is kept of
   * short stock, and what is waited for.
   */
  kind: 'line' | 'ordered' | 'claim';
  shopper_id: string;
  merchant_id: string;
  sku: string;
  quantity: number;
  /** Of a line: see `cart_lines`. */
  price: number;
  priced_at: Date;
  offer_post_id: string | null;
  /** Of a line or a claim. */
  position: string;
  /** Of what was ordered. */
  product_sku: string;
  /** Of a claim. */
  waiting: number;
}

/**
 * What shoppers have: their open lines and orders, and their claims. In one statement: while it runs their rows are
 * locked, and each question more would make others wait.
 *
 * @param given those who have linked @param claimants those who may have claims
 */
export async function holdingsOf(tx: Tx, given: Pairs, claimants: Pairs): Promise<Holding[]> {
  const { rows } = await sql<Holding>`
    select 'line' as kind, pair.shopper_id, pair.merchant_id, l.sku, l.quantity, l.price, l.priced_at, l.offer_post_id,
      l.position, null::text as product_sku, 0 as waiting
    from ${pairs(given)},
    lateral (
      select id from carts
      where shopper_id = pair.shopper_id and merchant_id = pair.merchant_id and status = 'open' offset 0
    ) c,
    lateral (select * from cart_lines where cart_id = c.id offset 0) l
    union all
    select 'ordered', pair.shopper_id, pair.merchant_id, l.sku, sum(l.quantity)::int, 0, null, null, 0, v.product_sku, 0
    from ${pairs(given)},
    lateral (
      select id, payment_id from orders
      where shopper_id = pair.shopper_id and merchant_id = pair.merchant_id and status = 'paid' offset 0
    ) o,
    lateral (
      select sku, quantity - ${givenBack} as quantity from order_lines l where order_id = o.id offset 0
    ) l,
    lateral (select product_sku from variants where merchant_id = pair.merchant_id and sku = l.sku offset 0) v
    group by pair.shopper_id, pair.merchant_id, l.sku, v.product_sku
    union all
    select 'claim', pair.shopper_id, pair.merchant_id, sku, sum(held)::int, 0, null, null, max(position), null, sum(waiting)::int
    from ${pairs(claimants)},
    lateral (
      select sku, quantity as held, 0 as waiting, 0 as position from holds
      where shopper_id = pair.shopper_id and merchant_id = pair.merchant_id
      union all
      select sku, 0, quantity, position from waits
      where shopper_id = pair.shopper_id and merchant_id = pair.merchant_id offset 0
    ) claim
    group by pair.shopper_id, pair.merchant_id, sku`.execute(tx);
  return rows;
}

export interface Settled {
  outcomes: Array<{ post_id: string; revision: number; shopper_id: string | null; tell: boolean } & Decision>;
  /** Shoppers who are asked something, or wait: their page needs a cart, also an empty one. Not those with lines. */
  questions: Array<{ shopper_id: string; merchant_id: string; currency: string }>;
  /** Each line once, as the last reply of the batch leaves it. Without a reply it is the shopper's wish on a page. */
  lines: Array<
    { shopper_id: string; merchant_id: string; currency: string } & LineChange & { post_id: string | null }
  >;
}

const OUTCOME = {
  post_id: 'int8',
  revision: 'int2',
  shopper_id: 'int8',
  merchant_id: 'text',
  outcome: 'outcome_kind',
  reason: 'outcome_reason',
  detail: 'jsonb',
  tell: 'bool',
} as const;

const LINE = {
  shopper_id: 'int8',
  merchant_id: 'text',
  currency: 'text',
  sku: 'text',
  quantity: 'int4',
  before: 'int4',
  price: 'int4',
  priced_at: 'timestamptz',
  offer_post_id: 'int8',
  post_id: 'int8',
  position: 'int8',
} as const;

/**
 * Writes a settled batch: outcomes, lines with their carts, and a mail for each shopper and merchant who is to be
 * told. A mail that waits for its quiet time takes up what happens meanwhile.
 *
 * @param quiet_seconds after a mail, how long the next one to the same shopper waits
 * @returns the ids of mails that may leave at once
 */
export async function writeSettled(
  tx: Tx,
  { outcomes, lines, questions }: Settled,
  quiet_seconds: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with given as (
      select * from ${asTable(outcomes, OUTCOME)} as g
    ),
    given_lines as (
      select * from ${asTable(lines, LINE)} as l
    ),
    told as (
      insert into mails (kind, shopper_id, merchant_id, due_at)
      select 'update', shopper_id, merchant_id, greatest(now(), (
        select coalesce(sent_at, due_at) + ${quiet_seconds} * interval '1 second' from mails
        where mails.shopper_id = who.shopper_id and mails.merchant_id is not distinct from who.merchant_id
          and kind = 'update'
        order by id desc limit 1))
      from (select distinct shopper_id, merchant_id from given where tell order by 1, 2) who
      on conflict (shopper_id, merchant_id) where kind = 'update' and status = 'pending'
        do update set due_at = mails.due_at
      returning id, shopper_id, merchant_id, due_at
    ),
    decided as (
      insert into outcomes (post_id, revision, shopper_id, merchant_id, outcome, reason, detail, mail_id)
      select post_id, revision, given.shopper_id, given.merchant_id, outcome, reason, detail, told.id
      from given
      left join told on given.tell and told.shopper_id = given.shopper_id
        and told.merchant_id is not distinct from given.merchant_id
      on conflict do nothing
    ),
    touched as (
      insert into carts (shopper_id, merchant_id, currency)
      select distinct shopper_id, merchant_id, currency from given_lines order by 1, 2
      on conflict (shopper_id, merchant_id, currency) where status = 'open'
        do update set version = carts.version + 1, updated_at = now()
      returning id, shopper_id, merchant_id
    ),
    opened as (
      insert into carts (shopper_id, merchant_id, currency)
      select * from ${asTable(questions, { shopper_id: 'int8', merchant_id: 'text', currency: 'text' })} as q
      on conflict do nothing
    ),
    written as (
      insert into cart_lines (cart_id, sku, quantity, price, priced_at, offer_post_id, post_id, position, quantity_before)
      select touched.id, sku, quantity, price, coalesce(priced_at, now()), offer_post_id, post_id, position, before
      from given_lines join touched using (shopper_id, merchant_id)
      on conflict (cart_id, sku) do update set
        quantity = excluded.quantity, price = excluded.price, priced_at = excluded.priced_at,
        offer_post_id = excluded.offer_post_id, post_id = coalesce(excluded.post_id, cart_lines.post_id),
        position = excluded.position, quantity_before = excluded.quantity_before, changed_at = now()
      where excluded.position >= cart_lines.position
    )
    select id from told where due_at <= now()`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * Sets a reply aside that cannot be settled. Staff see why, and can have it run again; its author hears of it, if they
 * have linked.
 *
 * @returns the ids of mails that may leave at once
 */
export async function noteFailed(
  tx: Tx,
  { post_id, author_id }: { post_id: string; author_id: string | undefined },
  error: string,
  quiet_seconds: number,
): Promise<string[]> {
  const [author] = author_id === undefined ? [] : await lockShoppers(tx, [author_id]);
  const { revision } = await tx
    .selectFrom('outcomes')
    .select(sql<number>`coalesce(max(revision) + 1, 0)`.as('revision'))
    .where('post_id', '=', post_id)
    .executeTakeFirstOrThrow();
  await tx.deleteFrom('kept_replies').where('post_id', '=', post_id).execute();
  const outcome = {
    ...{ post_id, revision, outcome: 'failed' as const, detail: { error: storable(error, 1000) } },
    ...{ shopper_id: author?.x_user_id ?? null, tell: author !== undefined },
  };
  return writeSettled(tx, { outcomes: [outcome], lines: [], questions: [] }, quiet_seconds);
}
