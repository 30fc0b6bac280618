import { sql } from 'kysely';
import type { Db } from './database.ts';
import { waiting } from './waiting.ts';

/**
 * Newcomers whose replies are kept for them and who do not know it, by merchant and reason: `none`, the merchant wants
 * nothing said; `not_signed_in`, the account does not let us; `later`, it let us only after the reply; `waiting`, it is to be
 * said yet; else why it was not said (see `public_replies.reason`).
 */
export interface NeverTold {
  merchant_id: string;
  why: string;
  shoppers: number;
  post_ids: string[];
}

/** Whom nobody could tell that a reply waits for them. @param days how long replies are kept for them */
export async function neverTold(db: Db, days: number): Promise<NeverTold[]> {
  const { rows } = await sql<NeverTold>`
    select o.merchant_id, said.why, count(distinct o.shopper_id)::int as shoppers,
      array_agg(o.post_id::text order by o.post_id) as post_ids
    from outcomes o
    join merchants m on m.id = o.merchant_id
    left join merchant_accounts a on a.x_user_id = m.x_user_id
    cross join lateral (
      select coalesce(
        (select case status when 'pending' then 'waiting' else coalesce(reason::text, status::text) end
          from public_replies p
          where p.shopper_id = o.shopper_id and p.account_id = m.x_user_id and kind = 'first_contact'
          order by status = 'posted' desc, post_id desc limit 1),
        case when m.first_contact = 'none' then 'none' when a.tokens is null then 'not_signed_in' else 'later' end
      ) as why
    ) said
    where ${waiting} and o.decided_at > now() - ${days} * interval '1 day'
      and o.shopper_id not in (select x_user_id from shoppers) and said.why not in ('posted', 'opted_out')
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
