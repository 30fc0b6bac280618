-- Cards that shoppers keep, the leave to charge them, and what replies buy by that.

create table customers (
  id bigint generated always as identity primary key,
  shopper_id bigint,
  stripe_id text unique,
  email text,
  created_at timestamptz not null default now(),
  leaving_at timestamptz,
  check (shopper_id is not null or leaving_at is not null)
);
comment on table customers is 'Shoppers as Stripe knows them, on the platform''s own account. The row is written first: its id makes the idempotency key.';
comment on column customers.shopper_id is 'No foreign key: the row outlives the account until Stripe has deleted its own. Null: they left.';
comment on column customers.stripe_id is 'Stripe''s cus_… id. Null until Stripe has answered.';
comment on column customers.email is 'The address that Stripe has of them.';
comment on column customers.leaving_at is 'Since when it is to be deleted at Stripe; the row goes with it.';
create unique index customers_of_shopper on customers (shopper_id) where leaving_at is null;
create index customers_leaving on customers (leaving_at) where leaving_at is not null;

create table cards (
  id text primary key,
  customer_id bigint not null references customers on delete cascade,
  brand text not null,
  last4 text not null,
  exp_month int not null,
  exp_year int not null,
  kept_at timestamptz not null default now(),
  leaving_at timestamptz
);
comment on table cards is 'What Stripe keeps for a customer, as far as people tell cards apart. The row goes once Stripe has let go of the card.';
comment on column cards.id is 'Stripe''s pm_… id.';
comment on column cards.leaving_at is 'Since when it is to be taken from its customer at Stripe: nothing is charged to it any more.';
create index on cards (customer_id);
create index cards_leaving on cards (leaving_at) where leaving_at is not null;

create table addresses (
  shopper_id bigint primary key references shoppers,
  ship_to jsonb not null,
  changed_at timestamptz not null default now()
);
comment on table addresses is 'Where a shopper who keeps a card has things sent.';
comment on column addresses.ship_to is '{name, address: {line1, line2, city, state, postal_code, country}}';

create type grant_end as enum ('shopper', 'replaced', 'card_gone', 'card_changed');

create table grants (
  id bigint generated always as identity primary key,
  shopper_id bigint not null,
  merchant_id text not null,
  card_id text not null,
  card_brand text not null,
  currency text not null,
  per_order int not null check (per_order > 0),
  per_day int not null check (per_day >= per_order),
  given_at timestamptz not null default now(),
  expires_at timestamptz not null,
  text_version text not null,
  locale text not null,
  ended_at timestamptz,
  ended_why grant_end
);
comment on table grants is 'The leave to charge a card while its owner is away: for one merchant, up to a sum, until a day, with what its owner agreed to.';
comment on column grants.card_brand is 'Of the card when it was agreed to. Another brand under the same id needs another agreement (Stripe docs: cits-and-mits).';
comment on column grants.per_day is 'What may be charged within any 24 hours, in minor units.';
comment on column grants.text_version is 'Of the text that they agreed to.';
comment on column grants.ended_why is 'card_changed: the card''s network replaced it by one of another brand.';
create unique index grants_current on grants (shopper_id, merchant_id) where ended_at is null;

alter table checkouts
  add column card_id text,
  add column payer text,
  add column intent_id text unique,
  add column ship_to jsonb;
comment on column checkouts.card_id is 'The kept card that is charged, without a page of Stripe''s. Null: a Checkout Session takes the money.';
comment on column checkouts.payer is 'Stripe''s cus_… id whose kept card is charged: known also when the card is gone meanwhile.';
comment on column checkouts.intent_id is 'Stripe''s pi_… id where a kept card is charged. Null until Stripe has answered.';
comment on column checkouts.ship_to is 'Where a kept card''s purchase goes, until that is decided; a session asks for it itself.';
create index checkouts_charging on checkouts (created_at) where status = 'creating' and card_id is not null;

create type purchase_status as enum ('waiting', 'confirming', 'charging', 'bought', 'declined', 'undone', 'lapsed');
create type purchase_doubt as enum ('over_order', 'over_day', 'sensitive', 'first_here', 'again', 'unsure');

create table purchases (
  post_id bigint primary key,
  shopper_id bigint not null,
  merchant_id text not null,
  grant_id bigint not null references grants,
  status purchase_status not null,
  doubt purchase_doubt,
  lines jsonb not null,
  currency text not null,
  total int not null,
  mail_id bigint,
  confirmed_at timestamptz,
  checkout_id bigint unique references checkouts on delete set null,
  declined text,
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
comment on table purchases is 'What replies buy at once, by the replies'' post ids: one charge for each at most. What is bought is in the cart until it is paid.';
comment on column purchases.status is 'waiting: it can be undone. confirming: the shopper is asked first. charging: Stripe was asked. declined: the bank said no. undone: by the shopper, or they changed the line since. lapsed: it could not be bought any more.';
comment on column purchases.doubt is 'Why the shopper is asked first.';
comment on column purchases.lines is '[{sku, quantity}]';
comment on column purchases.total is 'With shipping, as it was announced, in minor units: nothing else is charged.';
comment on column purchases.mail_id is 'The mail that announces it. The time in which it can be undone begins when that mail is sent.';
comment on column purchases.declined is 'Stripe''s code for why; never shown in public.';
create index on purchases (shopper_id, merchant_id);
create index purchases_open on purchases (created_at) where status in ('waiting', 'charging');

alter type mail_kind add value 'buying';
alter type mail_kind add value 'unbought';
alter table mails add column purchase_id bigint;
comment on column mails.purchase_id is 'The reply whose purchase it announces, or says to have failed.';
create unique index mails_one_per_purchase on mails (purchase_id, kind) where purchase_id is not null;
