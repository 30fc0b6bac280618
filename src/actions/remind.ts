import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { addReminder, type RemindableCart, remindableCart, remindableCarts } from '../db/reminders.ts';
import { lockShoppers } from '../db/settle.ts';
import { nextReminder, quietHours, type ReminderRules } from '../domain/reminder.ts';
import { timeZoneOf } from '../domain/time-zone.ts';

type Needs = Pick<Context, 'db' | 'config' | 'now'>;

const PAGE = 500;

/** Writes the reminders that are due into the outbox. Returns their mails' ids. */
export async function remind(context: Needs): Promise<string[]> {
  const mail_ids: string[] = [];
  let after = '0';
  for (;;) {
    const carts = await remindableCarts(context.db, after, PAGE);
    for (const cart of carts) {
      if (!dueStep(context, cart)) continue;
      const mail_id = await remindOf(context, cart);
      if (mail_id) mail_ids.push(mail_id);
    }
    const last = carts.at(-1);
    if (!last || carts.length < PAGE) return mail_ids;
    after = last.cart_id;
  }
}

/** Under the shopper's lock: whoever reminds them of another cart at the same time comes before or after this. */
function remindOf(context: Needs, { cart_id, shopper_id }: RemindableCart): Promise<string | undefined> {
  return inTransaction(context.db, async (tx) => {
    await lockShoppers(tx, [shopper_id]);
    const cart = await remindableCart(tx, cart_id);
    const step = cart && dueStep(context, cart);
    return step && addReminder(tx, cart, step);
  });
}

function dueStep({ config, now }: Needs, cart: RemindableCart) {
  if (cart.being_paid) return undefined;
  const at = now();
  const next = nextReminder(cart, reminderRules(config, cart), at);
  return next && next.at <= at ? next.step : undefined;
}

export const reminderRules = (
  config: Needs['config'],
  { own_timezone, timezone }: Pick<RemindableCart, 'own_timezone' | 'timezone'>,
): ReminderRules => ({
  timezone: timeZoneOf(own_timezone, timezone),
  quiet: quietHours(config.REMINDER_QUIET_HOURS),
  cooldown_hours: config.REMINDER_COOLDOWN_HOURS,
});
