import { sql } from 'kysely';
import { CURRENCIES, stepOf } from '../domain/currency.ts';
import type { Invariant } from './invariant.ts';

/** What the ledger has booked of a payment "p", in all: {paid, sent, fee, given, fetched, fee_back}. */
const booked = sql`
  select coalesce(sum(amount) filter (where kind = 'payment'), 0) as paid,
    coalesce(sum(amount) filter (where kind = 'transfer'), 0) as sent,
    coalesce(sum(amount) filter (where kind = 'fee'), 0) as fee,
    coalesce(sum(amount) filter (where kind = 'refund'), 0) as given,
    coalesce(sum(amount) filter (where kind = 'reversal'), 0) as fetched,
    coalesce(sum(amount) filter (where kind = 'fee_refund'), 0) as fee_back,
    bool_and(currency = p.currency) filter (where kind not in ('dispute', 'dispute_won')) as same_currency
  from ledger_entries where payment_id = p.id`;

const steps = sql`json_to_recordset(${JSON.stringify(CURRENCIES.map((currency) => ({ currency, step: stepOf(currency) })))})
  as s (currency text, step int)`;

/** That an entry is in balance needs no proof: it is both of its sides. These prove that the entries are the right ones. */
export const LEDGER_INVARIANTS: Invariant[] = [
  {
    name: 'what was paid is in the ledger, and what went on of it',
    breaches: sql`
      select 'payment ' || p.id as about from payments p
      join checkouts k on k.id = p.checkout_id
      left join lateral (${booked}) b on true
      where b.paid <> p.amount or not b.same_currency
        or b.sent <> case when k.destination is null then 0 else p.amount end
        or b.fee <> case when k.destination is null then 0 else k.fee end`,
  },
  {
    name: 'what was given back is in the ledger, and what came back for it',
    breaches: sql`
      select 'payment ' || p.id as about from payments p
      left join lateral (
        select coalesce(sum(amount), 0) as amount from refunds where payment_id = p.id and status = 'succeeded') r on true
      left join lateral (${booked}) b on true
      where b.given <> r.amount or b.fetched <> case when b.sent = 0 then 0 else r.amount end
        or b.fee_back <> case when p.amount = 0 then 0 else floor(b.fee::numeric * r.amount / p.amount) end`,
  },
  {
    name: 'what banks took and returned is in the ledger',
    breaches: sql`
      select 'dispute ' || d.id as about from disputes d
      where exists (
        select from (
          select d.moved as amount, d.moved_currency as currency
          union all
          select case kind when 'dispute' then amount else -amount end, currency
          from ledger_entries where payment_id = d.payment_id and starts_with(outside_id, d.id || '#')) m
        group by currency having sum(amount) <> 0)`,
  },
  {
    name: 'the ledger is what orders cost, less what was given back',
    breaches: sql`
      with counted as (
        select c.merchant_id, p.currency,
          sum(coalesce(o.total, p.amount) - coalesce(r.amount, 0)) as amount
        from payments p
        join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id
        left join orders o on o.payment_id = p.id
        left join lateral (select sum(amount) as amount from refunds where payment_id = p.id and status = 'succeeded') r on true
        group by 1, 2
      ),
      kept as (
        select merchant_id, currency, -sum(amount) as amount from ledger_sides
        where account = 'shoppers' and kind in ('payment', 'refund') group by 1, 2
      )
      select 'merchant ' || merchant_id || ', ' || currency as about
      from counted full join kept using (merchant_id, currency)
      where counted.amount is distinct from kept.amount`,
  },
  {
    // The same rule as in src/domain/fee.ts, said a second time: a mistake in the one is found by the other.
    name: 'the fee is exactly the percentage of the items',
    breaches: sql`
      select 'checkout ' || k.id as about from checkouts k
      join ${steps} on s.currency = k.currency
      where k.fee_bps is not null and k.fee <> case when k.destination is null then 0 else
        least(floor((k.subtotal::numeric * k.fee_bps / 10000 / s.step) + 0.5) * s.step, k.subtotal + k.shipping) end`,
  },
  {
    name: 'nobody pays twice for a cart',
    breaches: sql`
      select 'cart ' || k.cart_id as about from payments p
      join checkouts k on k.id = p.checkout_id
      left join orders o on o.payment_id = p.id
      left join lateral (
        select coalesce(sum(amount), 0) as amount from refunds where payment_id = p.id and status <> 'failed') back on true
      group by k.cart_id having sum(p.amount - back.amount) > coalesce(max(o.total), 0)`,
  },
];
