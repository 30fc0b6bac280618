-- The ledger: every cent that moves, as an entry that takes it from one account and gives it to another. An entry is both
-- sides of itself, so no entry, and no sum of entries, can be out of balance: there is nothing to check at the end of a
-- transaction. Entries are written by triggers of the rows that they are about: whoever notes a payment or settles a
-- refund, by whatever path, books it in the same transaction.

alter table checkouts add column fee_bps int check (fee_bps between 0 and 10000);
comment on column checkouts.fee_bps is 'The percentage that the fee was counted by, in hundredths of a percent, as it was when the attempt began. Null: from before it was kept.';

create type ledger_account as enum ('shoppers', 'platform', 'merchant', 'fees', 'disputes');
create type ledger_kind as enum ('payment', 'transfer', 'fee', 'refund', 'reversal', 'fee_refund', 'dispute', 'dispute_won');

create table ledger_entries (
  kind ledger_kind not null,
  outside_id text not null,
  payment_id text not null references payments,
  merchant_id text not null,
  taken_from ledger_account not null,
  given_to ledger_account not null check (given_to <> taken_from),
  amount int not null check (amount > 0),
  currency text not null,
  booked_at timestamptz not null default now(),
  primary key (kind, outside_id)
);
comment on table ledger_entries is 'Every cent that moved. Only ever added to; nothing in it is about a person.';
comment on column ledger_entries.kind is 'payment: a shopper paid. transfer: of that, to the merchant''s own account. fee: of that, the platform''s percentage. refund, reversal, fee_refund: the same, back. dispute: a bank took it back; dispute_won: and gave it again.';
comment on column ledger_entries.outside_id is 'Stripe''s id of what is booked: pi_…, re_…, du_…. With the kind it is the key that keeps anything from being booked twice.';
comment on column ledger_entries.taken_from is 'shoppers: outside. platform: our balance at Stripe. merchant: the balance of the merchant''s own Stripe account. fees: the part of our balance that is our percentage. disputes: what banks hold.';
create index on ledger_entries (payment_id);
create index on ledger_entries (booked_at);

create view ledger_sides as
  select kind, outside_id, payment_id, merchant_id, given_to as account, amount, currency, booked_at from ledger_entries
  union all
  select kind, outside_id, payment_id, merchant_id, taken_from, -amount, currency, booked_at from ledger_entries;
comment on view ledger_sides is 'The entries from the side of each account: what comes in is positive, what goes out negative.';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on ledger_entries for each row execute function refuse_change();
create trigger append_only_at_once before truncate on ledger_entries for each statement execute function refuse_change();

-- A destination charge (Stripe docs: "Create destination charges"): all of it goes on to the merchant's account, and the fee
-- comes back from there. Without a destination the platform sells for itself.
create function book_payment() returns trigger language plpgsql as $$
begin
  insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency, booked_at)
  select entry.kind::ledger_kind, new.id, new.id, c.merchant_id, entry.taken_from::ledger_account,
    entry.given_to::ledger_account, entry.amount, new.currency, new.received_at
  from checkouts k
  join carts c on c.id = k.cart_id
  cross join lateral (values
    ('payment', 'shoppers', 'platform', new.amount, true),
    ('transfer', 'platform', 'merchant', new.amount, k.destination is not null),
    ('fee', 'merchant', 'fees', k.fee, k.destination is not null)
  ) as entry (kind, taken_from, given_to, amount, moves)
  where k.id = new.checkout_id and entry.moves and entry.amount > 0
  on conflict do nothing;
  return null;
end $$;
create trigger booked after insert on payments for each row execute function book_payment();

-- What is given back comes from the merchant's account again (reverse_transfer), and of the fee the same share
-- (refund_application_fee). Shares are rounded down over all refunds together: when all is given back, all of the fee is.
create function book_refund() returns trigger language plpgsql as $$
begin
  -- Refunds of one payment are booked one after the other: each has to see what was given back before it.
  perform from payments where id = new.payment_id for no key update;
  insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency, booked_at)
  select entry.kind::ledger_kind, new.stripe_id, new.payment_id, c.merchant_id, entry.taken_from::ledger_account,
    entry.given_to::ledger_account, entry.amount, new.currency, coalesce(new.settled_at, now())
  from payments p
  join checkouts k on k.id = p.checkout_id
  join carts c on c.id = k.cart_id
  cross join lateral (
    select coalesce(sum(amount), 0) as amount from ledger_entries where payment_id = p.id and kind = 'refund') before
  cross join lateral (values
    ('refund', 'platform', 'shoppers', new.amount, true),
    ('reversal', 'merchant', 'platform', new.amount, k.destination is not null),
    ('fee_refund', 'fees', 'merchant',
      (floor(k.fee::numeric * (before.amount + new.amount) / p.amount) - floor(k.fee::numeric * before.amount / p.amount))::int,
      k.destination is not null)
  ) as entry (kind, taken_from, given_to, amount, moves)
  where p.id = new.payment_id and entry.moves and entry.amount > 0
  on conflict do nothing;
  return null;
end $$;
create trigger booked after update of status on refunds for each row
  when (new.status = 'succeeded' and old.status <> 'succeeded') execute function book_refund();
create trigger booked_at_once after insert on refunds for each row
  when (new.status = 'succeeded') execute function book_refund();

-- What was paid and given back before there was a ledger: nobody had an account of their own then.
insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency, booked_at)
select 'payment', p.id, p.id, c.merchant_id, 'shoppers', 'platform', p.amount, p.currency, p.received_at
from payments p join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id where p.amount > 0;
insert into ledger_entries (kind, outside_id, payment_id, merchant_id, taken_from, given_to, amount, currency, booked_at)
select 'refund', r.stripe_id, p.id, c.merchant_id, 'platform', 'shoppers', r.amount, r.currency, coalesce(r.settled_at, r.created_at)
from refunds r join payments p on p.id = r.payment_id join checkouts k on k.id = p.checkout_id join carts c on c.id = k.cart_id
where r.status = 'succeeded';

create table ledger_checks (
  id bigint generated always as identity primary key,
  since timestamptz not null,
  until timestamptz not null,
  started_at timestamptz not null,
  finished_at timestamptz not null default now(),
  compared int not null,
  late int not null,
  differences int not null
);
comment on table ledger_checks is 'Comparisons of these books with Stripe''s own lists, that came to their end.';
comment on column ledger_checks.until is 'What is newer was left to the next one: it may still be under way. Also the mark from which that one starts.';
comment on column ledger_checks.late is 'What we had not heard of yet, and have asked about then.';

create table ledger_differences (
  about text not null,
  what text not null,
  payment_id text,
  ours text,
  theirs text,
  cure text not null,
  late boolean not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  accepted_at timestamptz,
  primary key (about, what)
);
comment on table ledger_differences is 'In what these books and Stripe''s differ, as the last comparison found it. A row goes when a later comparison finds both alike.';
comment on column ledger_differences.about is 'Stripe''s id of what it is about: pi_…, cs_…, re_…, evt_….';
comment on column ledger_differences.ours is 'What our books say: "18.00 USD, ordered". Null: they know nothing of it.';
comment on column ledger_differences.theirs is 'The same of Stripe''s. Null: Stripe knows nothing of it.';
comment on column ledger_differences.cure is 'The command, or the way, that puts it right.';
comment on column ledger_differences.late is 'We were told late, or not at all, and have asked again: by the next comparison it should be gone.';
comment on column ledger_differences.accepted_at is 'When somebody said that it is understood and stays: who and why is in audit. It counts again when a side changes.';
