import { sql } from 'kysely';
import { phaseOf } from '../domain/dispute.ts';
import type { AboutDispute, MailSwap } from '../domain/mail-content.ts';
import type { Db } from './database.ts';
import type { MailRow } from './mails.ts';

/** What mails say that are about what became of an order after it was paid. */

export async function gatherSwap(db: Db, swap_id: string): Promise<MailSwap> {
  const swap = await db
    .selectFrom('order_swaps')
    .selectAll()
    .where('id', '=', swap_id)
    .executeTakeFirstOrThrow();
  const { order_id, quantity, from_title, from_sku, to_title, to_sku, by } = swap;
  return {
    ...{ order_id, quantity, from_sku, to_sku },
    from: from_title,
    to: to_title,
    by_shopper: by === 'shopper',
  };
}

/** As things are now: where a dispute has gone on since, the newest mail about it says so, and older ones nothing. */
export async function gatherDispute(
  db: Db,
  { id, kind, dispute_id, warning_id }: Pick<MailRow, 'id' | 'kind' | 'dispute_id' | 'warning_id'>,
): Promise<AboutDispute | undefined> {
  const newer = await db
    .selectFrom('mails')
    .select('id')
    .where('kind', '=', kind)
    .where('dispute_id', '=', dispute_id)
    .where('id', '>', id)
    .executeTakeFirst();
  if (newer) return undefined;
  const { rows } = await sql<Omit<AboutDispute, 'phase' | 'answer_until'> & Late>`
    select about, given.id, given.payment_id, c.merchant_id, o.id as order_id, given.amount, given.currency, reason, given.status, due
    from (
      select 'dispute' as about, id, payment_id, amount, currency, reason, status, evidence_due_at as due
      from disputes where id = ${dispute_id}
      union all
      select 'fraud_warning', w.id, payment_id, p.amount, p.currency, fraud_type, 'needs_response', null
      from fraud_warnings w join payments p on p.id = w.payment_id where w.id = ${warning_id}
    ) given
    join payments p on p.id = given.payment_id
    join checkouts k on k.id = p.checkout_id
    join carts c on c.id = k.cart_id
    left join orders o on o.payment_id = p.id`.execute(db);
  const [row] = rows;
  if (!row) throw new Error(`nothing is known of ${dispute_id ?? warning_id}`);
  const { status, due, ...about } = row;
  return { ...about, phase: phaseOf(status), answer_until: due?.toISOString() ?? null };
}

interface Late {
  status: string;
  due: Date | null;
}
