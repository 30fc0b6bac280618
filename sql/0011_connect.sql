create table payees (
  merchant_id text primary key references merchants,
  fee_bps int check (fee_bps between 0 and 10000),
  attempt int not null default 0,
  asked_at timestamptz,
  country text,
  account_id text unique,
  charges_enabled boolean not null default false,
  payouts_enabled boolean not null default false,
  details_submitted boolean not null default false,
  checked_at timestamptz,
  gone_at timestamptz
);
comment on table payees is 'Where merchants'' money goes. Without a row, or an account in it, a merchant sells on the platform''s own account.';
comment on column payees.fee_bps is 'The platform''s part of this merchant''s sales, in hundredths of a percent. Null: PLATFORM_FEE_BPS.';
comment on column payees.attempt is 'How often an account was asked for; part of the idempotency key. Raised when the one before came to nothing, or is gone.';
comment on column payees.asked_at is 'When this attempt began.';
comment on column payees.country is 'The country that the account is made for, two letters. Null: the platform''s.';
comment on column payees.account_id is 'Stripe''s acct_… id. Null until Stripe has answered.';
comment on column payees.charges_enabled is 'Whether Stripe takes payments for the account, as it last said. Nothing is sold for the merchant before.';
comment on column payees.payouts_enabled is 'Whether Stripe pays the account''s money out to a bank.';
comment on column payees.details_submitted is 'Whether the merchant came to the end of Stripe''s questions.';
comment on column payees.checked_at is 'When Stripe was last asked: what was read earlier never stands over what was read later.';
comment on column payees.gone_at is 'When the account was found closed, or out of our reach. Nothing is sold until there is another one.';

create type tax_mode as enum ('none', 'automatic');
alter table merchants
  add column tax tax_mode not null default 'none',
  add column prices_include_tax boolean not null default false;
comment on column merchants.tax is 'automatic: Stripe finds the tax of each sale. none: there is none, or it is the merchant''s affair.';
comment on column merchants.prices_include_tax is 'Whether the tax that Stripe finds is part of the prices, or added to them.';
comment on column merchants.shipping is '{zones: [{countries: ISO codes, rate, free_from}]}: amounts in minor units. Null: sells nothing that is shipped.';
update merchants set shipping = jsonb_build_object('zones', jsonb_build_array(jsonb_build_object(
  'countries', shipping -> 'countries', 'rate', shipping -> 'flat_rate', 'free_from', shipping -> 'free_from')))
where shipping is not null;

alter table products add column tax_code text;
comment on column products.tax_code is 'Stripe''s txcd_… code: what it is, to the tax. Null: as the account''s settings at Stripe say.';

alter table carts add column country text;
comment on column carts.country is 'Where it is to be sent, as the shopper chose where that changes the shipping. Null: not chosen.';

create type tax_behavior as enum ('exclusive', 'inclusive');
alter table checkouts drop constraint checkouts_check;
alter table checkouts
  add column fee int not null default 0 check (fee >= 0),
  add column destination text,
  add column country text,
  add column tax_behavior tax_behavior,
  add column tax int not null default 0 check (tax >= 0),
  add column tax_included int not null default 0 check (tax_included >= 0),
  add check (total = subtotal + shipping + tax),
  add check (fee <= total),
  add check (fee = 0 or destination is not null);
comment on column checkouts.fee is 'The platform''s part, in minor units: 0 where the platform''s own account sells.';
comment on column checkouts.destination is 'Stripe''s acct_… id of the merchant''s account, as it was when the attempt began. Null: the platform''s own account sells.';
comment on column checkouts.country is 'Where it is to be sent, where that decides about the shipping.';
comment on column checkouts.tax_behavior is 'Stripe is asked to find the tax: inclusive, as part of the prices, or exclusive, on top of them. Null: it is not asked.';
comment on column checkouts.tax is 'Tax on top of prices and shipping, in minor units. 0 until Stripe has found it, which it does while the shopper pays.';
comment on column checkouts.tax_included is 'Tax that is part of prices and shipping, in minor units, as Stripe found it.';

alter table orders
  add column fee int not null default 0 check (fee >= 0),
  add column destination text,
  add column country text,
  add column tax int not null default 0 check (tax >= 0),
  add column tax_included int not null default 0 check (tax_included >= 0);
comment on column orders.fee is 'The platform''s part, in minor units.';
comment on column orders.destination is 'Stripe''s acct_… id of the account that the rest went to. Null: the platform''s own account sold.';
comment on column orders.country is 'Where it went or was bought, as given to Stripe: what its tax was found by.';
comment on column orders.tax is 'Tax on top of prices and shipping, in minor units.';
comment on column orders.tax_included is 'Tax that is part of prices and shipping, in minor units.';

alter table stripe_events add column account text;
comment on column stripe_events.account is 'The connected account that it happened on. Null: the platform''s own.';
