import { sql } from 'kysely';
import type { Db } from './database.ts';
import { forgetAddresses } from './erasure.ts';
import { untold } from './waiting.ts';

/** Deletes what was kept long enough: posts' text (not of replies that still wait for something), links, sessions, codes, what X told of other posts, what Stripe sent, where orders of the erased went; and forgets who wrote replies that nobody came for. */
export async function forgetOld(
  db: Db,
  days: Record<'KEEP_TEXT_DAYS' | 'HELD_DAYS' | 'DELIVERY_DAYS', number>,
): Promise<void> {
  await sql`
    delete from replies r where received_at < now() - ${days.KEEP_TEXT_DAYS} * interval '1 day'
      and exists (select from outcomes o where o.post_id = r.post_id)
      and not exists (
        select from outcomes o
        where o.post_id = r.post_id and ${untold} and o.decided_at > now() - ${days.HELD_DAYS} * interval '1 day')
      and not exists (select from kept_replies k where k.post_id = r.post_id)`.execute(db);
  await sql`
    update outcomes o set shopper_id = null
    where ${untold} and decided_at < now() - ${days.HELD_DAYS} * interval '1 day' and shopper_id is not null
      and not exists (select from shoppers s where s.x_user_id = o.shopper_id)`.execute(db);
  await sql`
    update stripe_events set payload = null
    where payload is not null and processed_at is not null
      and received_at < now() - ${days.KEEP_TEXT_DAYS} * interval '1 day'`.execute(db);
  await forgetAddresses(db, days.DELIVERY_DAYS);
  // Not before the week in which a first contact is not tried again.
  await sql`
    delete from public_replies
    where written_at < now() - greatest(7, ${days.HELD_DAYS}::int) * interval '1 day' and status <> 'pending'`.execute(
    db,
  );
  // Of those who left while their card was charged.
  await sql`delete from purchases where shopper_id < 0 and status <> 'charging'`.execute(db);
  await sql`
    delete from grants where shopper_id < 0 and not exists (select from purchases p where p.grant_id = grants.id)`.execute(
    db,
  );
  await sql`delete from cart_links where expires_at < now() - interval '1 day'`.execute(db);
  await sql`delete from order_links where expires_at < now() - interval '1 day'`.execute(db);
  await sql`delete from shopper_sessions where expires_at < now()`.execute(db);
  await sql`delete from email_codes where expires_at < now() - interval '1 day'`.execute(db);
  await sql`delete from code_mails where mailed_at < now() - interval '1 day'`.execute(db);
  await sql`delete from kept_replies where kept_at < now() - interval '7 days'`.execute(db);
  // Not before the replies below them: whoever links late gets what they were promised.
  await sql`
    delete from known_posts
    where fetched_at < now() - greatest(7, ${days.HELD_DAYS}::int + 1) * interval '1 day'`.execute(db);
  await sql`delete from staff_sessions where created_at < now() - interval '7 days'`.execute(db);
}
