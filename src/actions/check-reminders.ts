import type { Context } from '../context.ts';
import type { Tx } from '../db/database.ts';
import type { ClaimedMail } from '../db/mails.ts';
import { remindableCart } from '../db/reminders.ts';
import type { WhyNotSent } from '../domain/mail.ts';
import type { MailContent } from '../domain/mail-content.ts';
import { dueAt, type ReminderStep } from '../domain/reminder.ts';
import { reminderRules } from './remind.ts';

type Needs = Pick<Context, 'config' | 'now'>;

/** Why a reminder does not leave: for good, or until a later time. */
export type Stay = { why: WhyNotSent } | { until: Date };

/**
 * Looks once more, when a reminder is about to leave, whether it still should: it may have waited for a mail server,
 * and meanwhile the cart was paid or changed, or it has become night.
 */
export async function whyReminderStays(
  tx: Tx,
  { config, now }: Needs,
  mail: ClaimedMail,
  content: Extract<MailContent, { kind: 'reminder' }>,
): Promise<Stay | undefined> {
  const cart_id = mail.cart_id as string;
  const { status } = await tx
    .selectFrom('carts')
    .select('status')
    .where('id', '=', cart_id)
    .executeTakeFirstOrThrow();
  if (status !== 'open') return { why: 'cart_paid' };
  const { lines, later } = content.cart;
  if (lines.length === 0) return { why: 'cart_empty' };
  if (later || lines.every(({ blocked }) => blocked)) return { why: 'unavailable' };
  const cart = await remindableCart(tx, cart_id, mail.id);
  if (!cart) return { why: 'nothing_to_say' };
  if (cart.being_paid) return { why: 'being_paid' };
  const at = now();
  const due = dueAt(mail.step as ReminderStep, cart, reminderRules(config, cart), at);
  if (!due) return { why: 'too_late' };
  return due > at ? { until: due } : undefined;
}
