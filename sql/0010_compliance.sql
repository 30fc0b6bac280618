create type compliance_type as enum ('tweets', 'users');

create table compliance_jobs (
  id text primary key,
  type compliance_type not null,
  upload_url text not null,
  download_url text not null,
  created_at timestamptz not null default now(),
  uploaded_at timestamptz,
  finished_at timestamptz,
  redacted int,
  error text
);
comment on table compliance_jobs is 'Lists of ids that X was given, to hear which posts and accounts are deleted, protected or suspended by now. The id is X''s.';
comment on column compliance_jobs.redacted is 'How many ids came back.';
comment on column compliance_jobs.error is 'Why it came to nothing; the next one asks for the same.';
create index on compliance_jobs (type, created_at);

alter table posts add column gone_at timestamptz;
comment on column posts.gone_at is 'When X said that a post that was there is deleted or hidden: it sells nothing until it is seen again.';
