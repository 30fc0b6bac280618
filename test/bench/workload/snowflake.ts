const X_EPOCH_MS = 1_288_834_974_657n;
const BEGINNING = (BigInt(Date.parse('2026-11-22T12:00:00Z')) - X_EPOCH_MS) << 22n;
/** Posts are so far apart in the time that their ids hold: some 8,000 a second. */
const STEP = 1n << 19n;

/** The id of the n-th post of a workload: as X makes them, larger for later posts. */
export const postIdAt = (n: number): string => String(BEGINNING + BigInt(n) * STEP);

/** When X made a post with this id. */
export const timeOfPost = (id: string): Date => new Date(Number((BigInt(id) >> 22n) + X_EPOCH_MS));
