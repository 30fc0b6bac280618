/** The beginning of X's post ids: 2010-11-04T01:42:54.657Z. */
const X_EPOCH_MS = 1_288_834_974_657n;
const TIME_BITS = 22n;
/** PostgreSQL's bigint, and X's ids, end here. */
const LARGEST_ID = 2n ** 63n - 1n;

/** Whether a text is an id as X gives them to posts and accounts. */
export const isId = (text: string): boolean => /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= LARGEST_ID;

/** When a post was written: X's ids hold the time in their upper bits, in milliseconds. */
export function timeOfId(id: string): Date {
  return new Date(Number((BigInt(id) >> TIME_BITS) + X_EPOCH_MS));
}

/** The smallest id that a post of this time could have: puts other events in order among posts. */
export function idAtTime(time: Date): string {
  return String((BigInt(time.getTime()) - X_EPOCH_MS) << TIME_BITS);
}

/** Compares two ids as numbers, for `sort`. They are larger than JavaScript's safe integers. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
