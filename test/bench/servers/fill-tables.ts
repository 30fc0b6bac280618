import type pg from 'pg';

/** Fills the tables with a campaign that is over: so many shoppers, each with a reply, its outcome, a cart with a line, and a mail. */
export async function fillTables(pool: pg.Pool, rows: number): Promise<void> {
  const statements = [
    `insert into shoppers (x_user_id, username, email) select n, 'past' || n, 'past' || n || '@shopper.example' from n`,
    `insert into replies (post_id, source, body, received_at)
       select n, 'stream', json_build_object('data', json_build_object('id', n::text, 'text', repeat('so it was said ', 80))), now() - interval '1 day' from n`,
    `insert into mails (kind, status, shopper_id, merchant_id, due_at, sent_at)
       select 'update', 'sent', n, 'kiln', now() - interval '1 day', now() - interval '1 day' from n`,
    `insert into outcomes (post_id, shopper_id, merchant_id, outcome, detail, decided_at)
       select n, n, 'kiln', 'added', '{"product": "MUG", "found_by": "parent", "tag": "AddToCart"}', now() - interval '1 day' from n`,
    `insert into carts (shopper_id, merchant_id, currency) select n, 'kiln', 'USD' from n`,
    `insert into cart_lines (cart_id, sku, quantity, price, post_id, position)
       select id, 'MUG', 1, 2400, shopper_id, shopper_id from carts where shopper_id in (select n from n)`,
  ];
  for (const statement of statements)
    await pool.query(`with n as (select generate_series(1, ${rows}) as n) ${statement}`);
  // As the sweep and the search of those days have left them: there is nothing to go through again.
  await pool.query('update progress set swept_until = now(), searched_until = now()');
}
