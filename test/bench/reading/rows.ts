import type pg from 'pg';

export interface FoundOutcome {
  revision: number;
  outcome: string;
  reason: string | null;
  shopper_id: string | null;
  merchant_id: string | null;
  told: boolean;
}

export interface FoundLine {
  quantity: number;
  price: number;
}

/** Shoppers and posts of the workload have larger ids than whatever filled the tables before it. */
export const FILLED_BELOW = 1_000_000_000;

/** The outcomes of every post that was stored, oldest first; none for one that waits for its outcome. */
export async function readOutcomes(pool: pg.Pool): Promise<Map<string, FoundOutcome[]>> {
  const { rows } = await pool.query<{ post_id: string } & FoundOutcome>(
    `select r.post_id, o.revision, o.outcome, o.reason, o.shopper_id, o.merchant_id, o.mail_id is not null as told
     from replies r join outcomes o using (post_id) where post_id > $1 order by o.revision`,
    [FILLED_BELOW],
  );
  return grouped(rows, (row) => row.post_id);
}

/** The lines of open carts, by "shopper merchant sku". */
export async function readLines(pool: pg.Pool): Promise<Map<string, FoundLine[]>> {
  const { rows } = await pool.query<{ shopper_id: string; merchant_id: string; sku: string } & FoundLine>(
    `select c.shopper_id, c.merchant_id, l.sku, l.quantity, l.price
     from carts c join cart_lines l on l.cart_id = c.id where c.status = 'open' and c.shopper_id > $1`,
    [FILLED_BELOW],
  );
  return grouped(rows, (row) => `${row.shopper_id} ${row.merchant_id} ${row.sku}`);
}

/** How many mails tell a shopper of what became of replies to a merchant, by "shopper merchant". */
export async function readMails(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ shopper_id: string; merchant_id: string | null; count: number }>(
    `select shopper_id, merchant_id, count(*)::int from mails
     where kind = 'update' and shopper_id > $1 group by 1, 2`,
    [FILLED_BELOW],
  );
  return new Map(rows.map((row) => [`${row.shopper_id} ${row.merchant_id}`, row.count]));
}

function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
