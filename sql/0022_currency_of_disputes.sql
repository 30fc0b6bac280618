-- What a dispute moves is in the currency of the platform's balance, which need not be that of the charge. The trigger
-- brings the ledger to what the dispute's row says, by currency: what was booked in the wrong one goes back once it is read anew.
alter table disputes add column moved_currency text;
update disputes set moved_currency = currency where moved <> 0;
alter table disputes add check (moved = 0 or moved_currency is not null);
comment on column disputes.amount is 'What is disputed, in minor units of the charge''s currency; it may be more than was paid.';
comment on column disputes.moved_currency is 'The currency of the platform''s balance, in which "moved" is. Null: nothing has moved.';

create or replace function book_dispute() returns trigger language plpgsql as $$
begin
  insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency)
  with booked as (
    select case kind when 'dispute' then -amount else amount end as amount, currency from ledger_entries
    where payment_id = new.payment_id and starts_with(outside_id, new.id || '#')
  ),
  moves as (
    select currency, sum(amount) as amount, row_number() over (order by currency) as number
    from (select new.moved as amount, new.moved_currency as currency union all select -amount, currency from booked) each
    group by currency having sum(amount) <> 0
  )
  select case when m.amount < 0 then 'dispute' else 'dispute_won' end::ledger_kind,
    new.id || '#' || ((select count(*) from booked) + m.number), p.id, c.merchant_id,
    case when m.amount < 0 then 'platform' else 'disputes' end::ledger_account,
    case when m.amount < 0 then 'disputes' else 'platform' end::ledger_account,
    abs(m.amount), m.currency
  from moves m, payments p join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id
  where p.id = new.payment_id;
  return null;
end $$;
drop trigger booked on disputes;
create trigger booked after insert or update of moved, moved_currency on disputes
  for each row execute function book_dispute();

comment on column ledger_checks.until is 'What is newer was left to the next one: it may still be under way. The next one starts where the first gap between these begins.';
