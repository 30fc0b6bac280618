import type { ReminderStep } from '../db/schema.ts';

export type { ReminderStep };

/** What decides when a shopper is reminded of a cart. */
export interface Remindable {
  /** The cart's last change, or the shopper's consent if that came later. */
  since: Date;
  /** When the first of the pieces that are kept for the cart goes to others; null: none are kept. */
  held_until: Date | null;
  /** The reminders of this cart that there were: each comes once. */
  done: ReminderStep[];
  /** The shopper's last reminder, at whatever merchant. */
  last_at: Date | null;
}

export interface ReminderRules {
  /** The shopper's; where that is not known, the merchant's. */
  timezone: string;
  quiet: QuietHours;
  cooldown_hours: number;
}

/** Hours of the day, `to` being the first that is not quiet any more. The same twice: never quiet. */
export interface QuietHours {
  from: number;
  to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUARTER = 15 * MINUTE;
const STEPS: ReminderStep[] = ['hold', 'hour', 'day'];

/** @param text "21-9" */
export function quietHours(text: string): QuietHours {
  const [from = 0, to = 0] = text.split('-').map(Number);
  return { from, to };
}

/** The next reminder of a cart that is due now or later, if there will be one. */
export function nextReminder(
  cart: Remindable,
  rules: ReminderRules,
  now: Date,
): { step: ReminderStep; at: Date } | undefined {
  const [next] = STEPS.filter((step) => !cart.done.includes(step))
    .flatMap((step) => {
      const at = dueAt(step, cart, rules, now);
      return at ? [{ step, at }] : [];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return next;
}

/** When a reminder is due, now or later: not in quiet hours, nor soon after another one. `undefined`: it is too late. */
export function dueAt(
  step: ReminderStep,
  cart: Remindable,
  { timezone, quiet, cooldown_hours }: ReminderRules,
  now: Date,
): Date | undefined {
  const window = windowOf(step, cart);
  if (!window) return undefined;
  const cooled = cart.last_at ? cart.last_at.getTime() + cooldown_hours * HOUR : 0;
  const at = afterQuiet(Math.max(window.from, cooled, now.getTime()), timezone, quiet);
  return at < window.until ? new Date(at) : undefined;
}

/** From when on, and until when, a reminder makes sense. */
function windowOf(
  step: ReminderStep,
  { since, held_until }: Remindable,
): { from: number; until: number } | undefined {
  const start = since.getTime();
  if (step === 'hour') return { from: start + HOUR, until: start + 24 * HOUR };
  if (step === 'day') return { from: start + 24 * HOUR, until: start + 72 * HOUR };
  const end = held_until?.getTime() ?? 0;
  // What is kept for half an hour in all needs no reminder: the mail that says so has hardly been read.
  return end - 30 * MINUTE > start ? { from: end - 30 * MINUTE, until: end } : undefined;
}

/** The first moment from `at` on that is not quiet. All zones are at whole quarters of an hour, and so are their changes. */
function afterQuiet(at: number, timezone: string, quiet: QuietHours): number {
  let moment = at;
  while (isQuiet(moment, timezone, quiet)) moment = (Math.floor(moment / QUARTER) + 1) * QUARTER;
  return moment;
}

function isQuiet(at: number, timezone: string, { from, to }: QuietHours): boolean {
  const hour = Number(clockOf(timezone).format(at));
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** To make one takes a hundred times longer than to ask it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone });
  clocks.set(timeZone, clock);
  return clock;
}
