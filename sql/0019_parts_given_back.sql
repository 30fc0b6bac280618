-- A refund can name pieces: their codes and downloads end, and they can be sold again by themselves.
create table refund_lines (
  refund_id bigint not null references refunds,
  sku text not null,
  pieces int not null check (pieces > 0),
  primary key (refund_id, sku)
);
comment on table refund_lines is 'What of an order a refund gives back, where it names that. A refund of all, or of an amount by itself, has none.';
comment on column refund_lines.sku is 'The line''s: a line that something was given back of is swapped no more.';

alter table order_lines add column restocked int not null default 0 check (restocked between 0 and quantity);
comment on column order_lines.restocked is 'Pieces that went back into the stock: they do not count as sold.';
update order_lines l set restocked = l.quantity from orders o where o.id = l.order_id and o.returned_at is not null;
comment on column orders.returned_at is 'When all that could be sold again went back into the stock.';
comment on column refunds.restock is 'Whether what is given back goes into the stock again: the pieces that the refund names; without such the order''s, once all of its payment is given back.';

alter table vouchers add column refund_id bigint references refunds;
comment on column vouchers.refund_id is 'The refund that has named it: unless that fails, the code is void. Never one that was used before.';
comment on table vouchers is 'Codes for services: one for each piece that was ordered. The code follows from the id and SECRET_KEY, and is stored nowhere. It is void when its payment was given back, or its piece.';
comment on column downloads.expires_at is 'Nor can it be downloaded when its payment was given back, or all pieces of its line. What it brings is what the product''s row says by then: a file that was wrong is mended for all.';

-- A merchant hears that Stripe takes no payments for them any more.
alter type mail_kind add value 'account_stopped';
alter table payees add column stopped_at timestamptz;
comment on column payees.stopped_at is 'Since when Stripe takes no payments for the account, which it took before. Null: it takes them, or never has.';
comment on column mails.kind is 'update: what became of replies, and the cart. code: proves a typed address. links: the lost links of /cart. receipt: to the shopper; order: to the merchant. refund: a payment given back. post_changed: to the merchant, about a product post. unregistered: to the merchant, about a post that the catalog does not name. reminder: of what waits in a cart. shipped: to the shopper, that an order is on its way. delivery: an order''s downloads and codes. buying: that a reply buys, and how to undo it; unbought: that it did not, and why. cancelled: to the merchant, not to send an order. swapped: to the shopper, order_swapped: to the merchant, that a line became another option. payment_failed: to the shopper, that their bank has refused. dispute: to the merchant, operator: to whoever runs this, about a dispute or a fraud warning. account_stopped: to the merchant, that Stripe takes no payments for them any more.';
