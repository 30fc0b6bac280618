-- Delayed ways of paying: the session is complete, the money is not there.
alter type checkout_status add value 'processing' before 'paid';
alter type checkout_status add value 'failed';
comment on column checkouts.status is 'processing: the shopper has paid in a way that takes days, and their bank is at it. failed: their bank has refused. expired: nobody can pay it any more.';

alter type order_status add value 'cancelled' before 'refunded';
alter type refund_reason add value 'cancelled';
alter table merchants add column cancel_hours int not null default 24 check (cancel_hours >= 0);
comment on column merchants.cancel_hours is 'So many hours after payment a shopper may cancel an order that is not on its way. 0: not at all.';
alter table orders
  add column cancelled_at timestamptz,
  add column cancelled_by text;
comment on column orders.status is 'cancelled: it is not sent, its pieces are in the stock again, and its payment goes back. refunded: all of its payment was given back.';
comment on column orders.cancelled_by is 'shopper, or who of the staff.';
comment on column refunds.reason is 'cart_already_paid: a second payment for the same cart. sold_out: somebody else paid for the last piece first. requested: staff gave an order''s money back, or a part of it. cancelled: the order was cancelled.';

create table order_links (
  token_hash bytea primary key,
  order_id bigint not null references orders,
  mail_id bigint,
  expires_at timestamptz not null
);
comment on table order_links is 'Keys that open the page of one order. The key itself is in the mail only.';
create index on order_links (order_id);

create table order_swaps (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  at timestamptz not null default now(),
  by text not null,
  from_sku text not null,
  from_title text not null,
  to_sku text not null,
  to_title text not null,
  quantity int not null check (quantity > 0)
);
comment on table order_swaps is 'Lines of orders that were swapped for another option at the same price, before they were sent.';
comment on column order_swaps.by is 'shopper, or who of the staff.';
create index on order_swaps (order_id);

alter type mail_kind add value 'cancelled';
alter type mail_kind add value 'swapped';
alter type mail_kind add value 'order_swapped';
alter type mail_kind add value 'payment_failed';
alter type mail_kind add value 'dispute';
alter type mail_kind add value 'operator';
alter table mails
  add column swap_id bigint references order_swaps,
  add column dispute_id text,
  add column warning_id text;
comment on column mails.kind is 'update: what became of replies, and the cart. code: proves a typed address. links: the lost links of /cart. receipt: to the shopper; order: to the merchant. refund: a payment given back. post_changed: to the merchant, about a product post. unregistered: to the merchant, about a post that the catalog does not name. reminder: of what waits in a cart. shipped: to the shopper, that an order is on its way. delivery: an order''s downloads and codes. buying: that a reply buys, and how to undo it; unbought: that it did not, and why. cancelled: to the merchant, not to send an order. swapped: to the shopper, order_swapped: to the merchant, that a line became another option. payment_failed: to the shopper, that their bank has refused. dispute: to the merchant, operator: to whoever runs this, about a dispute or a fraud warning.';
comment on column mails.dispute_id is 'Stripe''s dp_… id.';
comment on column mails.warning_id is 'Stripe''s issfr_… id.';

create table disputes (
  id text primary key,
  payment_id text not null references payments,
  charge_id text not null,
  status text not null,
  reason text not null,
  amount int not null,
  currency text not null,
  moved int not null,
  opened_at timestamptz not null,
  evidence_due_at timestamptz,
  read_at timestamptz not null
);
comment on table disputes is 'What shoppers'' banks hold against payments, as Stripe said when it was last asked. There may be several of a payment, and the lost may be won later.';
comment on column disputes.id is 'Stripe''s dp_… id.';
comment on column disputes.status is 'As Stripe calls it; warning_…: an inquiry, which moves no money.';
comment on column disputes.amount is 'What is disputed, in minor units; it may be more than was paid.';
comment on column disputes.moved is 'The sum of what it has moved on Stripe''s balance so far, Stripe''s fees included: less than 0 while the money is gone.';
comment on column disputes.read_at is 'When we asked Stripe: an answer to an older question changes nothing.';
create index on disputes (payment_id);

create table fraud_warnings (
  id text primary key,
  payment_id text not null references payments,
  charge_id text not null,
  fraud_type text not null,
  actionable boolean not null,
  warned_at timestamptz not null,
  read_at timestamptz not null
);
comment on table fraud_warnings is 'Payments that their card''s network takes for fraud, before there is a dispute.';
comment on column fraud_warnings.id is 'Stripe''s issfr_… id.';
comment on column fraud_warnings.actionable is 'Whether giving the money back now would still avert a dispute.';
create index on fraud_warnings (payment_id);

create type webhook_event as enum (
  'order.paid', 'order.changed', 'order.shipped', 'order.cancelled', 'order.refunded', 'order.disputed');
create type webhook_status as enum ('pending', 'delivered', 'failed');

create table merchant_webhooks (
  merchant_id text primary key references merchants,
  url text not null,
  secret text not null,
  old_secret text,
  old_until timestamptz,
  set_at timestamptz not null default now()
);
comment on table merchant_webhooks is 'Where merchants'' own programs hear of orders.';
comment on column merchant_webhooks.secret is 'Signs what is sent; sealed under SECRET_KEY.';
comment on column merchant_webhooks.old_secret is 'Signs, too, until old_until: merchants change theirs meanwhile.';

create table webhook_messages (
  id bigint generated always as identity primary key,
  merchant_id text not null references merchants,
  event webhook_event not null,
  status webhook_status not null default 'pending',
  order_id bigint not null references orders,
  refund_id bigint references refunds,
  swap_id bigint references order_swaps,
  dispute_id text references disputes,
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  claimed_at timestamptz,
  attempts int not null default 0,
  delivered_at timestamptz,
  answered int,
  error text
);
comment on table webhook_messages is 'The outbox of what merchants'' programs are told, written in the transaction that gives reason for it. What a message says is read when it is sent: nobody''s name or address is in here.';
comment on column webhook_messages.attempts is 'Since it was written, or last replayed.';
comment on column webhook_messages.answered is 'The status of the last answer, if there was one.';
create index webhook_messages_unsent on webhook_messages (due_at) where status = 'pending';
create index on webhook_messages (merchant_id, id);
create index on webhook_messages (order_id);
