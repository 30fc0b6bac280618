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

-- An account may stand in several entries of the catalog: to a newcomer that is one voice.
update public_replies p set counts = false
where kind = 'first_contact' and counts and exists (
  select from public_replies q
  where q.shopper_id = p.shopper_id and q.account_id = p.account_id and q.kind = 'first_contact' and q.counts
    and q.post_id > p.post_id);
drop index public_replies_shopper_id_merchant_id_idx;
create unique index public_replies_first_contact on public_replies (shopper_id, account_id)
  where kind = 'first_contact' and counts;
comment on column public_replies.counts is 'A first contact that was tried in the last week: the same account does not try it again with the same shopper.';
