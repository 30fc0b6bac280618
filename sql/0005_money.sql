create type checkout_status as enum ('creating', 'open', 'paid', 'expired');

create table checkouts (
  id bigint generated always as identity primary key,
  cart_id bigint not null references carts,
  cart_version int not null,
  status checkout_status not null default 'creating',
  lines jsonb not null,
  currency text not null,
  subtotal int not null,
  shipping int not null,
  total int not null check (total = subtotal + shipping),
  session_id text unique,
  url text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table checkouts is 'Attempts to pay a cart, each one Stripe Checkout Session. The row is written first: its id makes the idempotency key.';
comment on column checkouts.lines is 'What is paid for: [{sku, title, kind, quantity, price, post_id}], a copy that later changes of the cart do not touch.';
comment on column checkouts.session_id is 'Stripe''s cs_… id. Null until Stripe has answered.';
create index on checkouts (cart_id);
create index checkouts_live on checkouts (expires_at) where status in ('creating', 'open');

create type payment_status as enum ('ordered', 'refunding', 'refunded');

create table payments (
  id text primary key,
  checkout_id bigint not null references checkouts,
  status payment_status not null,
  amount int not null,
  currency text not null,
  received_at timestamptz not null default now()
);
comment on table payments is 'Money that arrived. Each payment is an order''s, or goes back in full.';
comment on column payments.id is 'Stripe''s pi_… id.';

create type order_status as enum ('paid', 'refunded');

create table orders (
  id bigint generated always as identity primary key,
  payment_id text not null unique references payments,
  checkout_id bigint not null unique references checkouts,
  cart_id bigint not null references carts,
  shopper_id bigint not null,
  merchant_id text not null,
  status order_status not null default 'paid',
  currency text not null,
  subtotal int not null,
  shipping int not null,
  total int not null,
  email text,
  ship_to jsonb,
  created_at timestamptz not null default now(),
  returned_at timestamptz,
  shipped_at timestamptz,
  carrier text,
  tracking text
);
comment on column orders.tracking is 'The carrier''s number for the parcel, or the address that follows it.';
comment on column orders.status is 'refunded: all of its payment was given back.';
comment on column orders.returned_at is 'When its pieces went back into the stock; null: they count as sold.';
comment on column orders.email is 'As given to Stripe at the checkout.';
comment on column orders.ship_to is '{name, address: {line1, line2, city, state, postal_code, country}} as given to Stripe. Null: nothing is shipped.';
create index on orders (shopper_id);
create index on orders (cart_id);

create table order_lines (
  order_id bigint not null references orders,
  sku text not null,
  title text not null,
  kind product_kind not null,
  quantity int not null check (quantity > 0),
  price int not null,
  post_id bigint,
  primary key (order_id, sku)
);

create type refund_status as enum ('due', 'pending', 'succeeded', 'failed');
create type refund_reason as enum ('cart_already_paid', 'sold_out', 'requested');

create table refunds (
  id bigint generated always as identity primary key,
  payment_id text not null references payments,
  reason refund_reason not null,
  status refund_status not null default 'due',
  amount int not null check (amount > 0),
  currency text not null,
  restock boolean not null default false,
  stripe_id text unique,
  error text,
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
comment on table refunds is 'Money to give back. The row is written first: its id makes the idempotency key.';
comment on column refunds.reason is 'cart_already_paid: a second payment for the same cart. sold_out: somebody else paid for the last piece first. requested: staff gave an order''s money back, or a part of it.';
comment on column refunds.restock is 'Whether the order''s pieces go back into the stock once all of its payment is given back.';
comment on column refunds.stripe_id is 'Stripe''s re_… id. Null until Stripe has answered.';
create index on refunds (payment_id);
create index refunds_open on refunds (id) where status in ('due', 'pending');

create table stripe_events (
  id text primary key,
  type text not null,
  object_id text not null,
  livemode boolean not null,
  payload json not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  error text
);
comment on table stripe_events is 'Webhooks as Stripe sent them, stored by their id before anything else happens: Stripe sends events more than once and in any order.';
create index stripe_events_open on stripe_events (received_at) where processed_at is null;
create index on stripe_events (object_id);
