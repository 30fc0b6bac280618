import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextReminder, quietHours, type Remindable, type ReminderStep } from '../../src/domain/reminder.ts';

const NEW_YORK = 'America/New_York';
const cart = (given: Partial<Remindable> & { since: Date }): Remindable => ({
  held_until: null,
  done: [],
  last_at: null,
  ...given,
});
const next = (
  given: Parameters<typeof cart>[0],
  now: string,
  { timezone = NEW_YORK, quiet = '21-9', cooldown_hours = 12 } = {},
): string => {
  const rules = { timezone, quiet: quietHours(quiet), cooldown_hours };
  const found = nextReminder(cart(given), rules, new Date(now));
  return found ? `${found.step} ${found.at.toISOString().slice(0, 16)}` : 'none';
};

test.each<[string, string, string, string, string]>([
  ['an hour later', NEW_YORK, '21-9', '2026-11-20T15:00Z', 'hour 2026-11-20T16:00'],
  ['the evening before: at nine', NEW_YORK, '21-9', '2026-11-21T01:30Z', 'hour 2026-11-21T14:00'],
  ['one minute before quiet', NEW_YORK, '21-9', '2026-11-21T00:59Z', 'hour 2026-11-21T01:59'],
  ['on the stroke of nine in the evening', NEW_YORK, '21-9', '2026-11-21T01:00Z', 'hour 2026-11-21T14:00'],
  ['on the stroke of nine in the morning', NEW_YORK, '21-9', '2026-11-21T13:00Z', 'hour 2026-11-21T14:00'],
  ['a zone at half hours', 'Asia/Kolkata', '21-9', '2026-11-20T15:10Z', 'hour 2026-11-21T03:30'],
  ['a zone at quarters', 'Asia/Kathmandu', '21-9', '2026-11-20T15:10Z', 'hour 2026-11-21T03:15'],
  ['the night when clocks go forward', NEW_YORK, '21-9', '2027-03-14T05:00Z', 'hour 2027-03-14T13:00'],
  ['the night when clocks go back', NEW_YORK, '21-9', '2026-11-01T04:00Z', 'hour 2026-11-01T14:00'],
  ['clocks go forward in Europe', 'Europe/Rome', '21-9', '2027-03-28T00:10Z', 'hour 2027-03-28T07:00'],
  [
    'quiet ends in an hour that does not exist',
    NEW_YORK,
    '22-2',
    '2027-03-14T05:00Z',
    'hour 2027-03-14T07:00',
  ],
  ['the hour that comes twice is quiet twice', NEW_YORK, '1-2', '2026-11-01T04:10Z', 'hour 2026-11-01T07:00'],
  [
    'clocks go forward by half an hour',
    'Australia/Lord_Howe',
    '21-9',
    '2026-10-03T13:00Z',
    'hour 2026-10-03T22:00',
  ],
  ['quiet by day', 'UTC', '9-17', '2026-11-20T10:00Z', 'hour 2026-11-20T17:00'],
  ['never quiet', NEW_YORK, '0-0', '2026-11-21T05:00Z', 'hour 2026-11-21T06:00'],
])('quiet hours: %s', (_name, timezone, quiet, since, expected) => {
  expect(next({ since: new Date(since) }, since, { timezone, quiet })).toBe(expected);
});

const NOON = '2026-11-20T17:00Z';
const after = (hours: number): string => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();
const given = (more: { done?: ReminderStep[]; held?: number; last?: number }) => ({
  since: new Date(NOON),
  done: more.done ?? [],
  held_until: more.held === undefined ? null : new Date(after(more.held)),
  last_at: more.last === undefined ? null : new Date(after(more.last)),
});

test.each<[string, Parameters<typeof given>[0], number, string]>([
  ['a day later, when there was the first', { done: ['hour'], last: 1 }, 2, 'day 2026-11-21T17:00'],
  ['each once', { done: ['hour', 'day'] }, 30, 'none'],
  ['before a hold ends', { held: 4, done: ['hour'] }, 2, 'hold 2026-11-20T20:30'],
  ['whatever comes first', { held: 4 }, 0, 'hour 2026-11-20T18:00'],
  ['a hold of an hour', { held: 1 }, 0, 'hold 2026-11-20T17:30'],
  ['a hold that is short from the start', { held: 0.5, done: ['hour', 'day'] }, 0, 'none'],
  ['a hold that ends while it is quiet', { held: 14, done: ['hour', 'day'] }, 1, 'none'],
  [
    'a hold that ends too soon after another reminder',
    { held: 4, done: ['hour', 'day'], last: 1 },
    2,
    'none',
  ],
  ['not soon after a reminder of another merchant', { last: 0.5 }, 1, 'hour 2026-11-21T14:00'],
  ['at once where it should have been sent', {}, 2, 'hour 2026-11-20T19:00'],
  ['the first is not made up for on the next day', {}, 26, 'day 2026-11-21T19:00'],
  ['nothing after three days', {}, 73, 'none'],
])('reminders come %s', (_name, more, hours, expected) => {
  expect(next(given(more), after(hours))).toBe(expected);
});

test('no reminder is ever due in quiet hours, before its time, or soon after another one', () => {
  const hours = fc.integer({ min: 0, max: 23 });
  const minutes = fc.integer({ min: 0, max: 365 * 24 * 60 });
  fc.assert(
    fc.property(
      fc.constantFrom(
        ...['Europe/London', NEW_YORK, 'Asia/Kathmandu', 'Pacific/Chatham', 'Australia/Lord_Howe'],
      ),
      fc.record({ from: hours, to: hours }),
      fc.record({ since: minutes, held: fc.option(minutes), last: fc.option(minutes), now: minutes }),
      (timezone, quiet, at) => {
        const moment = (minute: number): Date => new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
        const last_at = at.last === null ? null : moment(at.last);
        const held_until = at.held === null ? null : moment(at.held);
        const found = nextReminder(
          cart({ since: moment(at.since), held_until, last_at }),
          { timezone, quiet, cooldown_hours: 12 },
          moment(at.now),
        );
        if (!found) return;
        const hour = Number(found.at.toLocaleString('en-GB', { hour: '2-digit', timeZone: timezone }));
        const isQuiet =
          quiet.from <= quiet.to
            ? hour >= quiet.from && hour < quiet.to
            : hour >= quiet.from || hour < quiet.to;
        expect(isQuiet).toBe(false);
        expect(found.at.getTime()).toBeGreaterThanOrEqual(moment(at.now).getTime());
        expect(found.at.getTime()).toBeGreaterThan(moment(at.since).getTime());
        if (last_at) expect(found.at.getTime() - last_at.getTime()).toBeGreaterThanOrEqual(12 * 3_600_000);
        if (found.step === 'hold') expect(found.at < (held_until as Date)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
