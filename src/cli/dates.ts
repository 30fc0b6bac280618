import { InvalidArgumentError } from 'commander';

/** A day as people write it: "2026-11-22". Its first moment, in UTC. @throws InvalidArgumentError */
export function day(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('write a day as 2026-11-22');
}

/** A month as people write it: "2026-11". From its first moment to the next one's, in UTC. @throws InvalidArgumentError */
export function month(text: string): { since: Date; until: Date } {
  const since = new Date(`${text}-01T00:00:00Z`);
  if (!/^\d{4}-\d\d$/.test(text) || Number.isNaN(since.getTime()))
    throw new InvalidArgumentError('write a month as 2026-11');
  return { since, until: new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth() + 1, 1)) };
}
