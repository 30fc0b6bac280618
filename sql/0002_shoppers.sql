create table shoppers (
  x_user_id bigint primary key,
  username text,
  email text,
  email_removed_at timestamptz,
  locale text,
  language text,
  linked_at timestamptz not null default now(),
  opted_out_at timestamptz,
  unsubscribed_at timestamptz,
  reminders_at timestamptz,
  email_refused_at timestamptz
);
comment on table shoppers is 'Who has linked an X account. A shopper is X''s user id: handles change owners.';
comment on column shoppers.username is 'The X handle at the last sign-in, without @.';
comment on column shoppers.email is 'Proven: confirmed by X, or by a code that we mailed.';
comment on column shoppers.email_removed_at is 'They had their address removed: what X tells at a later sign-in does not bring it back.';
comment on column shoppers.locale is 'The browser''s language at the last sign-in.';
comment on column shoppers.language is 'The language that they chose on /me; null: the browser''s at the last sign-in.';
comment on column shoppers.opted_out_at is 'They wrote a stop tag: nothing but mail about what they have paid, and no reply counts.';
comment on column shoppers.unsubscribed_at is 'They unsubscribed: no mail about carts and no reminders. Their replies count.';
comment on column shoppers.reminders_at is 'When they agreed to be reminded of what waits in a cart; null: they did not.';
comment on column shoppers.email_refused_at is 'When their mail server refused the address for good: nothing is sent there until they give another.';
create index on shoppers (lower(username));
create index on shoppers (lower(email));
create index shoppers_reminded on shoppers (x_user_id) where reminders_at is not null;

create type consent_kind as enum ('linking', 'reminders');

create table consents (
  shopper_id bigint not null references shoppers,
  kind consent_kind not null default 'linking',
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  text_version text not null,
  locale text not null
);
comment on table consents is 'Each time that a shopper agreed to something. linking: X asks for express consent before an e-mail address is tied to an account. reminders: of what waits in a cart.';
comment on column consents.text_version is 'Of the text that they agreed to.';
create index on consents (shopper_id);

create table email_codes (
  shopper_id bigint primary key references shoppers,
  email text not null,
  tries int not null default 0,
  sent int not null default 1,
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table email_codes is 'A typed e-mail address that waits for the code mailed to it. The code follows from the row and SECRET_KEY.';
comment on column email_codes.sent is 'Codes mailed for this shopper in the day that began at sent_at.';

create table shopper_sessions (
  token_hash bytea primary key,
  shopper_id bigint not null references shoppers,
  expires_at timestamptz not null
);
