import { z } from 'zod';
import { flaw, integer, text } from './api-params.ts';
import { noSuch } from './refusals.ts';

const DEFAULT_LIMIT = 10;
const LARGEST_LIMIT = 100;

/** The parameters that every list takes (Stripe API reference, "Pagination"). */
export const paging = {
  limit: integer(1, LARGEST_LIMIT).optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
};

interface Paging {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

export interface List<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/**
 * One page of a list.
 * @param things all of them, in the list's order
 * @param kind what the refusal calls them where a cursor is not one of their ids
 */
export function pageOf<T extends { id: string }>(
  things: T[],
  paging: Paging,
  kind: string,
  url: string,
): List<T> {
  const { limit = DEFAULT_LIMIT, starting_after, ending_before } = paging;
  const placeOf = (cursor: string, param: string): number => {
    const place = things.findIndex((thing) => thing.id === cursor);
    if (place < 0) throw noSuch(kind, cursor, param, 400);
    return place;
  };
  if (ending_before !== undefined) {
    const end = placeOf(ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: things.slice(start, end), has_more: start > 0, url };
  }
  const start = starting_after === undefined ? 0 : placeOf(starting_after, 'starting_after') + 1;
  const end = start + limit;
  return { object: 'list', data: things.slice(start, end), has_more: end < things.length, url };
}

const ORDERS = {
  gt: (created: number, bound: number) => created > bound,
  gte: (created: number, bound: number) => created >= bound,
  lt: (created: number, bound: number) => created < bound,
  lte: (created: number, bound: number) => created <= bound,
};

const bounds = z.strictObject({
  gt: integer(0).optional(),
  gte: integer(0).optional(),
  lt: integer(0).optional(),
  lte: integer(0).optional(),
});

/** The `created` filter: a moment or bounds of one. */
export const createdFilter = z
  .custom<unknown>((value) => value !== undefined)
  .transform((value, ctx): ((thing: { created: number }) => boolean) => {
    const read = bounds.safeParse(typeof value === 'string' ? { gte: value, lte: value } : value);
    if (!read.success)
      return flaw(ctx, 'Invalid created: must be a timestamp or a hash of gt, gte, lt and lte');
    const { data } = read;
    return ({ created }) =>
      (Object.keys(ORDERS) as (keyof typeof ORDERS)[]).every(
        (order) => data[order] === undefined || ORDERS[order](created, data[order]),
      );
  })
  .optional();

/** Newest first, as lists are. */
export const newestFirst = <T>(things: T[]): T[] => things.toReversed();
