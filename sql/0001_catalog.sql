create table catalog_versions (
  version bigint generated always as identity primary key,
  applied_at timestamptz not null default now(),
  applied_by text not null,
  bot jsonb,
  file jsonb
);
comment on table catalog_versions is 'Each time that a catalog was applied and changed something. Processes compare the newest number with the one that they hold.';
comment on column catalog_versions.applied_by is 'The operating system''s user; X where X told something about product posts.';
comment on column catalog_versions.bot is '{username, user_id}: the operator''s own X account, whose posts are never orders.';
comment on column catalog_versions.file is 'The catalog that was applied, checked, as JSON: to go back to it, and to export it. Null: the one of the version before.';

create type first_contact as enum ('hint', 'link', 'none');
create type acknowledge as enum ('none', 'problems', 'all');

create table merchants (
  id text primary key,
  name text not null,
  username text not null,
  x_user_id bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  locale text not null,
  timezone text not null,
  support_email text not null,
  postal_address text not null,
  returns_policy text not null,
  shipping jsonb,
  accept_quotes boolean not null,
  first_contact first_contact not null,
  acknowledge acknowledge not null,
  hashtags jsonb not null,
  withdrawn_at timestamptz
);
comment on table merchants is 'Who sells. Made by "catalog apply"; withdrawn, never deleted.';
comment on column merchants.id is 'The catalog''s id of the merchant.';
comment on column merchants.username is 'The X handle when the catalog was applied, without @. Identity is x_user_id.';
comment on column merchants.shipping is '{countries: ISO codes, flat_rate, free_from}: amounts in minor units. Null: sells nothing that is shipped.';
comment on column merchants.accept_quotes is 'Whether a quote of a product post counts as a reply to it.';
comment on column merchants.first_contact is 'What the merchant''s account answers to who has not linked: a hint, the address, or nothing.';
comment on column merchants.acknowledge is 'Which replies of linked shoppers the merchant''s account answers.';
comment on column merchants.hashtags is '{add, remove}: the tags as written in the catalog.';

create type product_kind as enum ('physical', 'digital');
create type stock_mode as enum ('none', 'hold', 'first_paid');

create table products (
  merchant_id text not null references merchants,
  sku text not null,
  title text not null,
  words text[] not null,
  kind product_kind not null,
  price int not null check (price > 0),
  purchase_limit int check (purchase_limit > 0),
  stock_mode stock_mode not null,
  hold_minutes int not null check (hold_minutes > 0),
  options jsonb not null,
  delivery_url text,
  paused boolean not null,
  sensitive boolean not null,
  starts_at timestamptz,
  ends_at timestamptz,
  withdrawn_at timestamptz,
  image text,
  primary key (merchant_id, sku)
);
comment on column products.words is 'What shoppers call it: tells products of one post apart.';
comment on column products.price is 'In the minor unit of the merchant''s currency, as Stripe defines it.';
comment on column products.purchase_limit is 'How many one shopper may have, over all variants, open cart and orders together. Null: no limit.';
comment on column products.stock_mode is 'hold: pieces are kept for carts, and who comes too late waits in line. first_paid: whoever pays first gets them. none: not counted.';
comment on column products.hold_minutes is 'How long a piece is kept for a cart.';
comment on column products.options is '[{name, values: [{value, words}]}]; empty where there is nothing to choose.';
comment on column products.image is 'The address of a picture, https. Null: it is shown without one.';
comment on column products.sensitive is 'Nothing is said in public about replies to it, and no mail names it in its subject.';
comment on column products.delivery_url is 'Where a digital product is downloaded.';

create table variants (
  merchant_id text not null,
  sku text not null,
  product_sku text not null,
  choice text[] not null,
  stock int check (stock >= 0),
  sold int not null default 0 check (sold >= 0),
  held int not null default 0 check (held >= 0),
  waiting int not null default 0 check (waiting >= 0),
  purchase_limit int check (purchase_limit > 0),
  paused boolean,
  starts_at timestamptz,
  ends_at timestamptz,
  withdrawn_at timestamptz,
  primary key (merchant_id, sku),
  foreign key (merchant_id, product_sku) references products
);
comment on table variants is 'What can be bought: one row for a product without options, else one for each combination of option values.';
comment on column variants.choice is 'The value of each of the product''s options, in their order.';
comment on column variants.stock is 'Pieces offered in all, sold ones included, as the catalog says. Null: not counted.';
comment on column variants.sold is 'Pieces in paid orders. Nobody else can have them, or those that are held: what is left is stock - sold - held.';
comment on column variants.held is 'Pieces kept for carts: the sum of the variant''s holds.';
comment on column variants.waiting is 'Pieces that shoppers wait for: the sum of the variant''s places in the waiting line.';
comment on column variants.purchase_limit is 'How many of this variant one shopper may have. Null: only the product''s limit holds. paused, starts_at and ends_at: null where the product''s hold.';

create table posts (
  id bigint primary key,
  conversation_id bigint,
  checked_at timestamptz,
  text text,
  findings text[] not null default '{}'
);
comment on table posts is 'Product posts on X, by the id that the catalog names.';
comment on column posts.conversation_id is 'The thread that the post belongs to, as X said. Null: not asked yet.';
comment on column posts.checked_at is 'When X was last asked about it.';
comment on column posts.text is 'What its newest version said then. Null: not asked yet, or X shows it to nobody.';
comment on column posts.findings is 'What was wrong with it then: see src/domain/post-check.ts.';

create table post_products (
  post_id bigint not null references posts,
  merchant_id text not null,
  product_sku text not null,
  primary key (post_id, merchant_id, product_sku),
  foreign key (merchant_id, product_sku) references products
);

create table post_aliases (
  id bigint primary key,
  post_id bigint not null references posts
);
comment on table post_aliases is 'X gives an edited post a new id: every other id of a product post''s edit history.';
