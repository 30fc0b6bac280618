create table known_posts (
  id bigint primary key,
  found boolean not null,
  parent_id bigint,
  conversation_id bigint,
  author_id bigint,
  edit_history bigint[] not null default '{}',
  fetched_at timestamptz not null default now()
);
comment on table known_posts is 'Posts above replies, as X told when it was asked: each is asked for once. Kept for a week, and as long as replies are held.';
comment on column known_posts.found is 'False: X shows it to nobody; it is deleted or protected.';
comment on column known_posts.edit_history is 'All ids that an edited post has had, oldest first.';
create index on known_posts (fetched_at);

create type spending_kind as enum ('parents', 'posts', 'replies', 'profiles', 'refused');

create table spending (
  day date not null default (now() at time zone 'utc')::date,
  what spending_kind not null,
  units int not null,
  micro_dollars bigint not null,
  primary key (day, what)
);
comment on table spending is 'What X bills for lookups and public replies, by its own day, which is UTC''s. What it delivers can be counted in replies.';
comment on column spending.what is 'parents: posts above replies. posts: product posts that were read again. replies: public replies, and looking whether one is there. profiles: merchants'' profiles. refused: what the day''s budget did not allow.';
comment on column spending.units is 'How many posts, or profiles.';
comment on column spending.micro_dollars is 'Their price, in millionths of a US dollar.';
