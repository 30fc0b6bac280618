import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findHashtags, foldTag } from '../../src/domain/hashtags.ts';

test.each([
  ['#AddToCart', ['AddToCart']],
  ['🛒#AddToCart❤️', ['AddToCart']],
  ['＃ＡｄｄＴｏＣａｒｔ ×２', ['ＡｄｄＴｏＣａｒｔ']],
  ['great#AddToCart', []],
  ['#AddToCart#Blue', []],
  ['#AddToCart2', ['AddToCart2']],
  ['read https://example.com/#AddToCart first', []],
  ['example.com/#AddToCart', []],
  ['#️⃣AddToCart', []],
  ['##AddToCart', ['AddToCart']],
  ['#Ajouter-au-panier', ['Ajouter']],
  ['#123 #1a', ['1a']],
  ['#AddToCart://x', []],
])('%s', (text, tags) => {
  expect(findHashtags(text).map((found) => found.tag)).toEqual(tags);
});

test.each([
  ['AddToCart', 'addtocart', true],
  ['ＡｄｄＴｏＣａｒｔ', 'AddToCart', true],
  ['AddToCart\u200d', 'AddToCart', true],
  ['İstiyorum', 'istiyorum', true],
  ['STRASSE', 'straße', true],
  ['AddToCаrt', 'AddToCart', false], // a Cyrillic а
  ['café', 'cafe', false],
])('%s and %s: the same tag is %s', (a, b, same) => {
  expect(foldTag(a) === foldTag(b)).toBe(same);
});

test('where a tag is found, it stands there', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      for (const { tag, start, end } of findHashtags(text)) {
        expect(text.slice(start, end)).toMatch(/^[#＃]/u);
        expect(text.slice(start + 1, end)).toBe(tag);
      }
    }),
  );
});
