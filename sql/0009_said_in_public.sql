create table merchant_accounts (
  x_user_id bigint primary key,
  username text not null,
  tokens text,
  expires_at timestamptz not null,
  refreshing_at timestamptz,
  rests_until timestamptz,
  signed_in_at timestamptz not null default now(),
  lost_at timestamptz,
  lost_why text
);
comment on table merchant_accounts is 'X accounts whose owners let us reply for them. One account may stand in several entries of the catalog.';
comment on column merchant_accounts.tokens is 'The access and the refresh token, sealed under SECRET_KEY. Null: the owner has to sign in again.';
comment on column merchant_accounts.expires_at is 'When the access token ends.';
comment on column merchant_accounts.refreshing_at is 'When the refresh token was shown to X, whose answer is not known yet. It is good once: nobody may show it again.';
comment on column merchant_accounts.rests_until is 'X has taken as many posts as it takes in its window; until then none is sent.';
comment on column merchant_accounts.lost_why is 'Why the tokens are gone, for people.';

create type public_reply_kind as enum ('first_contact', 'problem', 'done');
create type public_reply_status as enum ('pending', 'posted', 'unsaid');
create type unsaid_reason as enum (
  'not_summoned', 'gone', 'opted_out', 'linked', 'no_mail', 'sensitive', 'not_permitted', 'duplicate', 'refused',
  'withdrawn', 'too_late'
);

create table public_replies (
  post_id bigint primary key,
  kind public_reply_kind not null,
  account_id bigint not null,
  merchant_id text not null,
  shopper_id bigint not null,
  status public_reply_status not null default 'pending',
  reason unsaid_reason,
  attempts int not null default 0,
  refusals int not null default 0,
  asked_at timestamptz,
  due_at timestamptz not null default now(),
  written_at timestamptz not null default now(),
  counts boolean not null default true,
  reply_id bigint,
  with_link boolean not null default false
);
comment on table public_replies is 'What merchants'' accounts say in public: at most one reply to each post. Written with the outcome, posted by "post-replies".';
comment on column public_replies.post_id is 'The shopper''s reply that is answered.';
comment on column public_replies.account_id is 'X''s number of the merchant''s account.';
comment on column public_replies.refusals is 'How often X has refused it in a way that may pass, or called its text a duplicate: the next attempt has another text.';
comment on column public_replies.asked_at is 'When X was asked to post it and its answer did not come: it may be there, and is looked for before X is asked again.';
comment on column public_replies.due_at is 'Not before this time; while somebody posts it, when somebody else may.';
comment on column public_replies.counts is 'A first contact that was tried in the last week: the same merchant does not try it again with the same shopper.';
comment on column public_replies.reply_id is 'The post that X made of it.';
create unique index on public_replies (shopper_id, merchant_id) where kind = 'first_contact' and counts;
create index on public_replies (account_id, due_at) where status = 'pending';
create index on public_replies (written_at);

create table public_posting (
  only_row boolean primary key default true check (only_row),
  stopped_at timestamptz,
  stopped_why text
);
comment on table public_posting is 'Whether anything is posted at all. X''s credits are used up, or the app may not post: it stops until the operator says "public resume".';
insert into public_posting default values;
