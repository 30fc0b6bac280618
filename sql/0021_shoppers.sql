-- Counts outlive what they are about: who removes an address, or unlinks, must not begin to count anew.
alter table email_codes drop column sent, drop column sent_at;

create table code_mails (
  about bytea not null,
  mailed_at timestamptz not null default now()
);
comment on table code_mails is 'That a code was mailed: two rows for each, about the account that asked and the address it went to. For a day.';
comment on column code_mails.about is 'HMAC of an X user id, or of an e-mail address, under a key derived from SECRET_KEY.';
create index on code_mails (about, mailed_at);

alter table shoppers add column timezone text;
comment on column shoppers.timezone is 'The time zone that they chose, as Europe/Rome: for quiet hours and times in mails. Null: the merchant''s.';
