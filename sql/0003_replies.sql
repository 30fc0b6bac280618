create type reply_source as enum ('stream', 'search');

create table replies (
  post_id bigint primary key,
  received_at timestamptz not null default now(),
  source reply_source not null,
  body text not null
) with (toast_tuple_target = 8160);
comment on table replies is 'What X delivered, as X wrote it. Rows are never updated; they are deleted after KEEP_TEXT_DAYS. Posts of up to 8 kB stay as they are: to compress them costs time, and they are soon gone.';
comment on column replies.body is 'JSON on one line, parsed once before it came here. Text, because it may hold \u0000 and lone surrogates, which PostgreSQL''s JSON refuses in one way or another.';
create index on replies (received_at);
-- Nobody searches by these, and to analyze them means to sort thousands of long texts.
alter table replies alter column body set statistics 0;

create type outcome_kind as enum (
  'added', 'set', 'removed', 'unchanged', 'waitlisted', 'held', 'bought',
  'asked', 'refused', 'helped', 'ignored', 'failed'
);
create type outcome_reason as enum (
  'already_in_cart', 'not_in_cart', 'seen_before',
  'which_product', 'unknown_option', 'conflicting_option', 'missing_option', 'conflicting_quantity', 'conflicting_tags',
  'over_limit', 'invalid_quantity', 'paused', 'not_started', 'ended', 'sold_out', 'quota',
  'no_trigger', 'retweet', 'bot_self', 'quote', 'not_a_reply', 'opted_out', 'not_a_product', 'merchant_self', 'negated'
);

create table outcomes (
  post_id bigint not null,
  revision smallint not null default 0,
  shopper_id bigint,
  merchant_id text,
  outcome outcome_kind not null,
  reason outcome_reason,
  detail jsonb not null default '{}',
  mail_id bigint,
  decided_at timestamptz not null default now(),
  primary key (post_id, revision)
);
comment on table outcomes is 'What became of each reply. Rows are only added: a held reply that becomes a line, or one that is run again, gets the next revision, and the highest counts.';
comment on column outcomes.shopper_id is 'The post''s author, linked or not. Null: the post named none.';
comment on column outcomes.detail is 'How it was read: {tag, quantity, found_by, lines, among, named, missing, limit, lang, error}, as far as they apply.';
comment on column outcomes.mail_id is 'The mail that tells the shopper.';
alter table outcomes alter column detail set statistics 0;
-- Noise is nobody's order.
create index on outcomes (shopper_id, post_id) where shopper_id is not null;
-- What somebody who has not linked will hear when they do: see src/db/waiting.ts.
create index outcomes_waiting on outcomes (decided_at) where mail_id is null and outcome in ('held', 'asked', 'refused');

create table kept_replies (
  post_id bigint primary key,
  merchant_id text not null,
  parent_id bigint not null,
  conversation_id bigint,
  kept_at timestamptz not null default now()
);
comment on table kept_replies is 'Replies with a tag to posts of a merchant that the catalog does not name: a post''s id exists only once it is published. They are settled when the catalog names it, or forgotten after a week.';
create index on kept_replies (parent_id);
create index on kept_replies (conversation_id);

create table progress (
  only_row boolean primary key default true check (only_row),
  searched_until timestamptz,
  swept_until timestamptz
);
comment on table progress is 'How far two scans have come.';
comment on column progress.searched_until is 'Recent search at X has completed up to this time: no older reply is missing.';
comment on column progress.swept_until is 'Every reply received before this time has its outcome.';
insert into progress default values;
