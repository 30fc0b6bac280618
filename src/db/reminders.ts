import { sql } from 'kysely';
import type { Remindable, ReminderStep } from '../domain/reminder.ts';
import type { Db, Tx } from './database.ts';

/** An open cart whose shopper may be reminded of it. */
export interface RemindableCart extends Remindable {
  cart_id: string;
  shopper_id: string;
  merchant_id: string;
  /** The shopper's own; null: not known. */
  own_timezone: string | null;
  /** The merchant's. */
  timezone: string;
  /** It was paid in a way that takes days, and Stripe has not told yet how that ended. */
  being_paid: boolean;
}

interface Which {
  cart_id?: string;
  /** Not counting this mail among the reminders that there were. */
  but?: string;
}

/** What decides when carts are reminded of; `cart_id`: of one. */
function remindable({ cart_id, but = '0' }: Which) {
  return sql`
    select c.id as cart_id, c.shopper_id, c.merchant_id, s.timezone as own_timezone, m.timezone, greatest(c.updated_at, s.reminders_at) as since,
      (select min(h.until) from holds h
        join cart_lines l on l.cart_id = c.id and l.sku = h.sku and l.quantity > 0
        where h.shopper_id = c.shopper_id and h.merchant_id = c.merchant_id and h.until > now()) as held_until,
      array(select step::text from mails where cart_id = c.id and kind = 'reminder' and id <> ${but}) as done,
      (select max(coalesce(sent_at, due_at)) from mails
        where shopper_id = c.shopper_id and kind = 'reminder' and status in ('pending', 'sending', 'sent') and id <> ${but}) as last_at,
      exists (select from checkouts k where k.cart_id = c.id and k.status = 'processing') as being_paid
    from shoppers s
    join carts c on c.shopper_id = s.x_user_id and c.status = 'open'
    join merchants m on m.id = c.merchant_id
    where s.reminders_at is not null and s.unsubscribed_at is null and s.opted_out_at is null
      and s.email is not null and s.email_refused_at is null
      and exists (select from cart_lines l where l.cart_id = c.id and l.quantity > 0)
      and ${cart_id === undefined ? sql`greatest(c.updated_at, s.reminders_at) > now() - interval '4 days'` : sql`c.id = ${cart_id}`}`;
}

/** Carts of which shoppers want to be reminded, changed in the last days, by their ids from `after` on. */
export async function remindableCarts(db: Db, after: string, limit: number): Promise<RemindableCart[]> {
  const { rows } = await sql<RemindableCart>`
    select * from (${remindable({})}) found where cart_id > ${after} order by cart_id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** The same of one cart, as things are now. `undefined`: there is nothing to remind of. */
export async function remindableCart(
  db: Db,
  cart_id: string,
  but?: string,
): Promise<RemindableCart | undefined> {
  const { rows } = await sql<RemindableCart>`${remindable({ cart_id, but })}`.execute(db);
  return rows[0];
}

/** Writes a reminder into the outbox. `undefined`: this one of the cart was written before. */
export async function addReminder(
  tx: Tx,
  { cart_id, shopper_id, merchant_id }: RemindableCart,
  step: ReminderStep,
): Promise<string | undefined> {
  const row = await tx
    .insertInto('mails')
    .values({ kind: 'reminder', shopper_id, merchant_id, cart_id, step })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}
