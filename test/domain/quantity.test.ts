import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readQuantity, TAG_MARK } from '../../src/domain/quantity.ts';

const TAG = TAG_MARK;

test.each([
  [TAG, { kind: 'none' }],
  [`${TAG} x2`, { kind: 'number', value: 2 }],
  [`${TAG} 2x`, { kind: 'number', value: 2 }],
  [`${TAG} ×2`, { kind: 'number', value: 2 }],
  [`${TAG} *2`, { kind: 'number', value: 2 }],
  [`${TAG} (2)`, { kind: 'number', value: 2 }],
  [`${TAG} qty: 3`, { kind: 'number', value: 3 }],
  [`${TAG} 2 please`, { kind: 'number', value: 2 }],
  [`2 ${TAG}`, { kind: 'number', value: 2 }],
  [`${TAG} ٢`, { kind: 'number', value: 2 }],
  [`${TAG} ２`, { kind: 'number', value: 2 }],
  [`${TAG} x2 x2`, { kind: 'number', value: 2 }],
  [`${TAG} x2 x3`, { kind: 'conflicting' }],
  [`${TAG} x0`, { kind: 'invalid' }],
  [`${TAG} -2`, { kind: 'invalid' }],
  [`${TAG} 1.5`, { kind: 'invalid' }],
  [`${TAG} see you at 5pm, got $20 left`, { kind: 'none' }],
  [`${TAG} my 2 kids love it`, { kind: 'none' }],
  [`${TAG} 5pm`, { kind: 'none' }],
  [`${TAG} 50% off`, { kind: 'none' }],
  [`${TAG} 1st time here`, { kind: 'none' }],
  [`${TAG} 42"; drop table`, { kind: 'number', value: 42 }],
  [`${TAG} x2; drop table carts`, { kind: 'number', value: 2 }],
])('%s', (text, quantity) => {
  expect(readQuantity(text)).toEqual(quantity);
});

test('a number of any text is a whole one, and in the text', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constant(TAG), fc.nat().map(String)),
      ),
      (parts) => {
        const text = parts.join(' ');
        const quantity = readQuantity(text);
        if (quantity.kind !== 'number') return;
        expect(Number.isInteger(quantity.value) && quantity.value > 0).toBe(true);
        expect(text.normalize('NFKC')).toMatch(/\p{Nd}/u);
      },
    ),
  );
});
