import { findHashtags, foldTag } from './hashtags.ts';

/** Ordinary signs by their half-width katakana, as old Japanese keyboards write them. */
const HALF_WIDTH = new Map(
  Array.from({ length: 0xff9f - 0xff65 }, (_, n) => String.fromCodePoint(0xff66 + n)).map((half) => [
    half.normalize('NFKC'),
    half,
  ]),
);
const ASCII_TO_FULL_WIDTH = 0xfee0;

/**
 * The tag as X compares it: X's `#` operator knows no difference between large and small letters, but tells all else
 * apart, accents and full-width letters too (X docs: build a rule). Letters whose small form is longer stay as they are.
 */
export const asXCompares = (tag: string): string =>
  [...tag.replace(/^[#＃]/, '').normalize('NFC')]
    .map((letter) => {
      const small = letter.toLowerCase();
      return small.length === letter.length ? small : letter;
    })
    .join('');

/**
 * The spellings of a tag that we take for the same and X does not, as far as shoppers are likely to write them: all in
 * full-width letters, in half-width katakana, without joiners, with the Turkish İ or ı, with ς or σ, with ss for ß. The first
 * is the tag itself. Each is as X compares it, without the number sign.
 */
export function spellingsOf(tag: string): [string, ...string[]] {
  const written = asXCompares(tag);
  const plain = asXCompares(
    written.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, ''),
  ).replaceAll('i\u0307', 'İ');
  const candidates = [
    plain,
    plain.replace(/[İı]/g, 'i'),
    plain.replace(/[iı]/g, 'İ'),
    plain.replace(/^[iı]/, 'İ'),
    plain.replace(/ς/g, 'σ'),
    plain.replace(/σ(?!\p{L})/gu, 'ς'),
    plain.replace(/ß/g, 'ss'),
    toFullWidth(plain.replace(/[İı]/g, 'i')),
    [...plain.normalize('NFD')].map((sign) => HALF_WIDTH.get(sign) ?? sign).join(''),
  ].map(asXCompares);
  const same = (each: string): boolean => foldTag(each) === foldTag(tag) && isWholeTag(each);
  return [written, ...new Set(candidates.filter((each) => each !== written && same(each)))];
}

/** A tag of ASCII letters and digits in full width; others stay as they are. */
const toFullWidth = (tag: string): string =>
  /^[a-z\d]+$/.test(tag)
    ? tag.replace(/./g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + ASCII_TO_FULL_WIDTH))
    : tag;

const isWholeTag = (tag: string): boolean => findHashtags(`#${tag}`)[0]?.tag === tag;
