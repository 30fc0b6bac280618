import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { proofOf, readCode, writeCode } from '../../src/domain/voucher-code.ts';

const id = fc.bigInt({ min: 1n, max: 2n ** 50n }).map(String);
const proof = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(proofOf);

test('a code reads as what it was written from, however it is typed', () => {
  const typing = fc.constantFrom<(code: string) => string>(
    (code) => code,
    (code) => code.toLowerCase(),
    (code) => code.replaceAll('-', ' '),
    (code) => ` ${code.replaceAll('-', '')} `,
    (code) => code.replaceAll('-', '–'),
    (code) => code.replaceAll('0', 'o').replaceAll('1', 'I'),
    (code) => code.replaceAll('1', 'l'),
  );
  fc.assert(
    fc.property(id, proof, typing, (number, proven, type) => {
      expect(readCode(type(writeCode(number, proven)))).toEqual({ id: number, proof: proven });
    }),
  );
});

test('a code is three groups of digits and letters that nobody takes for one another', () => {
  fc.assert(
    fc.property(id, proof, (number, proven) => {
      expect(writeCode(number, proven)).toMatch(
        /^[0-9A-HJKMNP-TV-Z]{4,}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/,
      );
    }),
  );
});

test('different keys prove differently: all fifty bits count', () => {
  const seen = new Set(
    Array.from({ length: 64 }, (_, bit) => {
      const bytes = new Uint8Array(32);
      bytes[bit >> 3] = 1 << (bit & 7);
      return proofOf(bytes);
    }),
  );
  expect(seen.size).toBe(51); // fifty bits that differ, and all zeros for the fourteen that are cut off
});

test.each(['', 'ABC', '0001-AAAAA-AAAA', '0001-AAAAA-AAAA?', '1'.repeat(60)])('“%s” is no code', (typed) => {
  expect(readCode(typed)).toBeUndefined();
});
