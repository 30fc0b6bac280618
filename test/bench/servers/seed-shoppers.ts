import type pg from 'pg';
import { emailOf, linkedShoppers } from '../workload/shoppers.ts';

/** Links the shoppers, as `/link` would have. */
export async function seedShoppers(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into shoppers (x_user_id, username, email, locale, linked_at, opted_out_at)
     select id, username, email, 'en', now() - interval '1 day', case when opted_out then now() end
     from unnest($1::bigint[], $2::text[], $3::text[], $4::boolean[]) as given (id, username, email, opted_out)`,
    [
      linkedShoppers.map(({ id }) => id),
      linkedShoppers.map(({ username }) => username),
      linkedShoppers.map(emailOf),
      linkedShoppers.map(({ optedOut }) => optedOut),
    ],
  );
}
