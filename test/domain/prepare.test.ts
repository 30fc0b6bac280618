import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { prepare } from '../../src/domain/prepare.ts';

const words = (text: string): string =>
  prepare(text, (tag) => tag === 't')
    .map((token) => (token.glued ? '+' : ' ') + token.text)
    .join('');

test.each([
  ['$ 20', '20 €', 'US$ 20', '50 %', '第 3', '5:30 pm', '7:15 p.m.'],
  ['$20', '20€', '50%', '第3', '5:30pm', '1st', '24/7', '9/10', '2026-11-22'],
])('money, percentages, times and ranks are no numbers, with a space or without', (...texts) => {
  for (const text of texts) expect(words(text)).not.toMatch(/\d/);
});

test('a text reads the same in pieces, as short ones are, and as a whole, as long ones are', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom(
      '#T',
      '#U',
      '@x2',
      'a@b.co',
      'https://t.co/x2',
      'x.example/#T',
      '$',
      '€',
      '%',
      '第',
      'pm',
    ),
    fc.constantFrom(
      '2',
      '5:30',
      'x2',
      '٢',
      '½',
      '１２',
      'ﬁ',
      'e\u0301',
      '\u200d',
      '\ufeff',
      '\ue000',
      '\ud800',
    ),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 10 }),
      fc.constantFrom(' ', '  ', '\n', ''),
      (pieces, between) => {
        const text = pieces.join(between);
        expect(words(text)).toBe(words(text + ' '.repeat(1_000)));
      },
    ),
  );
});
