alter type product_kind add value 'service';
alter type product_kind add value 'donation';
alter type outcome_reason add value 'missing_amount';
alter type outcome_reason add value 'unclear_amount';
alter type outcome_reason add value 'other_currency';
alter type outcome_reason add value 'amount_bounds';
alter type mail_kind add value 'delivery';

alter table products add column delivery_file text;
alter table products add column delivery_days int check (delivery_days > 0);
alter table products add column delivery_times int check (delivery_times > 0);
alter table products add column donation jsonb;
comment on column products.kind is 'physical: shipped. digital: downloaded. service: given to whoever shows a code. donation: the shopper says how much.';
comment on column products.price is 'In the minor unit of the merchant''s currency, as Stripe defines it. Of a donation: the least that is taken.';
comment on column products.delivery_url is 'Where a digital product is downloaded. Null: it is a file of ours, or nothing is downloaded.';
comment on column products.delivery_file is 'The file that is downloaded, below the folder DOWNLOADS.';
comment on column products.delivery_days is 'For so many days after the payment it can be downloaded.';
comment on column products.delivery_times is 'So many times a piece can be downloaded.';
comment on column products.donation is '{minimum, maximum, presets}: amounts in minor units. Null: it is no donation.';

create table downloads (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  sku text not null,
  allowed int not null check (allowed > 0),
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
comment on table downloads is 'What of an order can be downloaded: a row for each digital line, and another each time that staff give it anew. The key in its link follows from the id and SECRET_KEY, and is stored nowhere.';
comment on column downloads.allowed is 'So many times, of which each is a row of download_uses.';
comment on column downloads.expires_at is 'Nor can it be downloaded when its payment was given back. What it brings is what the product''s row says by then: a file that was wrong is mended for all.';
create index on downloads (order_id);

create table download_uses (
  id bigint generated always as identity primary key,
  download_id bigint not null references downloads,
  at timestamptz not null default now()
);
comment on table download_uses is 'Each time that something was downloaded.';
create index on download_uses (download_id);

create table vouchers (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  sku text not null,
  piece int not null check (piece > 0),
  used_at timestamptz,
  used_by text,
  unique (order_id, sku, piece)
);
comment on table vouchers is 'Codes for services: one for each piece that was ordered. The code follows from the id and SECRET_KEY, and is stored nowhere. It is void when its payment was given back.';
comment on column vouchers.used_by is 'Who of the staff took it.';

-- Downloads and codes can be mailed again.
alter table mails add column round int not null default 0;
comment on column mails.round is 'Of a delivery: 0 follows the payment, each later one the wish of staff.';
drop index mails_one_per_order;
create unique index mails_one_per_order on mails (order_id, kind, round) where order_id is not null;

alter table staff add column merchant_id text references merchants;
comment on column staff.merchant_id is 'Whose staff they are: they look up this merchant''s codes, and see nothing else. Null: the operator''s.';
