create type staff_role as enum ('viewer', 'agent', 'admin');

create table staff (
  email text primary key,
  role staff_role not null,
  password_hash text,
  invitation_hash bytea unique,
  invited_until timestamptz,
  created_at timestamptz not null default now()
);
comment on column staff.password_hash is 'argon2id. Null: the invitation was not used yet.';

create table staff_sessions (
  token_hash bytea primary key,
  staff_email text not null references staff,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  staff_email text not null,
  action text not null,
  subject text not null,
  reason text
);
comment on table audit is 'What staff saw or did that somebody may ask about: sign-ins, reveals.';
create index on audit (staff_email, at);
