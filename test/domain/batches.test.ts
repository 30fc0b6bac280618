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

test('together: what comes while work is under way is done at once when it ends, and a failure is told to those whom it hit', async () => {
  const batches: number[][] = [];
  const ends: Array<() => void> = [];
  const add = together(async (items: number[]) => {
    batches.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (items.includes(3)) throw new Error('three');
  });
  const end = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const first = add(1);
  await new Promise((resolve) => setImmediate(resolve));
  const [second, third] = [add(2), add(3)];
  const failed = Promise.allSettled([second, third]);
  await end();
  await first;
  await end();
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const fourth = add(4);
  await end();
  await fourth;
  expect(batches).toEqual([[1], [2, 3], [4]]);
});
