/** A list in pieces of at most `size`. */
export function inBatches<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
    list.slice(n * size, (n + 1) * size),
  );
}

/**
 * Does something with a batch. Where that fails because of an item, each half is tried by itself, until the one that
 * is at fault stands alone and is set aside: the others do not have to wait for it.
 *
 * @throws what `work` throws, where it is not an item that is at fault
 */
export async function byHalves<T, R>(
  items: T[],
  work: (items: T[]) => Promise<R[]>,
  isAboutAnItem: (error: unknown) => boolean,
  setAside: (item: T, error: unknown) => Promise<void>,
): Promise<R[]> {
  try {
    return await work(items);
  } catch (error) {
    if (!isAboutAnItem(error)) throw error;
    const [first] = items as [T];
    if (items.length === 1) {
      await setAside(first, error);
      return [];
    }
    const middle = items.length >> 1;
    const results: R[] = [];
    for (const half of [items.slice(0, middle), items.slice(middle)])
      results.push(...(await byHalves(half, work, isAboutAnItem, setAside)));
    return results;
  }
}

/** While work is under way, what comes meanwhile is gathered, and done together when it ends. */
export function together<T>(work: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let items: T[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return (item) => {
    items.push(item);
    if (next) return next;
    const begun = last.then(() => {
      const gathered = items;
      items = [];
      next = undefined;
      return work(gathered);
    });
    next = begun;
    last = begun.catch(() => {});
    return begun;
  };
}
