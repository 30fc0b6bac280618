import { sql } from 'kysely';
import type { Tx } from './database.ts';

/**
 * Writes once more, into one mail for each merchant, what a shopper was not told of because there was no address that
 * could be reached. What of it is still news is seen when the mail leaves.
 *
 * @param days older news is left alone
 * @returns the ids of mails that may leave at once
 */
export async function tellAnew(tx: Tx, shopper_id: string, days: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with unread as (
      select id, coalesce((
          select next.id from mails next
          where next.shopper_id = m.shopper_id and next.merchant_id is not distinct from m.merchant_id
            and next.kind = 'update' and next.status = 'pending'),
        max(id) over (partition by merchant_id)) as told_by
      from mails m
      where shopper_id = ${shopper_id} and kind = 'update' and created_at > now() - ${days} * interval '1 day'
        and ((status = 'skipped' and error in ('no_address', 'address_refused'))
          or (status = 'failed' and error like 'address\\_refused%'))
    ),
    handed_on as (
      update outcomes set mail_id = told_by from unread
      where outcomes.shopper_id = ${shopper_id} and outcomes.mail_id = unread.id and told_by <> unread.id
    )
    update mails set status = 'pending', error = null, attempts = 0, content = null, due_at = now()
    where id in (select told_by from unread) and status <> 'pending'
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}
