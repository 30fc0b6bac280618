import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRange } from '../../src/domain/byte-range.ts';

test.each<[string | undefined, number, ReturnType<typeof readRange>]>([
  [undefined, 10, undefined],
  ['bytes=0-', 10, { start: 0, end: 9 }],
  ['bytes=0-0', 10, { start: 0, end: 0 }],
  ['bytes=2-4', 10, { start: 2, end: 4 }],
  ['bytes=2-400', 10, { start: 2, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-30', 10, { start: 0, end: 9 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  // Nonsense, other units and several parts: the whole.
  ['bytes=4-2', 10, undefined],
  ['bytes=-', 10, undefined],
  ['bytes=a-b', 10, undefined],
  ['lines=1-2', 10, undefined],
  ['bytes=0-1,4-5', 10, undefined],
])('%s of %d bytes', (header, size, range) => {
  expect(readRange(header, size)).toEqual(range);
});

test('a part lies within the file', () => {
  const number = fc.oneof(fc.constant(''), fc.nat({ max: 200 }).map(String));
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 100 }), (first, last, size) => {
      const range = readRange(`bytes=${first}-${last}`, size);
      if (range === undefined || range === 'unsatisfiable') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeLessThan(size);
      expect(range.start).toBeLessThanOrEqual(range.end);
    }),
  );
});
