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

/**
 * Does at once what is asked for while there is room; what comes while there is none is gathered, and done together
 * as soon as there is. The busier, the larger the batches, and the cheaper each item.
 *
 * @param atOnce how many batches may be under way
 * @param most the items of a batch that is gathered; one call's items are never divided
 */
export function together<T>(
  work: (items: T[]) => Promise<void>,
  { atOnce = 1, most = Number.POSITIVE_INFINITY }: { atOnce?: number; most?: number } = {},
): (items: T[]) => Promise<void> {
  const calls: Array<{ items: T[]; resolve(done: Promise<void>): void }> = [];
  let underWay = 0;
  const begin = (): void => {
    if (underWay >= atOnce || calls.length === 0) return;
    let [size, fit] = [0, 0];
    for (const { items } of calls) {
      size += items.length;
      if (fit > 0 && size > most) break;
      fit += 1;
    }
    const batch = calls.splice(0, fit);
    underWay += 1;
    const done = work(batch.flatMap(({ items }) => items)).finally(() => {
      underWay -= 1;
      begin();
    });
    for (const { resolve } of batch) resolve(done);
  };
  return (items) =>
    new Promise((resolve) => {
      calls.push({ items, resolve });
      begin();
    });
}
