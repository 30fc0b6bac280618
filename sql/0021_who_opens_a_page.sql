alter table checkouts add column signed_in boolean not null default true;
comment on column checkouts.signed_in is 'Whether its shopper began it, signed in: only their page at Stripe may show the cards that they keep. False: somebody with the cart''s link.';
