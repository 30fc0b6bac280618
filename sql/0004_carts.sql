create type cart_status as enum ('open', 'ordered', 'expired');

create table carts (
  id bigint generated always as identity primary key,
  shopper_id bigint not null,
  merchant_id text not null,
  currency text not null,
  status cart_status not null default 'open',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column carts.shopper_id is 'No foreign key: whoever writes a cart holds the lock of its shopper''s row, and an erased shopper''s carts stay under a number that says nothing.';
comment on column carts.version is 'Raised by every change of the cart, and by replies that repeat what it holds.';
create unique index carts_open on carts (shopper_id, merchant_id, currency) where status = 'open';

create table cart_lines (
  cart_id bigint not null references carts,
  sku text not null,
  quantity int not null check (quantity >= 0),
  price int not null,
  post_id bigint,
  position bigint not null,
  quantity_before int not null default 0,
  changed_at timestamptz not null default now(),
  primary key (cart_id, sku)
);
comment on column cart_lines.quantity is '0: removed. The row stays, so that an older reply that arrives late does not bring the line back.';
comment on column cart_lines.price is 'The price of one when the line was set, in minor units. What is paid is the price at checkout.';
comment on column cart_lines.post_id is 'The reply that last set the line, or repeated what it holds. Null: the shopper set it, on the cart page.';
comment on column cart_lines.quantity_before is 'How many there were before the line was last set: what undoing that gives back. The same number where there is nothing to undo.';
comment on column cart_lines.position is 'Orders changes by the time that shoppers made them: a reply''s post id, or the id that a post would have had at the time of a change on the page.';

create table holds (
  merchant_id text not null,
  sku text not null,
  shopper_id bigint not null,
  quantity int not null check (quantity > 0),
  until timestamptz not null,
  primary key (shopper_id, merchant_id, sku)
);
comment on table holds is 'Pieces that are kept for a shopper: for a line of their cart or, while they have not linked yet, for what their reply asked. No foreign key: its check would lock the variant''s row once for each hold, and variants are withdrawn, never deleted.';
create index on holds (until);

create table waits (
  merchant_id text not null,
  sku text not null,
  shopper_id bigint not null,
  quantity int not null check (quantity > 0),
  position bigint not null,
  post_id bigint not null,
  until timestamptz,
  primary key (shopper_id, merchant_id, sku)
);
comment on table waits is 'The waiting line of a variant: what shoppers asked for and there was no stock left for.';
comment on column waits.quantity is 'Pieces beyond those in the cart.';
comment on column waits.position is 'Orders the line: the post id of the reply, and with it the time when it was written.';
comment on column waits.until is 'The place of a shopper who has not linked is kept until then. Null: for as long as it takes.';
create index on waits (merchant_id, sku, position);
create index on waits (until) where until is not null;

-- The sums in variants hold whoever writes here, and however. One variant after the other: always in the same order.
create function count_claims() returns trigger language plpgsql as $$
declare
  counted record;
begin
  for counted in execute
    'select merchant_id, sku, sum(quantity) as more from (' || case tg_op
      when 'INSERT' then 'select merchant_id, sku, quantity from after'
      when 'DELETE' then 'select merchant_id, sku, -quantity as quantity from before'
      else 'select merchant_id, sku, quantity from after union all select merchant_id, sku, -quantity from before'
    end || ') changed group by 1, 2 having sum(quantity) <> 0 order by 1, 2'
  loop
    if tg_table_name = 'holds' then
      update variants set held = held + counted.more where merchant_id = counted.merchant_id and sku = counted.sku;
    else
      update variants set waiting = waiting + counted.more where merchant_id = counted.merchant_id and sku = counted.sku;
    end if;
  end loop;
  return null;
end $$;
create trigger added after insert on holds referencing new table as after execute function count_claims();
create trigger changed after update on holds referencing old table as before new table as after execute function count_claims();
create trigger removed after delete on holds referencing old table as before execute function count_claims();
create trigger added after insert on waits referencing new table as after execute function count_claims();
create trigger changed after update on waits referencing old table as before new table as after execute function count_claims();
create trigger removed after delete on waits referencing old table as before execute function count_claims();

create type mail_kind as enum ('update', 'code', 'links', 'receipt', 'order', 'refund', 'post_changed', 'unregistered', 'shipped', 'reminder');
create type reminder_step as enum ('hour', 'day', 'hold');
create type mail_status as enum ('pending', 'sending', 'sent', 'skipped', 'failed');

create table mails (
  id bigint generated always as identity primary key,
  kind mail_kind not null,
  status mail_status not null default 'pending',
  shopper_id bigint,
  merchant_id text,
  order_id bigint,
  refund_id bigint,
  post_id bigint,
  cart_id bigint,
  step reminder_step,
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  claimed_at timestamptz,
  sent_at timestamptz,
  attempts int not null default 0,
  content jsonb,
  error text
);
comment on table mails is 'The outbox of mails: written in the transaction that gives reason for them, sent afterwards. No addresses and no links in here.';
comment on column mails.kind is 'update: what became of replies, and the cart. code: proves a typed address. links: the lost links of /cart. receipt: to the shopper; order: to the merchant. refund: a payment given back. post_changed: to the merchant, about a product post. unregistered: to the merchant, about a post that the catalog does not name. reminder: of what waits in a cart. shipped: to the shopper, that an order is on its way.';
comment on column mails.cart_id is 'The cart that a reminder is about.';
comment on column mails.step is 'hour, day: so long after the cart''s last change. hold: before what is kept for it is given to others.';
comment on column mails.status is 'sending, with a claim of some minutes ago: the mail server may have it, but the process died before noting so. It is sent once more, with the same Message-ID.';
comment on column mails.content is 'What the mail says, as gathered when it was first sent: a repeated mail is the same mail.';
comment on column mails.error is 'Why it was skipped (see src/domain/mail.ts), or what the mail server said.';
create unique index mails_one_pending_update on mails (shopper_id, merchant_id) nulls not distinct
  where kind = 'update' and status = 'pending';
create unique index mails_one_per_unregistered_post on mails (merchant_id, post_id) where kind = 'unregistered';
create unique index mails_one_per_order on mails (order_id, kind) where order_id is not null;
create unique index mails_one_per_refund on mails (refund_id) where refund_id is not null;
create unique index mails_one_per_step on mails (cart_id, step) where kind = 'reminder';
create index mails_unsent on mails (due_at) where status in ('pending', 'sending');
create index on mails (shopper_id, merchant_id, id);

create table cart_links (
  token_hash bytea primary key,
  cart_id bigint not null references carts,
  mail_id bigint,
  expires_at timestamptz not null
);
comment on table cart_links is 'Keys that open one cart. The key itself is in the mail only.';
create index on cart_links (cart_id);

-- Tables that a campaign fills from nothing: by the usual measure, a tenth more rows, they are analyzed every few
-- seconds just when there is most to do.
alter table replies set (autovacuum_analyze_threshold = 100000, autovacuum_vacuum_insert_threshold = 100000);
alter table outcomes set (autovacuum_analyze_threshold = 100000, autovacuum_vacuum_insert_threshold = 100000);
alter table mails set (autovacuum_analyze_threshold = 100000);
alter table carts set (autovacuum_analyze_threshold = 100000);
alter table cart_lines set (autovacuum_analyze_threshold = 100000);

-- Their rows are looked up by keys: a tenth of the usual sample tells the planner enough, in a tenth of the time.
alter table mails alter column content set statistics 0;
do $$
declare
  known record;
begin
  for known in
    select attrelid::regclass as name, attname as of from pg_attribute
    where attrelid in ('replies'::regclass, 'outcomes'::regclass, 'mails'::regclass, 'carts'::regclass, 'cart_lines'::regclass)
      and attnum > 0 and attstattarget is distinct from 0
  loop
    execute format('alter table %s alter column %I set statistics 10', known.name, known.of);
  end loop;
end $$;
