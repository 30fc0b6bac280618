alter table checkouts add column signed_in boolean not null default true;
comment on column checkouts.signed_in is 'Whether its shopper began it, signed in: only their page at Stripe may show the cards that they keep. False: somebody with the cart''s link.';

-- Stripe moves money in the currency of its balance, which may be another than the one that was paid in.
alter table disputes add column moved_currency text;
update disputes set moved_currency = currency;
alter table disputes alter column moved_currency set not null;
comment on column disputes.moved is 'The sum of what it has moved on Stripe''s balance so far, Stripe''s fees included, in minor units of moved_currency: less than 0 while the money is gone.';
comment on column disputes.moved_currency is 'That of Stripe''s balance. As long as nothing was moved: that of the dispute.';

-- The ledger books each change of what a dispute has moved, in each currency.
create or replace function book_dispute() returns trigger language plpgsql as $$
begin
  insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency)
  select case when m.moves < 0 then 'dispute' else 'dispute_won' end::ledger_kind,
    new.id || '#' || (m.number + (select count(*) from ledger_entries where payment_id = p.id and outside_id like new.id || '#%')),
    p.id, c.merchant_id,
    case when m.moves < 0 then 'platform' else 'disputes' end::ledger_account,
    case when m.moves < 0 then 'disputes' else 'platform' end::ledger_account,
    abs(m.moves), m.currency
  from (
    select currency, sum(moved)::int as moves, row_number() over (order by currency) as number
    from (values (new.moved_currency, new.moved), (old.moved_currency, -old.moved)) as side (currency, moved)
    group by currency having sum(moved) <> 0
  ) m
  join payments p on p.id = new.payment_id
  join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id;
  return null;
end $$;
drop trigger booked on disputes;
create trigger booked after insert or update of moved, moved_currency on disputes for each row execute function book_dispute();
