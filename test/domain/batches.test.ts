import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byHalves, inBatches, together } from '../../src/domain/batches.ts';

test('a list in batches is the list, and no batch is larger than it may be', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (list, size) => {
      const batches = inBatches(list, size);
      expect(batches.flat()).toEqual(list);
      for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(size);
    }),
  );
});

test('by halves: each that is at fault is set aside, everything else is done once, in order', async () => {
  const fault = new Error('fault');
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 60 }),
      fc.integer(),
      async (list, salt) => {
        const bad = new Set(list.filter((item) => (item ^ salt) % 5 === 0));
        const aside: number[] = [];
        const done = await byHalves(
          list,
          async (items) => {
            if (items.some((item) => bad.has(item))) throw fault;
            return items;
          },
          (error) => error === fault,
          async (item) => void aside.push(item),
        );
        expect(done).toEqual(list.filter((item) => !bad.has(item)));
        expect(aside).toEqual(list.filter((item) => bad.has(item)));
      },
    ),
  );
});

test("by halves: what is nobody's fault is thrown at once", async () => {
  let calls = 0;
  const work = async (): Promise<never[]> => {
    calls += 1;
    throw new Error('away');
  };
  await expect(
    byHalves(
      [1, 2, 3],
      work,
      () => false,
      async () => {},
    ),
  ).rejects.toThrow('away');
  expect(calls).toBe(1);
});

test('together: what comes while there is no room is done at once when there is, and a failure is told to those whom it hit', async () => {
  const batches: number[][] = [];
  const ends: Array<() => void> = [];
  const add = together(
    async (items: number[]) => {
      batches.push(items);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (items.includes(5)) throw new Error('five');
    },
    { atOnce: 2, most: 3 },
  );
  const calls = [[1], [2], [3, 4], [5], [6, 7, 8, 9], [10]].map(add);
  const told = Promise.allSettled(calls);
  for (let n = 0; n < 5; n++) {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await told).map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
  ]);
  expect(batches).toEqual([[1], [2], [3, 4, 5], [6, 7, 8, 9], [10]]);
});

test('together: everything is done once, never more at once than there is room, whatever the order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(fc.integer(), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 3 }),
      async (scheduler, calls, atOnce) => {
        let [underWay, worst] = [0, 0];
        const done: number[] = [];
        const work = scheduler.scheduleFunction(async () => {});
        const add = together(
          async (items: number[]) => {
            underWay += 1;
            worst = Math.max(worst, underWay);
            await work();
            underWay -= 1;
            done.push(...items);
          },
          { atOnce, most: 6 },
        );
        const all = Promise.all(calls.map(add));
        await scheduler.waitFor(all);
        expect(worst).toBeLessThanOrEqual(atOnce);
        expect(done.toSorted()).toEqual(calls.flat().toSorted());
      },
    ),
  );
});
