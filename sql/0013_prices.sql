create type price_policy as enum ('current', 'promised', 'lower_of');

alter table products
  add column price_policy price_policy not null default 'current',
  add column promised_hours int check (promised_hours > 0);
comment on column products.price_policy is 'What a cart line costs. current: the price of the day. promised: for promised_hours the price at the reply, then that of the day. lower_of: the lower of the two.';
comment on column products.promised_hours is 'For how long the price at the reply counts. Null with lower_of: for as long as it waits in the cart.';

alter table post_products add column price int check (price > 0);
comment on column post_products.price is 'An offer: what the product costs for replies to this post, in minor units. Null: what it costs everywhere.';

alter table cart_lines add column priced_at timestamptz, add column offer_post_id bigint;
update cart_lines set priced_at = changed_at;
alter table cart_lines alter column priced_at set default now(), alter column priced_at set not null;
alter table cart_lines alter column priced_at set statistics 10, alter column offer_post_id set statistics 10;
comment on column cart_lines.price is 'The price of one when the line was priced, in minor units. What it costs now follows from it, the price of the day and the product''s policy: see src/domain/price.ts. Of a donation: the amount that the shopper has said, and pays.';
comment on column cart_lines.priced_at is 'When the line was priced: when it was set, unless a promise of a lower price still held. Promises run from here.';
comment on column cart_lines.offer_post_id is 'The product post whose own price the line has: the one that the shopper''s last reply about it was to. Null: the price is the one that holds everywhere.';
