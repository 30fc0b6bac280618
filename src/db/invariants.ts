import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Invariant } from './invariant.ts';
import { LEDGER_INVARIANTS } from './ledger-invariants.ts';
import { givenBack, isNamed } from './refund-lines.ts';

/** What the job of a thing may take, before its lack is a breach. */
const PATIENCE = sql`now() - interval '15 minutes'`;

const INVARIANTS: Invariant[] = [
  {
    name: 'every reply that was delivered has an outcome',
    breaches: sql`
      select 'reply ' || r.post_id as about from replies r
      where r.received_at < ${PATIENCE} and not exists (select from outcomes o where o.post_id = r.post_id)`,
  },
  {
    name: 'what became of a reply has no gaps',
    breaches: sql`
      select 'reply ' || post_id as about from outcomes
      group by post_id having max(revision) + 1 <> count(*) or min(revision) <> 0`,
  },
  {
    name: 'every payment is one order, or goes back',
    breaches: sql`
      select 'payment ' || p.id || ', ' || p.status as about from payments p
      left join orders o on o.payment_id = p.id
      left join lateral (
        select coalesce(sum(amount) filter (where status <> 'failed'), 0) as owed,
          coalesce(sum(amount) filter (where status = 'succeeded'), 0) as given
        from refunds where payment_id = p.id) back on true
      where case p.status
        when 'ordered' then o.id is null or o.status <> 'paid'
        when 'refunding' then back.owed = 0 and not exists (select from refunds where payment_id = p.id and status = 'failed')
        else back.given <> p.amount or o.status = 'paid'
      end`,
  },
  {
    name: 'nothing is downloaded more often than was sold, and each piece of a service has one code',
    breaches: sql`
      select 'download ' || d.id as about from downloads d
      where d.allowed < (select count(*) from download_uses where download_id = d.id)
      union all
      select 'order ' || l.order_id || ', ' || l.sku from order_lines l
      where l.kind = 'service' and l.quantity <> (
        select count(*) from vouchers v where v.order_id = l.order_id and v.sku = l.sku)`,
  },
  {
    name: 'no more pieces are given back than were ordered, and their codes are not good any more',
    breaches: sql`
      select 'order ' || o.id || ', ' || l.sku as about from orders o
      join order_lines l on l.order_id = o.id
      left join lateral (
        select count(*) as good from vouchers v
        where v.order_id = o.id and v.sku = l.sku and v.used_at is null and not ${isNamed}) codes on true
      where ${givenBack} > l.quantity or (l.kind = 'service' and codes.good > l.quantity - ${givenBack})
        or (o.returned_at is null and l.restocked > ${givenBack})`,
  },
  {
    name: 'nothing is given back that was not paid',
    breaches: sql`
      select 'payment ' || p.id as about from payments p
      join refunds r on r.payment_id = p.id and r.status <> 'failed'
      group by p.id having sum(r.amount) > p.amount or bool_or(r.currency <> p.currency)`,
  },
  {
    name: 'an order is what its checkout was, and what was paid',
    breaches: sql`
      select 'order ' || o.id as about from orders o
      join checkouts k on k.id = o.checkout_id
      join payments p on p.id = o.payment_id
      left join lateral (
        select sum(price * quantity) as items, count(*) as lines from order_lines where order_id = o.id) l on true
      where o.subtotal <> coalesce(l.items, 0) or o.total <> o.subtotal + o.shipping + o.tax
        or (o.subtotal, o.shipping, o.tax, o.tax_included, o.total, o.currency, o.fee, o.destination)
          is distinct from (k.subtotal, k.shipping, k.tax, k.tax_included, k.total, k.currency, k.fee, k.destination)
        or l.lines <> json_array_length(k.lines::json) or p.amount <> o.total or p.currency <> o.currency
        or p.checkout_id <> k.id or k.status <> 'paid'`,
  },
  {
    name: 'a paid cart is one order',
    breaches: sql`
      select 'cart ' || c.id || ', ' || c.status as about from carts c
      left join orders o on o.cart_id = c.id
      group by c.id having count(o.id) <> case c.status when 'ordered' then 1 else 0 end`,
  },
  {
    name: 'every paid checkout has its payment',
    breaches: sql`
      select 'checkout ' || k.id as about from checkouts k
      where k.status = 'paid' and not exists (select from payments p where p.checkout_id = k.id)`,
  },
  {
    // Of who was erased no receipt is kept: see src/db/erasure.ts.
    name: 'every order was told to shopper and merchant, once each',
    breaches: sql`
      select 'order ' || o.id as about from orders o
      left join mails m on m.order_id = o.id and m.kind in ('receipt', 'order')
      group by o.id having (o.shopper_id > 0 and count(*) filter (where m.kind = 'receipt') <> 1) or count(*) filter (where m.kind = 'order') <> 1`,
  },
  {
    name: 'what is counted as sold was ordered',
    breaches: sql`
      select 'variant ' || v.merchant_id || ' ' || v.sku as about from variants v
      left join lateral (
        select sum(l.quantity - l.restocked) as pieces from orders o
        join order_lines l on l.order_id = o.id and l.sku = v.sku
        where o.merchant_id = v.merchant_id) s on true
      where v.sold <> coalesce(s.pieces, 0)`,
  },
  {
    name: 'what is counted as kept and waited for is the sum of the claims',
    breaches: sql`
      select 'variant ' || v.merchant_id || ' ' || v.sku as about from variants v
      where v.held <> (select coalesce(sum(quantity), 0) from holds h where h.merchant_id = v.merchant_id and h.sku = v.sku)
        or v.waiting <> (select coalesce(sum(quantity), 0) from waits w where w.merchant_id = v.merchant_id and w.sku = v.sku)`,
  },
  {
    name: 'what a reply bought is one order, and what was announced',
    breaches: sql`
      select 'purchase ' || p.post_id || ', ' || p.status as about from purchases p
      left join orders o on o.checkout_id = p.checkout_id
      left join payments y on y.checkout_id = p.checkout_id
      where (p.status = 'bought' and (o.id is null or o.total <> p.total))
        or (p.status <> 'bought' and o.id is not null)
        or (p.status in ('waiting', 'confirming') and p.checkout_id is not null)
        or (p.status in ('declined', 'lapsed', 'undone') and y.status = 'ordered')`,
  },
  {
    name: 'every kept card that is charged comes to an end',
    breaches: sql`
      select 'checkout ' || id as about from checkouts
      where status = 'creating' and card_id is not null and created_at < now() - interval '25 hours'`,
  },
  {
    name: 'everything that is in a cart can be named',
    breaches: sql`
      select 'cart ' || c.id || ', ' || l.sku as about from carts c
      join cart_lines l on l.cart_id = c.id
      where not exists (select from variants v where v.merchant_id = c.merchant_id and v.sku = l.sku)`,
  },
  {
    name: 'every mail that is due leaves',
    breaches: sql`
      select 'mail ' || id || ', ' || status as about from mails
      where status in ('pending', 'sending') and due_at < ${PATIENCE}`,
  },
  {
    name: 'every event of Stripe was read',
    breaches: sql`
      select 'event ' || id as about from stripe_events where processed_at is null and received_at < ${PATIENCE}`,
  },
  {
    name: 'every refund that is owed is made',
    breaches: sql`
      select 'refund ' || id || ', ' || status as about from refunds
      where status = 'failed' or (status = 'due' and created_at < ${PATIENCE})`,
  },
  ...LEDGER_INVARIANTS,
];

/** So many breaches of one kind are named. */
const NAMED = 5;

/** What breaks an invariant; `breaches` is 0 where nothing does. */
export interface InvariantResult {
  name: string;
  breaches: number;
  /** The first few. */
  about: string[];
}

/** Looks whether the books are right, all at the same moment. Changes nothing. */
export function checkInvariants(db: Db): Promise<InvariantResult[]> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => checkIn(tx));
}

/** The same as a transaction sees it. */
export async function checkIn(tx: Tx): Promise<InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const { name, breaches } of INVARIANTS) {
    const { rows } = await sql<{ about: string; breaches: number }>`
      select about, count(*) over ()::int as breaches from (${breaches}) broken order by about limit ${NAMED}`.execute(
      tx,
    );
    results.push({ name, breaches: rows[0]?.breaches ?? 0, about: rows.map(({ about }) => about) });
  }
  return results;
}
