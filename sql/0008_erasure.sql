create table erased (
  hash bytea primary key,
  erased_at timestamptz not null default clock_timestamp()
);
comment on table erased is 'Who was erased on request, in a form that tells nobody who it was: X delivers old posts again, and they must not bring anybody back.';
comment on column erased.hash is 'HMAC of an X user id, or of an e-mail address, under a key derived from SECRET_KEY.';
comment on column erased.erased_at is 'Posts of the account that are older count for nothing; newer ones do.';
create index on erased (erased_at);

create function nobody() returns bigint language sql volatile as $$
  select -1 - ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint
$$;
comment on function nobody() is 'A random number in the place of a shopper''s or a post''s, in rows that have to stay. X''s own are positive.';

-- In plpgsql each statement sees what was committed before it began, not before the lock was waited for.
create function keep_erasures_out() returns timestamptz language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('erasure'));
  return (select max(erased_at) from erased);
end $$;
comment on function keep_erasures_out() is 'Until the transaction ends nobody is erased. Returns when somebody last was.';

-- What Stripe sent names people, and is not needed once it was read.
alter table stripe_events alter payload drop not null;
comment on column stripe_events.payload is 'Null: read, and about no cart of a known shopper, or forgotten after KEEP_TEXT_DAYS.';
create index stripe_events_kept on stripe_events (received_at) where payload is not null;
