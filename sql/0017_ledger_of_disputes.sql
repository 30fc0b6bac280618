-- A dispute's row says what it has moved in all; the ledger books each change of that. A dispute may take, return and take
-- again: entries are told apart by their number.
create function book_dispute() returns trigger language plpgsql as $$
declare
  moves int := new.moved - case when tg_op = 'UPDATE' then old.moved else 0 end;
begin
  insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency)
  select case when moves < 0 then 'dispute' else 'dispute_won' end::ledger_kind,
    new.id || '#' || (select count(*) + 1 from ledger_entries where payment_id = p.id and outside_id like new.id || '#%'),
    p.id, c.merchant_id,
    case when moves < 0 then 'platform' else 'disputes' end::ledger_account,
    case when moves < 0 then 'disputes' else 'platform' end::ledger_account,
    abs(moves), new.currency
  from payments p join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id
  where p.id = new.payment_id and moves <> 0;
  return null;
end $$;
create trigger booked after insert or update of moved on disputes for each row execute function book_dispute();

insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency)
select 'dispute', d.id || '#1', p.id, c.merchant_id, 'platform', 'disputes', -d.moved, d.currency
from disputes d join payments p on p.id = d.payment_id join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id
where d.moved < 0;
comment on column ledger_entries.outside_id is 'Stripe''s id of what is booked: pi_…, re_…, dp_…#1. With the kind it is the key that keeps anything from being booked twice.';
