import type { Clock } from '../clock.ts';

/** X's ids count milliseconds from here, 2010-11-04T01:42:54.657Z, in their upper bits. */
const EPOCH_MS = 1_288_834_974_657n;
const TIME_BITS = 22n;

const firstIdAt = (time: Date): bigint => (BigInt(time.getTime()) - EPOCH_MS) << TIME_BITS;

/** The smallest id that something made at this time could have. */
export const idAt = (time: Date): string => String(firstIdAt(time));

/** When the thing with this id was made. */
export const timeOfId = (id: string): Date => new Date(Number((BigInt(id) >> TIME_BITS) + EPOCH_MS));

/** Orders ids as numbers, the older first. They are larger than JavaScript's safe integers. */
export const compareIds = (a: string, b: string): number =>
  a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/**
 * Makes ids of things that are made now, or were made at another time.
 *
 * @param taken whether an id is in use: ids may also be given from outside
 */
export function idMaker(clock: Clock, taken: (id: string) => boolean): (at?: Date) => string {
  let last = 0n;
  return (at) => {
    const first = firstIdAt(at ?? clock.now());
    // Within one millisecond, and should the machine's clock step back, ids go on counting.
    let id = at || first > last ? first : last + 1n;
    while (taken(String(id))) id += 1n;
    if (!at) last = id;
    return String(id);
  };
}
