import type { Span } from './entities.ts';

/** Letters, marks, digits and the few signs that X takes into a hashtag (twitter-text 3.1, hashtagAlphaNumeric). */
const INSIDE =
  '\\p{L}\\p{M}\\p{Nd}_\\u200c\\u200d\\ua67e\\u05be\\u05f3\\u05f4\\uff5e\\u301c\\u309b\\u309c\\u30a0\\u30fb\\u3003\\u0f0b\\u0f0c\\u00b7';
/** The variation selectors are marks, yet end an emoji, after which a hashtag may stand. */
const BEFORE = `(?<=^|[\\ufe0e\\ufe0f]|[^&${INSIDE}])`;
/** Not half a tag: what follows is looked at after the last sign that could belong to it. */
const AFTER = `(?![${INSIDE}#＃]|://)`;
const HASHTAG = new RegExp(`${BEFORE}[#＃](?!\\ufe0f|\\u20e3)([${INSIDE}]+)${AFTER}`, 'gu');
const LETTER = /[\p{L}\p{M}]/u;

/** The hashtags of a text by X's rule: with either number sign, ended by anything but letters, digits and `_`. */
export function hashtagsIn(text: string): Array<Span & { tag: string }> {
  return [...text.matchAll(HASHTAG)]
    .map((match) => ({ tag: match[1] as string, start: match.index, end: match.index + match[0].length }))
    .filter(({ tag }) => LETTER.test(tag));
}
