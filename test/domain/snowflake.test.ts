import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareIds, idAtTime, timeOfId } from '../../src/domain/snowflake.ts';

test('an id tells when its post was written', () => {
  expect(timeOfId('2104000000000000000').toISOString().slice(0, 7)).toBe('2026-09');
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2015-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      (time) => expect(timeOfId(idAtTime(time))).toEqual(time),
    ),
  );
});

test('ids compare as numbers, not as texts', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
      fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
      (a, b) => expect(Math.sign(compareIds(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0),
    ),
  );
});
